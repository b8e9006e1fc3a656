"""Installs Wagtail into an environment of its own, fills its site once and serves it.

The environment also has the judge of pictures, ssimulacra2.
"""

import hashlib
import os
import runpy
import shutil
import subprocess
import venv
from contextlib import contextmanager
from pathlib import Path

from tests.bench.rivals.servers import ROOT, serve

HERE = Path(__file__).resolve().parent
PACKAGES = [
    "Django==5.2.*",
    "wagtail==7.4.*",
    "whitenoise==6.12.0",
    "gunicorn==27.0.1",
    "ssimulacra2==0.3.0",
]
SOURCES = (".py", ".html")
PICTURES = sorted((ROOT / "news" / "demo" / "pictures").glob("*.avif"))[:8]


def install(folder):
    """Whether its environment stands ready in the folder; says why it does not."""
    python, stamp = folder / "bin" / "python", folder / "installed"
    if stamp.exists() and stamp.read_text() == " ".join(PACKAGES):
        return True
    print(f"Installing {', '.join(PACKAGES)} into {folder}; this happens once.", flush=True)
    venv.create(folder, with_pip=True, clear=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, *PACKAGES], capture_output=True, text=True, check=False)
    if done.returncode:
        reason = done.stderr.strip()[-500:]
        print(
            f"Wagtail and photographs are left out, pip could not install them: {reason}\n"
            "Expected a package index within reach (HTTPS_PROXY) and 500 MB."
        )
        return False
    stamp.write_text(" ".join(PACKAGES))
    return True


def fill(folder):
    """The folder of the filled site's data, which is made again when the site's code changed."""
    sources = sorted(path for path in (HERE / "wagtail_site").rglob("*") if path.suffix in SOURCES)
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    data = folder / f"site-{digest}"
    if not (data / "filled").exists():
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir()
        command = [folder / "bin" / "python", "-m", "wagtail_site.fill", *PICTURES]
        subprocess.run(command, cwd=HERE, env=environment(data), check=True)
        (data / "filled").touch()
    return data


def environment(data):
    own = {"WAGTAIL_DATA": str(data), "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "wagtail_site.settings"}


@contextmanager
def serve_wagtail(environment_folder, folder):
    """The Server, with as many processes and threads as ours has."""
    ours = runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))
    numbers = {"workers": ours["workers"], "threads": ours["threads"]}
    numbers |= {"keep-alive": ours["keepalive"], "worker-class": ours["worker_class"]}
    words = [f"--{name}={value}" for name, value in numbers.items()]
    command = [environment_folder / "bin" / "python", "-m", "gunicorn", *words]
    command += ["--bind", "127.0.0.1:{port}", "django.core.wsgi:get_wsgi_application()"]
    with serve(command, folder, **environment(fill(environment_folder))) as server:
        yield server


def read_version(folder):
    """Such as «Wagtail 7.4.4»."""
    code = "import wagtail; print(wagtail.__version__)"
    done = subprocess.run(
        [folder / "bin" / "python", "-c", code], capture_output=True, text=True, check=True
    )
    return f"Wagtail {done.stdout.strip()}"
