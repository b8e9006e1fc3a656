"""The project's settings with temporary folders and fast storage for tests."""

import atexit
import copy
import os
import shutil
import tempfile

folder = tempfile.mkdtemp(prefix="portal-tests-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
os.environ |= {"LOCAL_RUN": "True", "DATA_DIR": folder, "SITE_URL": "http://testserver"}
for name in ("DEBUG", "HTTPS", "SECRET_KEY", "ALLOWED_HOSTS", "TRUSTED_PROXIES"):
    os.environ.pop(name, None)

from college_site.settings import *  # noqa: E402, F403 - the environment above comes first

STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405 - WhiteNoise warns about a missing folder
DATABASES = copy.deepcopy(DATABASES)  # noqa: F405 - test_database.py checks the original ones
if "init_command" in DATABASES["default"].get("OPTIONS", {}):
    options = DATABASES["default"]["OPTIONS"]  # tests need not survive a power failure
    options["init_command"] += "PRAGMA synchronous=OFF;"
SLOW_PAGE_SECONDS = 3600  # a busy machine is no fault of the site
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
