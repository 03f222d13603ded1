"""Every address of the site. Parts that stand in a language live under /ky/, /ru/ and /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.demo import views as demo_views

DEMO_ONLY: list[URLPattern | URLResolver] = [
    path("demo/", RedirectView.as_view(pattern_name="demo-people"), name="demo"),
    path("demo/people/", demo_views.people, name="demo-people"),
    path("demo/", include("ashar.notices.web.urls")),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ashar.payments.web.urls")),
    path("", include("ashar.web.urls")),
    path("", include("cms.found.urls")),
    path("", include("ashar.accounts.web.entrances")),  # before the two admins: their own sign-in forms are closed
    path("django-admin/", admin.site.urls),
    path("cms/", include("cms.editing.doors")),  # before those of Wagtail that they guard
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
urlpatterns += i18n_patterns(
    *(DEMO_ONLY if settings.DEMO else []),
    path("accounts/", include("ashar.accounts.web.urls")),
    path("accounts/", include("allauth.urls")),
    path("notices/", include("ashar.notices.web.inbox_urls")),
    path("", include("ashar.web.page_urls")),
    path("", include("diaspora.web.urls")),
    path("", include("cms.pages.urls")),
    path("", include(wagtail_urls)),
)

handler400 = "ashar.web.errors.bad_request"
handler403 = "ashar.web.errors.permission_denied"
handler404 = "ashar.web.errors.page_not_found"
handler429 = "ashar.web.errors.too_many"  # allauth's rate limits ask for it
handler500 = "ashar.web.errors.server_error"
