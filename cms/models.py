"""Wagtail wants every page type importable from here; each lives in its own module under `cms.pages`."""

from cms.pages.associations import AssociationIndexPage, AssociationPage
from cms.pages.home import HomePage
from cms.pages.projects import ProjectIndexPage, ProjectPage

__all__ = ["AssociationIndexPage", "AssociationPage", "HomePage", "ProjectIndexPage", "ProjectPage"]
