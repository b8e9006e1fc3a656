"""A scratch site with demo content, accounts named after their roles, and files to send it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "scratch-site-password"
PHOTOGRAPHS = [
    "roundtable",
    "roundtable_hall",
    "roundtable_notes",
    "roundtable_workshop",
    "welding",
]
ADDRESS = "https://college.example"  # in links that the pictures show
ACCOUNTS = f"""
from datetime import timedelta
from django.contrib.auth.models import Group, User
from django.utils import timezone
from news.models import Post, Topic

users = {{}}
for name in ("Автор", "Редактор", "Хранитель"):
    users[name] = User.objects.create_user(name, password="{PASSWORD}", is_staff=True)
    users[name].groups.set(Group.objects.filter(name=name))
User.objects.create_superuser("Сотрудник", password="{PASSWORD}")
topic = Topic.objects.first()

def create(title, author, **fields):
    return Post.objects.create(title=title, author=users[author], topic=topic, **fields)

create("Экскурсия на электростанцию", "Автор", lead="Второй курс увидел турбину.")
create("День донора", "Автор").submit("Проверьте, пожалуйста, фамилию врача.")
create("Турнир по волейболу", "Автор").submit()
create("Неделя специальности", "Редактор", lead="Пять дней открытых занятий.")
ahead = timezone.now() + timedelta(days=3)
create("Расписание консультаций", "Редактор", kind="notice", published_at=ahead)
"""


@contextmanager
def serve(folder):
    """The address of the site while it is served from the folder."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    environment = {**os.environ, "LOCAL_RUN": "True", "DATA_DIR": folder, "DATABASE_URL": ""}
    environment["SITE_URL"] = ADDRESS
    manage = [sys.executable, "manage.py"]
    command = [*manage, "serve", f"--port={port}"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as site:
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            shell = [*manage, "shell", "--no-imports", "-c", ACCOUNTS]
            subprocess.run(shell, cwd=ROOT, env=environment, check=True)
            yield f"http://127.0.0.1:{port}"
        finally:
            site.terminate()


def wait_for(address, seconds=300):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.5)
    sys.exit(f"Found no answer at {address} after {seconds} s, expected the site.")


def make_photographs(folder):
    """The paths of JPEG files as a telephone has them, made of demo pictures."""
    paths = []
    for number, name in enumerate(PHOTOGRAPHS, start=2041):
        path = Path(folder, f"IMG_{number}.jpg")
        with Image.open(ROOT / "news" / "demo" / "pictures" / f"{name}.avif") as picture:
            picture.convert("RGB").save(path, "JPEG", quality=88)
        paths.append(path)
    return paths
