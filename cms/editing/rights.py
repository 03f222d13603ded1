"""Who may do what with pages: by role in every language, or an editor in one language only."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from ashar import language
from ashar.accounts import roles

WRITING = ("add_page", "change_page")
PUBLISHING = (*WRITING, "publish_page", "lock_page", "unlock_page")
ON_PAGES = {roles.AUTHOR: WRITING, roles.PROOFREADER: ("change_page",), roles.EDITOR: PUBLISHING}
ENTER = (roles.AUTHOR, roles.PROOFREADER, roles.EDITOR, roles.FINANCE_OFFICER, roles.AUDITOR)
FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
SNIPPETS = ("add_topic", "change_topic")
TRANSLATING = ("submit_translation",)


def editors_of(code: str) -> str:
    """Return the name of the group that edits the pages of one language and no other."""
    return f"{roles.EDITOR} {code}"


def give(homes: Iterable[Page]) -> None:
    """Give every group what it may do with the trees below `homes`. Idempotent; takes nothing away."""
    roles_that_write = list(Group.objects.filter(name__in=ON_PAGES))
    for home in homes:
        for role in roles_that_write:
            _on_pages(role, home, ON_PAGES[role.name])
        group, _is_new = Group.objects.get_or_create(name=editors_of(home.locale.language_code))
        _on_pages(group, home, PUBLISHING)
    for group in Group.objects.filter(name__in=ENTER):
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
        )
    writers = [*ON_PAGES, *map(editors_of, language.LANGUAGES)]
    for group in Group.objects.filter(name__in=writers):
        _on_everything_written(group)


def _on_pages(group: Group, home: Page, rights: Iterable[str]) -> None:
    for right in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=rights):
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=right)


def _on_everything_written(group: Group) -> None:
    """Pictures, documents, topics and translations belong to all who write."""
    group.permissions.add(
        *Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin"),
        *Permission.objects.filter(content_type__app_label="cms", codename__in=SNIPPETS),
        *Permission.objects.filter(content_type__app_label="wagtail_localize", codename__in=TRANSLATING),
    )
    root = Collection.get_first_root_node()
    for right in Permission.objects.filter(codename__in=FILES):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=right)
