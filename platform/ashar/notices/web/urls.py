"""Addresses of the demo's mailbox."""

from django.urls import path

from ashar.notices.web import mailbox

urlpatterns = [
    path("mailbox/", mailbox.messages, name="mailbox"),
    path("mailbox/<int:pk>/", mailbox.message, name="mailbox-message"),
    path("mailbox/<int:pk>/html/", mailbox.html, name="mailbox-html"),
]
