"""The Django app `audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """`ashar.audit`."""

    name = "ashar.audit"
    label = "audit"
