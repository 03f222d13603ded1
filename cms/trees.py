"""The trees of pages: one per language, equal slugs, planted once and grown by faces of projects and associations."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Site

from ashar import language
from cms.editing import follow, review, rights
from cms.models import (
    AssociationIndexPage,
    AssociationPage,
    CallIndexPage,
    CallPage,
    ContactPage,
    EventIndexPage,
    FaqPage,
    GuideIndexPage,
    HomePage,
    NewsIndexPage,
    PersonIndexPage,
    PracticeIndexPage,
    ProjectIndexPage,
    ProjectPage,
    StatisticsPage,
)
from cms.pages import news
from diaspora.models import Association, Project
from diaspora.states import ProjectState
from grants.models import Call

# What stands below each home page: its slug, which is the same in every language, its title and its lead.
BRANCHES: tuple[tuple[type[Page], str, Promise, Promise], ...] = (
    (ProjectIndexPage, "projects", _("Projects"), _("Every project, and what became of it.")),
    (AssociationIndexPage, "associations", _("Associations"), _("People of one place, living in one city.")),
    (CallIndexPage, "calls", _("Calls"), _("Who gives grants to those who return, for what, and until when.")),
    (NewsIndexPage, news.SLUG, _("News"), _("What happened, and who says so.")),
    (PersonIndexPage, "people", _("People"), _("Who writes, who builds, who answers.")),
    (
        GuideIndexPage,
        "guides",
        _("Guides"),
        _("Before leaving, abroad, on the way back, at home again: what to do, and who checked it."),
    ),
    (
        PracticeIndexPage,
        "practices",
        _("Practices"),
        _("What other countries do for their people abroad, and what we take from it."),
    ),
    (EventIndexPage, "events", _("Events"), _("Where we meet, here and abroad.")),
    (FaqPage, "faq", _("Questions"), _("What people ask before they trust us.")),
    (StatisticsPage, "statistics", _("Figures"), _("How many, in which year, counted how, and who says so.")),
    (ContactPage, "contact", _("Contacts"), _("Whom to ask for what, where and when.")),
)
DEFAULT_PORTS = {"http": 80, "https": 443}
WRITTEN = (NewsIndexPage, PersonIndexPage, GuideIndexPage, PracticeIndexPage, EventIndexPage)  # what authors may add to


@transaction.atomic
def plant() -> None:
    """Create the locales, the home and index pages of each language and the site, where they are missing. Idempotent.

    Projects that have opened, associations and calls that were announced get their pages too, if they came before the trees did.
    """
    root = Page.get_first_root_node()
    for code in language.LANGUAGES:
        locale, _is_new = Locale.objects.get_or_create(language_code=code)
        with translation.override(code):
            home = _home(root, locale)
            for kind, slug, title, lead in BRANCHES:
                _index(home, kind, slug, str(title), str(lead))
    _site()
    _name_the_root()
    homes = list(HomePage.objects.select_related("locale"))
    rights.give(homes, [page for kind in WRITTEN for page in kind.objects.all()])
    rights.take_back()
    review.plant(homes)
    follow.let_go()
    for project in Project.objects.exclude(state=ProjectState.DRAFT):
        show_project(project)
    for association in Association.objects.all():
        show_association(association)
    for call in Call.objects.exclude(published_at=None):
        show_call(call)


@transaction.atomic
def show_project(project: Project) -> None:
    """Give `project` its page in every language where it has none. Idempotent."""
    for index in _indexes(ProjectIndexPage):
        if not ProjectPage.objects.child_of(index).filter(project=project).exists():
            title = language.pick(project, "title", index.locale.language_code)
            summary = language.pick(project, "summary", index.locale.language_code)
            page = ProjectPage(
                title=title, slug=project.slug, project=project, search_description=summary, locale=index.locale
            )
            _graft(index, page, ProjectPage.objects.filter(project=project))


@transaction.atomic
def show_association(association: Association) -> None:
    """Give `association` its page in every language where it has none. Idempotent."""
    for index in _indexes(AssociationIndexPage):
        if not AssociationPage.objects.child_of(index).filter(association=association).exists():
            title = language.pick(association, "name", index.locale.language_code)
            page = AssociationPage(title=title, slug=association.slug, association=association, locale=index.locale)
            _graft(index, page, AssociationPage.objects.filter(association=association))


@transaction.atomic
def show_call(call: Call) -> None:
    """Give `call` its page in every language where it has none. Idempotent."""
    for index in _indexes(CallIndexPage):
        if not CallPage.objects.child_of(index).filter(call=call).exists():
            title = language.pick(call, "title", index.locale.language_code)
            page = CallPage(title=title, slug=call.slug, call=call, locale=index.locale)
            page.first_published_at = page.last_published_at = call.published_at
            _graft(index, page, CallPage.objects.filter(call=call))


def _name_the_root() -> None:
    """Call the page above all trees by their languages, each in its own, unless somebody called it otherwise than Wagtail."""
    title = " · ".join(translation.get_language_info(code)["name_local"] for code in language.LANGUAGES)
    Page.objects.filter(depth=1, title="Root").update(title=title, draft_title=title)


def _home(root: Page, locale: Locale) -> HomePage:
    found: HomePage | None = HomePage.objects.filter(locale=locale).first()
    if found:
        return found
    slug = "home" if locale.language_code == language.LANGUAGES[0] else f"home-{locale.language_code}"
    Page.objects.child_of(root).filter(slug=slug).delete()  # Wagtail's own welcome page
    root.refresh_from_db()
    home = HomePage(
        title=gettext("Ashar"),
        slug=slug,
        locale=locale,
        lead=gettext(
            "Give to your village from wherever you are. Your gift is matched, and every som can be followed."
        ),
    )
    _graft(root, home, HomePage.objects.all())
    return home


def _index(home: HomePage, kind: type[Page], slug: str, title: str, lead: str) -> None:
    if not kind.objects.child_of(home).exists():
        _graft(
            home, kind(title=title, slug=slug, lead=lead, locale=home.locale, show_in_menus=True), kind.objects.all()
        )


def _graft(parent: Page, page: Page, siblings_in_other_languages: QuerySet[Page]) -> None:
    """Add `page` under `parent` as the translation of the page that stands for the same thing in another tree."""
    twin = siblings_in_other_languages.first()
    if twin:
        page.translation_key = twin.translation_key
    parent.add_child(instance=page)


def _indexes(kind: type[Page]) -> Iterator[Page]:
    yield from kind.objects.select_related("locale")


def _site() -> None:
    """Let the site stand where `SITE_URL` says, for the links in Wagtail's letters, and begin at our home page.

    One that begins at another of our home pages keeps it and its name. An address that another site has stays with that.
    """
    homes = HomePage.objects.all()
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    address = urlsplit(settings.SITE_URL)
    place = {"hostname": address.hostname or "", "port": address.port or DEFAULT_PORTS[address.scheme]}
    if not Site.objects.filter(**place).exclude(pk=site.pk).exists():
        site.hostname, site.port = place["hostname"], place["port"]
    if not site.pk or not homes.filter(pk=site.root_page_id).exists():
        site.root_page, site.site_name = homes.get(locale__language_code=language.LANGUAGES[0]), gettext("Ashar")
    site.save()
