"""Wagtail wants every page type importable from here; each lives in its own module under `cms.pages`."""

from cms.pages.associations import AssociationIndexPage, AssociationPage
from cms.pages.home import HomePage
from cms.pages.news import ArticlePage, ArticlePerson, ArticleTopic, NewsIndexPage, Topic
from cms.pages.people import PersonIndexPage, PersonPage
from cms.pages.projects import ProjectIndexPage, ProjectPage

__all__ = [
    "ArticlePage",
    "ArticlePerson",
    "ArticleTopic",
    "AssociationIndexPage",
    "AssociationPage",
    "HomePage",
    "NewsIndexPage",
    "PersonIndexPage",
    "PersonPage",
    "ProjectIndexPage",
    "ProjectPage",
    "Topic",
]
