"""Django's settings. What an operator may set is in the environment, named `PANAH_...`: `docs/reference/settings.md`."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from csp.constants import NONE, SELF
from django.contrib import messages
from platformdirs import user_data_path

from panah import proof
from panah.errors import PanahError

HERE = Path(__file__).parent


class SettingUnusable(PanahError):
    """{name} is set to “{value}”, which is not {what}."""


def minutes(name: str, value: str) -> int:
    """A time that an operator sets. Raises `SettingUnusable`."""
    if not value.isdecimal() or not 1 <= int(value) <= 720:
        raise SettingUnusable(name=name, value=value, what="a number of minutes from 1 to 720")
    return int(value)


def days(name: str, value: str) -> float:
    """How often something is done that an operator sets. Raises `SettingUnusable`."""
    if not re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,9})?", value):
        raise SettingUnusable(name=name, value=value, what="a number of days, or 0")
    return float(value)


def chosen(name: str, value: str, words: Sequence[str]) -> str:
    """A word that an operator chooses. Raises `SettingUnusable`."""
    if value not in words:
        raise SettingUnusable(name=name, value=value, what=f"one of {', '.join(filter(None, words))}")
    return value


def place(name: str, value: str, *, needed: bool) -> str:
    """A host and a port that an operator names. Raises `SettingUnusable`."""
    if needed and not re.fullmatch(r"(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):[0-9]{1,5}", value):
        raise SettingUnusable(name=name, value=value, what="a host and a port, such as 127.0.0.1:9050")
    return value


def addresses(name: str, value: str) -> list[str]:
    """Addresses of the web that an operator names, parted by blanks. Raises `SettingUnusable`."""
    found = value.split()
    if not all(re.fullmatch(r"https?://[A-Za-z0-9._/:\[\]-]{1,1000}", each) for each in found):
        raise SettingUnusable(name=name, value=value, what="addresses that begin with https://, parted by blanks")
    return [each.rstrip("/") for each in found]


def one_line_of(name: str, value: str) -> str:
    """Words that an operator has us say to others, in ASCII and on one line. Raises `SettingUnusable`."""
    if not value.isascii() or not value.isprintable():
        raise SettingUnusable(name=name, value=value, what="one line of ASCII")
    return value


# What the operator sets

PANAH_HOME = Path(os.environ.get("PANAH_HOME") or user_data_path("panah")).expanduser().absolute()
PANAH_TSA_URL = os.environ.get("PANAH_TSA_URL", "")
PANAH_TSA_ROOTS = os.environ.get("PANAH_TSA_ROOTS", "")
PANAH_HOSTS = os.environ.get("PANAH_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
BEHIND_TLS = any(host not in {"127.0.0.1", "localhost", "[::1]"} for host in PANAH_HOSTS)
"""Panah itself speaks to this machine alone, without TLS. Who names it otherwise has put something before it that does."""
PANAH_IDLE_MINUTES = minutes("PANAH_IDLE_MINUTES", os.environ.get("PANAH_IDLE_MINUTES", "15"))
PANAH_FIXITY_DAYS = days("PANAH_FIXITY_DAYS", os.environ.get("PANAH_FIXITY_DAYS", "30"))
PANAH_SEARCH = chosen("PANAH_SEARCH", os.environ.get("PANAH_SEARCH", "auto"), ("auto", "fts5", "tantivy"))
PANAH_CAPTURE = chosen("PANAH_CAPTURE", os.environ.get("PANAH_CAPTURE", ""), ("", "direct", "proxy", "tor"))
PANAH_CAPTURE_PROXY = place(
    "PANAH_CAPTURE_PROXY",
    os.environ.get("PANAH_CAPTURE_PROXY", "127.0.0.1:9050" if PANAH_CAPTURE == "tor" else ""),
    needed=PANAH_CAPTURE in {"proxy", "tor"},
)
PANAH_CAPTURE_AGENT = one_line_of(
    "PANAH_CAPTURE_AGENT",
    os.environ.get("PANAH_CAPTURE_AGENT")
    or "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
)
PANAH_CAPTURE_BROWSER = os.environ.get("PANAH_CAPTURE_BROWSER", "chromium")
PANAH_CAPTURE_PRIVATE = os.environ.get("PANAH_CAPTURE_PRIVATE", "").split(",")
PANAH_OTS_CALENDARS = addresses("PANAH_OTS_CALENDARS", os.environ.get("PANAH_OTS_CALENDARS", ""))

# By which way captures leave this machine: dotted paths, by the word that PANAH_CAPTURE says

EXITS = {
    "direct": "panah.library.captures.exits.Direct",
    "proxy": "panah.library.captures.exits.Proxy",
    "tor": "panah.library.captures.exits.Tor",
}

# What reads documents: dotted paths; what is not named here does not run

EXTRACTORS = [
    "panah.library.extractors.plain.Plain",
    "panah.library.extractors.html.Html",
    "panah.library.extractors.xml.Xml",
    "panah.library.extractors.pdf.Pdf",
    "panah.library.extractors.docx.Docx",
    "panah.library.extractors.spreadsheet.Spreadsheet",
    "panah.library.extractors.pptx.Pptx",
    "panah.library.extractors.odf.OpenDocument",
    "panah.library.extractors.epub.Epub",
    "panah.library.extractors.rtf.Rtf",
    "panah.library.extractors.mail.Mail",
    "panah.library.extractors.mbox.Mbox",
    "panah.library.extractors.archive.Zip",
    "panah.library.extractors.archive.Tar",
    "panah.library.extractors.archive.Compressed",
    "panah.library.extractors.warc.Warc",
    "panah.library.extractors.wacz.Wacz",
    "panah.library.extractors.msg.Msg",
    "panah.library.extractors.pst.Pst",
    "panah.library.extractors.whatsapp.ChatLines",
    "panah.library.extractors.json.Json",
    "panah.library.extractors.table.Table",
    "panah.library.extractors.dbf.Dbf",
    "panah.library.extractors.cards.Cards",
    "panah.library.extractors.hocr.Hocr",
    "panah.library.extractors.picture.Picture",
    "panah.library.extractors.picture.Photograph",
]

# The workspace

DATABASES = {
    "default": {
        "ENGINE": "panah.vault.sqlcipher",
        "NAME": PANAH_HOME / "workspace.db",
        "OPTIONS": {"timeout": 30, "transaction_mode": "IMMEDIATE"},
        "CONN_MAX_AGE": None,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILE_UPLOAD_HANDLERS = ["panah.vault.uploads.Encrypting"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 100
USE_TZ = True
TIME_ZONE = "UTC"

# Members

AUTH_USER_MODEL = "team.Member"
AUTHENTICATION_BACKENDS = ["panah.site.signing_in.ByPassword"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "docket"
SECRET_KEY = proof.random_key().hex()
"""Lives as long as the process: whoever was signed in signs in again after it was unlocked again."""
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-panah-session"
"""No other name of this machine and no other port's page can set a cookie that begins so, nor can one without Secure."""
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "__Host-panah-csrf"
CSRF_COOKIE_SECURE = True
CSRF_FAILURE_VIEW = "panah.site.views.forged"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"

# The workbench

INSTALLED_APPS = [
    "panah.site",
    "panah.cases",
    "panah.dossier",
    "panah.library",
    "panah.search",
    "panah.vault",
    "panah.team",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
]
MIDDLEWARE = [
    # First what every answer carries, also one that is given before any page is asked
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "panah.site.middleware.EveryAnswerIsGuarded",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "panah.site.middleware.ErrorsAreSentences",
    "panah.site.often.NotTooOften",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "panah.team.guard.MembersAtWork",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "panah.site.urls"
ALLOWED_HOSTS = PANAH_HOSTS
DEBUG = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [("fonts", HERE.parent / "dossier" / "fonts")]
"""What prints a dossier also draws it on the screen, where a reader's machine has no letters for Chinese or Uyghur."""
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
MESSAGE_TAGS = {messages.ERROR: "error"}

LANGUAGES = [("en", "English"), ("ug", "ئۇيغۇرچە")]
LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_NAME = "__Host-panah-language"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"
LOCALE_PATHS = [HERE / "locale"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Pico draws its arrows and marks as data
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
"""Nothing to other hosts. With `no-referrer`, browsers send our own forms with `Origin: null`, which is refused."""
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SILENCED_SYSTEM_CHECKS = (
    ["security.W021"]  # a browser's list of hosts is public, and joining it is for whoever owns the domain
    if BEHIND_TLS
    else ["security.W004", "security.W008"]  # there is no TLS between two programs of one machine to insist upon
)

# Nothing of a document, a name or a question is logged: addresses are not, and an exception is told by its frames alone.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "panah.site.crashes.WithoutWords", "format": "%(asctime)s %(levelname)s %(name)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "ERROR"},
    "loggers": {
        "django": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}

# Where the library leads somebody who has just quoted: it does not know who uses its quotations

AFTER_QUOTING = "cases:use-quotation"
SEARCHES_ARE_KEPT_BY = "panah.cases.research.keeping.keep_for_case"

# And whom it asks what cites a document

CITED_BY = ["panah.cases.citing.citing"]

# What the things that documents write about are called in other languages: the compiled form of library/thesauri

THESAURUS = HERE.parent / "library" / "thesauri" / "thesaurus.json"
