"""All settings, read from the environment; every variable is listed in README.md.

Safe by default: without SERVANDA_DEMO or SERVANDA_DEBUG this is a production
configuration, and it refuses to start without a secret key.
"""

import os
from pathlib import Path

import environ
from csp.constants import SELF
from django.core.exceptions import ImproperlyConfigured

from config import languages

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").is_file():
    environ.Env.read_env(BASE_DIR / ".env")

DEMO = env.bool("SERVANDA_DEMO", default=False)
DEBUG = env.bool("SERVANDA_DEBUG", default=False)
DATA_DIR = Path(env.str("SERVANDA_DATA", default=str(BASE_DIR / "var"))).resolve()

SECRET_KEY = env.str("SERVANDA_SECRET_KEY", default="")
if not SECRET_KEY:
    if not (DEMO or DEBUG):
        raise ImproperlyConfigured("Set SERVANDA_SECRET_KEY to a long random text.")
    SECRET_KEY = "demonstration-only-a-real-installation-sets-its-own-secret-key"

# The demonstration has a published password, so it answers this machine alone.
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = LOCAL_HOSTS if DEMO else env.list("SERVANDA_HOSTS", default=LOCAL_HOSTS)
CSRF_TRUSTED_ORIGINS = env.list("SERVANDA_ORIGINS", default=[])
BASE_URL = env.str("SERVANDA_URL", default="http://localhost:8000")

INSTALLED_APPS = [
    "config",
    "accounts",
    "reporting.instruments",
    "reporting.cycles",
    "reporting.questionnaires",
    "reporting.reports",
    "reporting.assistance",
    "reporting.desk",
    "exports",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "guardian",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "heroicons",
    "django_tasks",
    "django_tasks_db",
]

# Parts of pages, kept by each process for itself: what they are made of is in their names (accounts/templatetags/kept).
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "parts": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "parts",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

MIDDLEWARE = [
    "accounts.middleware.demonstration",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accounts.middleware.PagesCompressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.without_controls",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.person",
    "accounts.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["config.loading.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.page",
            ],
            # ids and versions are written without separators of thousands: {{ row.pk|unlocalize }}
            "builtins": ["django.templatetags.l10n"],
        },
    },
]


def _database() -> dict[str, object]:
    """SQLite in the data folder, or what DATABASE_URL names."""
    url = env.str("DATABASE_URL", default="")
    if url:
        database = env.db_url_config(url)
        if "postgresql" in database["ENGINE"]:
            database["OPTIONS"] = {"pool": env.bool("SERVANDA_POOL", default=True)}
            database["CONN_HEALTH_CHECKS"] = True
        return database
    return {
        "ENGINE": "config.sqlite",
        "NAME": DATA_DIR / "servanda.sqlite3",
        # A confirmed save survives a power cut: WAL with a full sync. IMMEDIATE makes the
        # transaction the lock, so that two moves at once have one effect.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
        },
        # A file, not memory: threads and the live server share it.
        "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if "sqlite" in str(DATABASES["default"]["ENGINE"]):
    try:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {DATA_DIR} cannot be made: {error.strerror}. Set SERVANDA_DATA to another one."
        ) from error
    if not os.access(DATA_DIR, os.W_OK):
        raise ImproperlyConfigured(
            f"The data folder {DATA_DIR} cannot be written. Change its rights, or set SERVANDA_DATA to another one."
        )

# --- who ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_UNIQUE_EMAIL = True
# Addresses come from an administrator's invitation, and the invitation's link proves them.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # the page says the same; who has no account gets no mail
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": False}  # axes counts failures
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if (DEMO or DEBUG) else "https"
USERSESSIONS_TRACK_ACTIVITY = False  # else seven statements on every page
SESSION_COOKIE_AGE = 60 * 60 * 12
GUARDIAN_RAISE_403 = False
ANONYMOUS_USER_NAME = None
AXES_FAILURE_LIMIT = env.int("SERVANDA_LOGIN_ATTEMPTS", default=8)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "accounts.lockout.username"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# --- language ----------------------------------------------------------------------------
LANGUAGE_CODE = "en"
# Further languages of a State: a folder with locale/CODE/LC_MESSAGES/django.po and translations/CODE/*.yaml.
LANGUAGE_FOLDERS = [Path(folder) for folder in env.list("SERVANDA_LANGUAGES", default=[])]
LOCALE_PATHS = [*(folder / "locale" for folder in LANGUAGE_FOLDERS), BASE_DIR / "config" / "locale"]
_OFFERED = languages.offered(LOCALE_PATHS)
languages.make_known(_OFFERED)
LANGUAGES = [(language.code, language.own_name) for language in _OFFERED]
LANGUAGES_BIDI = [language.code for language in _OFFERED if language.bidi]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = env.str("SERVANDA_TIME_ZONE", default="UTC")
FORMAT_MODULE_PATH = ["config.formats"]
LANGUAGE_COOKIE_HTTPONLY = True

# --- files -------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
MEDIA_URL = ""  # never served by address: every file goes through a view that asks for the right
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.static_files.Storage"
        if env.bool("SERVANDA_COLLECTED", default=not DEBUG)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a section of large tables posts one field a cell
ATTACHMENT_MAX_BYTES = env.int("SERVANDA_ATTACHMENT_BYTES", default=25 * 1024 * 1024)
VERIFY_MAX_BYTES = env.int("SERVANDA_VERIFY_BYTES", default=200 * 1024 * 1024)
VERIFY_PER_MINUTE = 30  # files that one person, or one address that nobody signed in from, has verified in a minute
UPLOAD_PIECE_BYTES = 256 * 1024  # a browser sends files in pieces of this size

# --- mail --------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("SERVANDA_MAIL", default="consolemail://" if (DEMO or DEBUG) else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("SERVANDA_MAIL_FROM", default="servanda@localhost")

# --- long work ---------------------------------------------------------------------------
JOB_DAYS = env.int("SERVANDA_JOB_DAYS", default=7)  # how long a file that somebody asked for is kept
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "exports"]}}

# --- headers -----------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF],
        "base-uri": [SELF],
        "object-src": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {"camera": [], "microphone": [], "geolocation": [], "payment": [], "usb": []}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
_secure = not (DEMO or DEBUG) and env.bool("SERVANDA_HTTPS", default=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SECURE_SSL_REDIRECT = _secure
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _secure
if env.bool("SERVANDA_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    AXES_IPWARE_PROXY_COUNT = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("SERVANDA_PROXIES", default=1)

# In a cookie, so that a sentence to the next page costs no statement; in the session where it is too long for one.
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("SERVANDA_LOG", default="WARNING")},
    "loggers": {"servanda": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
