"""Addresses without a language, where machines look for them."""

from django.urls import URLPattern, URLResolver, path

from cms.found import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", views.sitemap_part, name="sitemap-part"),
    path("robots.txt", views.robots_txt, name="robots"),
]
