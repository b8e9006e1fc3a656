"""Django settings: safe defaults, configured only by environment variables (.env.example)."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.templatetags.static import static
from django.utils.functional import lazy
from django_prose_editor.config import html_tags

from college_site import environment
from college_site.http.security_headers import CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY  # noqa: F401 - read by Django
from college_site.http.static_files import add_validator

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env") if (BASE_DIR / ".env").exists() else None

# Environment ------------------------------------------------------------------------------------

LOCAL_RUN = environment.flag("LOCAL_RUN", default=False)
DEBUG = environment.flag("DEBUG", default=False)
HTTPS = environment.flag("HTTPS", default=not LOCAL_RUN)
TRUSTED_PROXIES = environment.whole_number("TRUSTED_PROXIES", default=0, maximum=5)
DATA_DIR = environment.folder("DATA_DIR", default=BASE_DIR / "var")
SECRET_KEY = environment.secret_key(
    "SECRET_KEY", local_file=DATA_DIR / "secret_key" if LOCAL_RUN else None
)
RECEIPT_KEY = environment.signing_key("RECEIPT_KEY", file=DATA_DIR / "receipt_key")
ALLOWED_HOSTS = environment.host_names(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if LOCAL_RUN else []
)

# Application ------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "college_site.apps.PortalAdminConfig",
    "college_site.apps.CollegeSiteConfig",
    "news.apps.NewsConfig",
    "feedback.apps.FeedbackConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_otp_webauthn",
    "adminsortable2",
    "axes",
    "crispy_forms",
    "csp",
    "django_prose_editor",
    "js_asset",
]

MIDDLEWARE = [
    "college_site.status.slow_pages.note_slow_pages",
    "django.middleware.security.SecurityMiddleware",
    "college_site.http.compression.compression_middleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "college_site.http.security_headers.resource_policy",
    "college_site.pages.accessible_version.accessible_version_middleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    # Middleware above must not read the body, middleware below may.
    "college_site.http.body_limit.body_limit",
    "college_site.pages.errors.method_not_allowed_page",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "college_site.urls"
WSGI_APPLICATION = "college_site.wsgi.application"
# URL names of pages in apps that the project links to.
HOME_PAGE = "news:home"
SEARCH_PAGE = "news:search"
SITEMAP_INDEX = "news:sitemap_file"
CSRF_FAILURE_VIEW = "college_site.pages.errors.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "college_site.pages.context_processors.college",
                "college_site.pages.accessible_version.accessible_version_context",
            ],
        },
    },
]

CRISPY_ALLOWED_TEMPLATE_PACKS = ("forms",)
CRISPY_TEMPLATE_PACK = "forms"
CRISPY_FAIL_SILENTLY = False

# Data -------------------------------------------------------------------------------------------

DATABASES = {
    "default": environment.database("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL with synchronous=FULL preserves all acknowledged commits after a power failure; IMMEDIATE
    # makes writers wait for the busy timeout instead of failing with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF;"
        ),
    }
    # WAL needs two more files, which the last closed connection deletes and which cannot be
    # recreated on a full disk. Persistent connections keep pages readable in that case.
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    # Fail if a lock is not available within the same time as in SQLite.
    options = DATABASES["default"].setdefault("OPTIONS", {})
    options["options"] = f"-c lock_timeout=5s {options.get('options', '')}".strip()
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the memory of each process; with DEBUG an edited template shows at once.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.dummy.DummyCache"
        if DEBUG
        else "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    }
}

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "media/"  # not served: views check who may see a file
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "static/"
# What is pasted becomes elements of other extensions; a placed photograph is a mark for its key, a
# placed video for its address.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [lazy(static, str)("js/admin/editor/paste.js")],
        "extensions": {"PastedText": html_tags([])},
    },
    {
        "js": [lazy(static, str)("js/admin/editor/placed_photo.js")],
        "extensions": {"PlacedPhoto": html_tags(["figure"], {"figure": ["data-photo"]})},
    },
    {
        "js": [lazy(static, str)("js/admin/editor/placed_video.js")],
        "extensions": {
            "PlacedVideo": html_tags(["figure"], {"figure": ["data-video", "data-title"]})
        },
    },
    {
        "js": [lazy(static, str)("js/admin/editor/text_marks.js")],
        "extensions": {"TextMarks": html_tags([])},
    },
]
# Every group as buttons: the editor's own list of headings cannot be reached by keyboard.
DJANGO_PROSE_EDITOR_MENU_GROUPS = [
    {"group": group}
    for group in ("blockType -lists", "lists", "nodes -blockType -lists", "marks", "link")
] + [{"group": group} for group in ("table", "media", "history")]
STATICFILES_DIRS = [BASE_DIR / "static"]
# nginx sends files of MEDIA_ROOT itself when a view says so; files of a bucket the views send.
ACCEL_REDIRECT = environment.flag("ACCEL_REDIRECT", default=False)
MEDIA_BUCKET = environment.bucket("MEDIA_BUCKET")
STORAGES = {
    "default": MEDIA_BUCKET or {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "college_site.pages.stylesheets.BundledStaticFilesStorage"},
}
WHITENOISE_ADD_HEADERS_FUNCTION = add_validator
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # the post form in the admin has twelve fields per photograph

# How many files of visitors and of staff are decoded at once on this machine, each in up to 290 MB.
DECODERS = {
    "visitors": environment.whole_number("DECODERS", default=2, minimum=1, maximum=16),
    "staff": 2,
}

# Archives of manage.py backup, encrypted for the owners of these public keys.
BACKUP_DIR = environment.folder("BACKUP_DIR", default=DATA_DIR / "backups")
BACKUP_RECIPIENTS = environment.public_keys("BACKUP_RECIPIENTS")

# Where litestream copies SQLite to, second by second; None: nowhere.
SQLITE_COPY = environment.copy_place("SQLITE_COPY", database=DATABASES["default"])
if SQLITE_COPY:
    STORAGES["sqlite_copy"] = SQLITE_COPY

SLOW_PAGE_SECONDS = 1  # from then on «Состояние сайта» tells of a page

# With a token /metrics tells Prometheus, counting over all web processes of this machine.
METRICS_TOKEN = environment.token("METRICS_TOKEN")
if METRICS_TOKEN:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(DATA_DIR / "metrics")
    (DATA_DIR / "metrics").mkdir(exist_ok=True)

# Mail -------------------------------------------------------------------------------------------

SITE_URL = environment.site_url(
    "SITE_URL", default=f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0].lstrip('.*')}"
)
vars().update(environment.mail_server("EMAIL_URL"))
EMAIL_TIMEOUT = 10
SECURITY_CONTACT = environment.contact_uri("SECURITY_CONTACT")
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", f"noreply@{urlsplit(SITE_URL).hostname}")

# Language and time ------------------------------------------------------------------------------

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский")]
TIME_ZONE = environment.time_zone("TIME_ZONE", default="Europe/Saratov")
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "college_site" / "locale"]

# Log-in -----------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# The combination of user and network is locked, so that one student cannot lock out a teacher or
# the whole college. accounts/login_throttling.py slows down distributed attacks.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # attempts during a pause are ignored
AXES_HANDLER = "college_site.accounts.login_throttling.LoginHandler"
AXES_CLIENT_IP_CALLABLE = "college_site.http.client_address.client_network"
AXES_LOCKOUT_CALLABLE = "college_site.pages.errors.login_locked"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # of no use to teachers; `manage.py axes_reset` unlocks
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login-password", "login-code", "code"]

# The second step of a login: a code of an app, a passkey or a recovery code.
SECOND_FACTOR = environment.choice("SECOND_FACTOR", ["optional", "required"], default="optional")
OTP_TOTP_ISSUER = OTP_WEBAUTHN_RP_NAME = OTP_WEBAUTHN_RP_ID = urlsplit(SITE_URL).hostname
OTP_WEBAUTHN_ALLOWED_ORIGINS = ["://".join(urlsplit(SITE_URL)[:2])]
# On the own machine the site may be an address without HTTPS: no browser offers passkeys there.
SILENCED_SYSTEM_CHECKS = ["otp_webauthn.E031"]
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False
OTP_WEBAUTHN_HELPER_CLASS = "college_site.accounts.passkeys.PasskeyHelper"
OTP_WEBAUTHN_EXCEPTION_LOGGER_NAME = ""  # a refused passkey is no error of the site

# Cookies, transport, headers --------------------------------------------------------------------

SESSION_ENGINE = "college_site.accounts.sessions"
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
# Computers at a college are shared: closing the browser ends a login and forgets the token.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Logging to standard error, without personal data -----------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "college_site.log_lines.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "pikepdf": {"level": "WARNING"},  # logs every import at INFO
        "pymorphy3": {"level": "WARNING"},  # likewise
        "fontTools": {"level": "WARNING"},  # logs every table of a font
        "axes": {"level": "ERROR"},  # would log user names and addresses of logins
    },
}
