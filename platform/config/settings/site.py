"""Django's settings of the one program, in either profile; the environment alone decides which."""

from zoneinfo import available_timezones

from config.settings import environment, storing
from config.settings.accounts import *  # noqa: F403 - one module per integration, read as one
from config.settings.content_security import *  # noqa: F403
from config.settings.queue import *  # noqa: F403
from config.settings.queue import queue_settings

ENV = environment.read()
ROOT = environment.ROOT
VAR = ENV.var_dir

DEMO = ENV.demo
DEBUG = False
SECRET_KEY = ENV.secret_key
SECRET_KEY_FALLBACKS = ENV.secret_key_fallbacks
KEY_RING = ENV.key_ring
ALLOWED_HOSTS = ENV.allowed_hosts
SITE_URL = ENV.site_url.rstrip("/")
OPERATOR = {
    "name": ENV.operator_name,
    "address": ENV.operator_address,
    "email": ENV.operator_email,
    "phone": ENV.operator_phone,
}
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "config",
    "cms",
    "diaspora",
    "grants",
    "ashar.web",
    "ashar.payments",
    "ashar.ledger",
    "ashar.notices",
    "ashar.privacy",
    "ashar.accounts",
    "ashar.places",
    "ashar.outbox",
    "ashar.workflow",
    "ashar.audit",
    "ashar.money",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.embeds",
    "cms.staff.closed_rooms.WagtailUsers",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ashar.accounts.django_admin.DjangoAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # its words: the Wagtail admin says in Russian how long ago something was
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # up here, so that redirects and errors of others have it too
    "whitenoise.middleware.WhiteNoiseMiddleware",  # its files lie there packed
    "ashar.web.packing.Packing",
    "csp.middleware.CSPMiddleware",
    "cms.page_cache.keep",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "ashar.web.errors.pages_for_bare_answers",
    "ashar.web.errors.pages_for_the_unaskable",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ashar.accounts.web.middleware.speak_own_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ashar.accounts.web.middleware.SecondFactor",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ashar.web.context.site",
            ],
        },
    }
]
FORM_RENDERER = "ashar.web.forms.Renderer"

DATABASES = {"default": storing.database(ENV.database_url, VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _cache(name: str, files: str = "django.core.cache.backends.filebased.FileBasedCache") -> dict[str, object]:
    """Describe one cache: in Redis when there is one, else files.

    Whole pages have their own, so that nobody pushes the counters of rate limits out by asking for many pages.
    """
    if ENV.redis_url:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENV.redis_url, "KEY_PREFIX": name}
    return {"BACKEND": files, "LOCATION": VAR / "cache" / name}


CACHES = {
    "default": {**_cache("default"), "OPTIONS": {} if ENV.redis_url else {"MAX_ENTRIES": 20_000}},
    "pages": {**_cache("pages"), "OPTIONS": {} if ENV.redis_url else {"MAX_ENTRIES": 5_000}},
    "pages-version": _cache("pages-version"),
    "cards": {**_cache("cards"), "OPTIONS": {} if ENV.redis_url else {"MAX_ENTRIES": 3_000}},
    # They name people, so nothing may lie here longer than it should.
    "answers": {
        **_cache("answers", "ashar.sweeping.SweptFiles"),
        "OPTIONS": {} if ENV.redis_url else {"MAX_ENTRIES": 3_000},
    },
}
globals().update(queue_settings(ENV.redis_url, VAR / "queue"))

LANGUAGE_CODE = "ky"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Our wording of sentences that others bring; it comes before theirs.
LOCALE_PATHS = [
    ROOT / "platform" / "ashar" / "accounts" / "allauth_overlay" / "locale",
    ROOT / "cms" / "wagtail_overlay" / "locale",
]
TIME_ZONE = "Asia/Bishkek"
USE_TZ = True
FORMAT_MODULE_PATH = ["ashar.web.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
MEDIA_IS_LOCAL = not ENV.file_storage
STORAGES = {
    "default": storing.files(ENV.file_storage),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.email_from
globals().update(storing.mail(ENV.email_url))

STRIPE_API_VERSION = "2026-08-26.dahlia"  # equals the published description that checks our requests; stated only here
STRIPE_SECRET_KEY = ENV.stripe_secret_key
STRIPE_WEBHOOK_SECRETS = ENV.stripe_webhook_secrets
STRIPE_API_BASE = ENV.stripe_api_base
STRIPE_LIVEMODE = ENV.stripe_secret_key.startswith(("sk_live_", "rk_live_"))
REFUND_SECOND_PERSON_FROM_MINOR = 10_000_00  # som, in tyiyn: from this sum on a refund needs two people

RATES_URL = ENV.rates_url
CHECK_LINKS_OUTSIDE = ENV.check_links_outside

# Places alone: browsers refuse names like "Factory" and "localtime", which this machine knows as well.
WAGTAIL_USER_TIME_ZONES = sorted(
    zone
    for zone in available_timezones()
    if zone.startswith(("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/"))
)
WAGTAIL_SITE_NAME = "Ashar"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.documents.HonestDocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "odt", "txt"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
# A page handed on for translation waits as a draft: published at once, it would stand in the other tree in the wrong language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.pictures.BareImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000

HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # a probe comes from inside, without the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxies else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ashar.web.errors.expired_form"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.Line", "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {name: {"level": "WARNING"} for name in ("celery.beat", "django_tasks", "stripe", "wagtail")},
    "root": {"handlers": ["console"], "level": "INFO"},
}
