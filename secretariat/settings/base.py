"""What is the same everywhere. `demo`, `test` and `production` say what differs."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.urls import reverse_lazy

from secretariat import logs

from .environment import Environment
from .mail import mail_settings, webhook_keys
from .packages import npm_folders
from .push import push_settings

ENV = Environment.read()
BASE_DIR = Path(__file__).resolve().parent.parent.parent

SECRET_KEY = ENV.SECRET_KEY
ALLOWED_HOSTS = ENV.listed("ALLOWED_HOSTS")
PUBLIC_BASE_URL = ENV.PUBLIC_BASE_URL.rstrip("/")
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "secretariat.office.admin_site.FirmsAdmin",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "anymail",
    "csp",
    "django_htmx",
    "lucide",
    "secretariat.outbox",
    "secretariat.ledger",
    "secretariat.live",
    "secretariat.media",
    "secretariat.retention",
    "secretariat.rewrapping",
    "secretariat.office",
    "clients",
    "calendar_app",
    "calls",
    "messages_app",
    "secretariat.books",
    "secretariat.overview",
]

MIDDLEWARE = [
    "secretariat.logs.RequestLog",
    "secretariat.health.CountRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "secretariat.unkept.KeepNoPage",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "secretariat.acting.ActingForReader",
    "secretariat.office.zones.ReadersZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "secretariat.office.second_step.AskForSecondStep",
    "messages_app.mail_doors.InboundMail",
]

ROOT_URLCONF = "secretariat.urls"
WSGI_APPLICATION = "secretariat.wsgi.application"
APPEND_SLASH = False  # a carrier that is redirected loses the fields it sent

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
                "secretariat.overview.frames.frames",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        ENV.DATABASE_URL or "postgres://unset@127.0.0.1:1/unset", conn_max_age=600, conn_health_checks=True
    )
}
DATABASES["default"]["ATOMIC_REQUESTS"] = True
# Compiling a statement takes longer than any of ours may take; a caller would wait for it.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c jit=off"
DATABASE_OWNER_URL = ENV.DATABASE_OWNER_URL
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = ENV.REDIS_URL
SESSION_ENGINE = "secretariat.office.session_store"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

AUTH_USER_MODEL = "office.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_ADAPTER = "secretariat.office.accounts.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = True
USERSESSIONS_TRACK_ACTIVITY = False
MFA_ADAPTER = "secretariat.office.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # periods of thirty seconds by which a telephone's clock may be wrong
SECOND_STEP_REQUIRED = False  # of whoever works for the firm; production asks

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]  # what there is no translation for must not be half in another language
FORMAT_MODULE_PATH = "secretariat.formats"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
CLOCK_MAY_SHIFT = False
LANDING_DEMO = ""  # a function, by its dotted name, that says who can be tried on the first page

STATIC_URL = "static/"
STATIC_ROOT: Path | None = BASE_DIR / "staticfiles"
NPM_PACKAGES = BASE_DIR / ".local" / "npm" / "node_modules"  # absent where there is no Node
STATICFILES_DIRS = [
    *(BASE_DIR / "static" / name for name in ("css", "js", "img", "audio")),
    *npm_folders(
        NPM_PACKAGES,
        font="@fontsource-variable/atkinson-hyperlegible-next",
        voice="@twilio/voice-sdk/dist",
    ),
]
MEDIA_ROOT = ENV.MEDIA_ROOT

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "media-src": [SELF],
        "frame-src": [SELF],  # a client's mail as it was laid out, which may do nothing itself
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True  # scripts read the token from the page
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

TWILIO_ACCOUNT_SID = ENV.TWILIO_ACCOUNT_SID
TWILIO_AUTH_TOKEN = ENV.TWILIO_AUTH_TOKEN
TWILIO_AUTH_TOKEN_PREVIOUS = ENV.TWILIO_AUTH_TOKEN_PREVIOUS
TWILIO_SHARED_KEYS = dict(pair.partition(":")[::2] for pair in ENV.listed("TWILIO_SHARED_KEYS"))
TWILIO_API_KEY = ENV.TWILIO_API_KEY
TWILIO_API_SECRET = ENV.TWILIO_API_SECRET
TWILIO_TWIML_APP_SID = ENV.TWILIO_TWIML_APP_SID
TWILIO_API_BASE_URL = ENV.TWILIO_API_BASE_URL
TWILIO_TEXT_FROM = ENV.TWILIO_TEXT_FROM
GOOGLE_CLIENT_ID = ENV.GOOGLE_CLIENT_ID
GOOGLE_CLIENT_SECRET = ENV.GOOGLE_CLIENT_SECRET
GOOGLE_BASE_URL = ENV.GOOGLE_BASE_URL
MICROSOFT_CLIENT_ID = ENV.MICROSOFT_CLIENT_ID
MICROSOFT_CLIENT_SECRET = ENV.MICROSOFT_CLIENT_SECRET
MICROSOFT_TENANT = ENV.MICROSOFT_TENANT
MICROSOFT_BASE_URL = ENV.MICROSOFT_BASE_URL
ONLINE_MAIL_PORTS = tuple(int(port) for port in ENV.listed("ONLINE_MAIL_PORTS"))
NAME_SERVER = ENV.NAME_SERVER
LOB_API_KEY = ENV.LOB_API_KEY
LOB_WEBHOOK_SECRET = ENV.LOB_WEBHOOK_SECRET
LOB_API_BASE_URL = ENV.LOB_API_BASE_URL
VAPID_PRIVATE_KEY, VAPID_CONTACT = push_settings(ENV)
TRANSCRIBER = ENV.TRANSCRIBER
TRANSCRIBER_KEY = ENV.TRANSCRIBER_KEY
TRANSCRIBER_BASE_URL = ENV.TRANSCRIBER_BASE_URL
PHONE_ADAPTER = "twilio"  # which of static/js/phone-*.js is the desk's line
PHONE_BASE_URL = ""  # where a line that is not the real one lives
FETCH_PRIVATE_HOSTS = ENV.listed("FETCH_PRIVATE_HOSTS")
VAULT_KEYS = ENV.listed("VAULT_KEYS")
LOGGING = logs.configuration(ENV.LOG_LEVEL)
METRICS_TOKEN = ENV.METRICS_TOKEN

DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.EMAIL_FROM or "secretariat@localhost"
EMAIL_TIMEOUT = 8  # seconds; shorter than half a lease
ANYMAIL = {"WEBHOOK_SECRET": ENV.listed("ANYMAIL_WEBHOOK_SECRET"), "REQUESTS_TIMEOUT": EMAIL_TIMEOUT}
INBOUND_MAIL_DOMAIN = ENV.INBOUND_MAIL_DOMAIN.lower()
ANYMAIL |= webhook_keys(ENV.listed("ANYMAIL_WEBHOOK_KEYS"))
globals().update(mail_settings(ENV, ANYMAIL))
