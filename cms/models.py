"""Wagtail wants every page type importable from here; each lives in its own module under `cms.pages`, rows on links under `cms.links`."""

from cms.links.rows import AskedAddress, BrokenLink
from cms.pages.associations import AssociationIndexPage, AssociationPage
from cms.pages.events import EventIndexPage, EventPage
from cms.pages.faq import FaqPage
from cms.pages.guides import GuideIndexPage, GuidePage
from cms.pages.home import HomePage
from cms.pages.news import ArticlePage, ArticlePerson, ArticleTopic, NewsIndexPage, Topic
from cms.pages.people import PersonIndexPage, PersonPage
from cms.pages.practices import PracticeIndexPage, PracticePage
from cms.pages.projects import ProjectIndexPage, ProjectPage
from cms.pages.statistics import StatisticsPage

__all__ = [
    "ArticlePage",
    "ArticlePerson",
    "ArticleTopic",
    "AskedAddress",
    "AssociationIndexPage",
    "AssociationPage",
    "BrokenLink",
    "EventIndexPage",
    "EventPage",
    "FaqPage",
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "NewsIndexPage",
    "PersonIndexPage",
    "PersonPage",
    "PracticeIndexPage",
    "PracticePage",
    "ProjectIndexPage",
    "ProjectPage",
    "StatisticsPage",
    "Topic",
]
