"""Settings, read once from the environment."""

import os
from pathlib import Path

import dj_database_url

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("DECAPOLIS_DATA", ROOT / "var"))
SECRET_KEY = "to-be-replaced"
DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_cotton",
    "decapolis.web",
    "decapolis.understand.listening",
]
MIDDLEWARE = ["django.middleware.locale.LocaleMiddleware", "django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "decapolis.web.urls"
DATABASES = {
    "default": dj_database_url.parse(os.environ.get("DECAPOLIS_DATABASE_URL", f"sqlite:///{DATA}/decapolis.sqlite3"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
STATIC_URL = "/static/"
CITY_NAME = "Ardenne-sur-Lys"
CITY_OFFICE = "City prevention office"
LOCALE_PATHS: list[str] = []
