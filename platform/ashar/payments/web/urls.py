"""Addresses. The webhook answers with and without the slash: the provider does not follow redirects."""

from django.urls import URLPattern, URLResolver, re_path

from ashar.payments.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^webhooks/stripe/?$", views.stripe_webhook, name="stripe-webhook"),
]
