"""Wagtail wants every page type and snippet importable from here; each lives in its own module."""

from cms.links.rows import AskedAddress, BrokenLink, LastLook
from cms.pages.associations import AssociationIndexPage, AssociationPage
from cms.pages.calls import CallIndexPage, CallPage
from cms.pages.contact import ContactPage
from cms.pages.events import EventIndexPage, EventPage
from cms.pages.faq import FaqPage
from cms.pages.guides import GuideIndexPage, GuidePage
from cms.pages.home import HomePage
from cms.pages.landing import LandingPage
from cms.pages.news import ArticlePage, ArticlePerson, ArticleTopic, NewsIndexPage, Topic
from cms.pages.people import PersonIndexPage, PersonPage
from cms.pages.practices import PracticeIndexPage, PracticePage
from cms.pages.projects import ProjectIndexPage, ProjectPage
from cms.pages.statistics import StatisticsPage
from cms.snippets.contacts import Contact
from cms.snippets.figures import Figure
from cms.snippets.partners import Partner

__all__ = [
    "ArticlePage",
    "ArticlePerson",
    "ArticleTopic",
    "AskedAddress",
    "AssociationIndexPage",
    "AssociationPage",
    "BrokenLink",
    "CallIndexPage",
    "CallPage",
    "Contact",
    "ContactPage",
    "EventIndexPage",
    "EventPage",
    "FaqPage",
    "Figure",
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "LandingPage",
    "LastLook",
    "NewsIndexPage",
    "Partner",
    "PersonIndexPage",
    "PersonPage",
    "PracticeIndexPage",
    "PracticePage",
    "ProjectIndexPage",
    "ProjectPage",
    "StatisticsPage",
    "Topic",
]
