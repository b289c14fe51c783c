"""Settings of the project, in one file, all of them from the environment. The embedded default needs no service."""

import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
from csp.constants import NONCE, NONE, SELF

env = environ.Env()  # type: ignore[no-untyped-call]

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)


def house_secret(path: Path) -> str:
    """Return the installation's own secret, made once and readable by its owner only: there is no default secret."""
    if not path.exists():
        spool = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        spool.touch(mode=0o600)
        spool.write_text(secrets.token_urlsafe(64))
        with suppress(FileExistsError):  # of several processes that start at once, one is first
            path.hardlink_to(spool)
        spool.unlink()
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or house_secret(DATA_DIR / "secret_key")
DEBUG = env.bool("DEBUG", default=False)
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
# Machines ask after its health by address.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=["localhost", "[::1]"]), "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])

INSTALLED_APPS = [
    "submissions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "submissions.moderation.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "submissions.intake.web.middleware.KeepTypedText",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

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
                "csp.context_processors.nonce",
                "submissions.publishing.context.paper",
            ],
        },
    },
]


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for a database URL; SQLite is made durable (a power cut loses no committed row)."""
    config: dict[str, Any] = dict(env.db_url_config(url))  # type: ignore[no-untyped-call]
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
        config["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


SQLITE_URL = f"sqlite:///{quote(str(DATA_DIR / 'mailbag.sqlite3'))}"
DATABASES = {"default": database(env.str("DATABASE_URL", default="") or SQLITE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# The doorbell. Without REDIS_URL the broker is a folder; a ring carries no content, so losing it loses nothing.
BROKER_DIR = DATA_DIR / "broker"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost//"
CELERY_BROKER_TRANSPORT = None if REDIS_URL else "newsroom.broker:Transport"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"socket_connect_timeout": 2, "socket_timeout": 5}
    if REDIS_URL
    else {
        "data_folder_in": str(BROKER_DIR / "rings"),
        "data_folder_out": str(BROKER_DIR / "rings"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.05,
    }
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_TIME_LIMIT = 120
CELERY_WORKER_PREFETCH_MULTIPLIER = 16
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat")
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "submissions.tasks.sweep", "schedule": 30.0}}

# Mail that leaves: one file a message under var/outbox unless EMAIL_URL names a server.
OUTBOX_DIR = DATA_DIR / "outbox"
if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
    EMAIL_BACKEND = "submissions.notifications.backends.SmtpBackend"
    EMAIL_TIMEOUT = 15  # with the margin of a lease and one sweep, what a killed worker held goes out within a minute
else:
    EMAIL_BACKEND = "submissions.notifications.backends.FileBackend"

# Mail that arrives: ADDRESS or ADDRESS=KIND, KIND one of letter, opinion, unsorted, tip.
INTAKE_ADDRESSES = env.list(
    "INTAKE_ADDRESSES",
    default=["letters@wyomingstar.example", "opinion@wyomingstar.example", "tips@wyomingstar.example"],
)
# Whose Authentication-Results count: the name that our own mail server writes there. Empty: nobody's.
AUTHSERV_ID = env.str("AUTHSERV_ID", default="")
# How many Received lines our own mail system writes: one per server, a mailbox's included (Postfix and Dovecot: 2).
AUTHSERV_HOPS = env.int("AUTHSERV_HOPS", default=1)
# Forwarders whose ARC seals count: the domains that they seal with, such as google.com.
ARC_SEALERS = env.list("ARC_SEALERS", default=[])
LMTP_LISTEN = env.str("LMTP_LISTEN", default="127.0.0.1:8024")
# Secrets of the mail services that post to /hooks/; without its secret a service has no door. WEBHOOK_SECRET is
# NAME:PASSWORD, for those that sign nothing: Amazon SES, Postmark, SendGrid, SparkPost.
HOOK_SECRETS = (
    "WEBHOOK_SECRET",
    "MAILERSEND_INBOUND_SECRET",
    "MAILGUN_WEBHOOK_SIGNING_KEY",
    "MANDRILL_WEBHOOK_KEY",
)
ANYMAIL = {name: env.str(f"ANYMAIL_{name}", default="") for name in HOOK_SECRETS}

# A hosted mailbox: imaps://user:password@host[:993], imap+starttls://, or imap:// on this machine; percent-encoded.
IMAP_URL = env.str("IMAP_URL", default="")
IMAP_ALLOW_PLAINTEXT = env.bool("IMAP_ALLOW_PLAINTEXT", default=False)
IMAP_FOLDERS = env.list("IMAP_FOLDERS", default=["INBOX", "Junk=junk"])  # FOLDER, or FOLDER=junk
IMAP_MODE = env.str("IMAP_MODE", default="move")  # or "leave": nothing in the mailbox changes
# OAuth 2: Microsoft 365 by its tenant, others by their token URL; a client's own grant unless there is a refresh token.
IMAP_TENANT = env.str("IMAP_TENANT", default="")
IMAP_TOKEN_URL = env.str("IMAP_TOKEN_URL", default="")
IMAP_CLIENT_ID = env.str("IMAP_CLIENT_ID", default="")
IMAP_CLIENT_SECRET = env.str("IMAP_CLIENT_SECRET", default="")
IMAP_REFRESH_TOKEN = env.str("IMAP_REFRESH_TOKEN", default="")
IMAP_SCOPE = env.str("IMAP_SCOPE", default="")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "media"
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]

LANGUAGE_CODE = "en-us"
TIME_ZONE = env.str("TIME_ZONE", default="America/Denver")
USE_I18N = True
USE_TZ = True

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"

SECURE_SITE = SITE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = SECURE_SITE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SITE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SITE
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SITE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "submissions.intake.web.errors.csrf_failure"

# A whole letter with its files fits; what is larger meets a 413 page that gives the text back.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o600

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Each ring and each sweep is too much to read; what a task does, it says itself.
        **{name: {"level": "WARNING"} for name in ("celery.beat", "celery.worker.strategy", "celery.app.trace")},
        # A path that leads nowhere may hold a reference or a token: not for the log.
        "django.request": {"level": "ERROR"},
    },
}
