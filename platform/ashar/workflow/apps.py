"""The Django app `workflow`."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """`ashar.workflow`."""

    name = "ashar.workflow"
    label = "workflow"
