"""Settings of the application, made from the environment: `decapolis.web.environment` says what a city may set."""

from pathlib import Path

from csp.constants import NONE, SELF

from decapolis.plumbing.keys import kept_secret
from decapolis.plumbing.logs import logging_settings
from decapolis.web.environment import read_environment
from decapolis.web.storage import database, folder

_environment = read_environment()
_web = Path(__file__).resolve().parent

# The city
CITY_NAME = _environment.city_name
CITY_OFFICE = _environment.city_office

# Where things are
DATA = folder(_environment.data)
DATABASES = {"default": database(_environment.database_url, DATA)}
ANCHORS = _environment.anchors or DATA / "anchors"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
STATIC_ROOT = folder(DATA / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# What it is made of
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "decapolis.web",
    "django.forms",  # below the shell, whose widgets come first
    "decapolis.plumbing.drafts",
    "decapolis.plumbing.jobs",
    "decapolis.plumbing.mail",
    "decapolis.plumbing.files",
    "decapolis.plumbing.sessions",
    "decapolis.city.audit",
    "decapolis.city.people",
    "decapolis.city.access",
    "decapolis.city.appearance",
    "decapolis.city.places",
    "decapolis.city.organisations",
    "decapolis.city.retention",
    "decapolis.city.gates",
    "decapolis.understand.listening",
]
MIDDLEWARE = [
    "decapolis.web.requests.RequestLog",
    "decapolis.web.security.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "decapolis.web.security.Gatekeeper",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "decapolis.web.maintenance.MaintenanceDoor",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "decapolis.web.failing.ErrorPages",
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
ROOT_URLCONF = "decapolis.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_web],  # so that <c-notice /> is web/components/notice.html
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "decapolis.web.context.shell",
            ],
        },
    }
]
COTTON_DIR = "components"
FORM_RENDERER = "decapolis.web.rendering.FormRenderer"

# Languages: a prefix of the address says which, no cookie and no guess; English has none. Catalogues are in each app.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
USE_TZ = True
TIME_ZONE = "UTC"

# Safety
DEBUG = False
AUTH_USER_MODEL = "people.Account"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # an address is unique however it is written, by a constraint of ours
AUTHENTICATION_BACKENDS = ["decapolis.city.access.adapters.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]  # 16 MiB each: a flood is bounded by threads
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
SECRET_KEY = _environment.secret_key.get_secret_value() if _environment.secret_key else kept_secret(DATA / "secret_key")
KEY_PASSPHRASE = _environment.key_passphrase.get_secret_value() if _environment.key_passphrase else ""
ALLOWED_HOSTS = list(_environment.hosts)
DATA_UPLOAD_MAX_MEMORY_SIZE = _environment.body_limit
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Designsystemet draws its icons by data: addresses
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_ENGINE = "decapolis.plumbing.sessions.store"
SESSION_COOKIE_NAME = "decapolis"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = _environment.https
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "decapolis.web.failing.form_too_old"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = _environment.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _environment.https else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _environment.https else 0

# Sign-in
LOGIN_URL = "account_login"
BEHIND_PROXY = _environment.https
FICTIONAL = _environment.fictional
ACCOUNT_ADAPTER = "decapolis.city.access.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # signed in until the browser is closed: desks are shared
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
MFA_ADAPTER = "decapolis.city.access.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Mail
EMAIL_BACKEND = "decapolis.plumbing.mail.backend.Outbox"  # what other packages send goes the same way as our letters
EMAIL_HOST = _environment.mail_host or ""
EMAIL_PORT = _environment.mail_port
EMAIL_HOST_USER = _environment.mail_user or ""
EMAIL_HOST_PASSWORD = _environment.mail_password.get_secret_value() if _environment.mail_password else ""
EMAIL_USE_TLS = _environment.mail_security == "starttls"
EMAIL_USE_SSL = _environment.mail_security == "tls"
EMAIL_TIMEOUT = 20
MAIL_SENDER = "decapolis.city.appearance.public.city_name"
DEFAULT_FROM_EMAIL = _environment.mail_from or "decapolis@localhost"

LOGGING = logging_settings(_environment.log_format)
EXECUTOR = _environment.executor
EXECUTOR_WORKERS = _environment.executor_workers
EXECUTOR_ADDRESS = _environment.executor_address or ""
WEB_WORKERS = _environment.workers
