"""Who may do what with pages: by role in every language, or an editor in one language only.

An author adds news and people and edits what is theirs. A proof-reader has no page of her own: the step of the workflow
opens a page to her while it waits there, and closes it again. Only an editor publishes, and only an editor of all languages
hands a page on to be translated, for that makes pages in other trees, or says where old addresses lead, for they are of every tree.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from ashar.accounts import roles

WRITING = ("add_page",)
PUBLISHING = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
CHOOSING = ("choose_image", "choose_document")
ADDING = (*CHOOSING, "add_image", "add_document")
KEEPING = (*ADDING, "change_image", "change_document")
FILES = {roles.AUTHOR: ADDING, roles.PROOFREADER: CHOOSING, roles.EDITOR: KEEPING}
ENTER = (roles.AUTHOR, roles.PROOFREADER, roles.EDITOR, roles.FINANCE_OFFICER, roles.AUDITOR)
OF_EVERYBODY = ("access_admin",)
# Who writes snippets is asked of `own_language`; for its button alone Wagtail asks for this.
SNIPPETS = ("publish_contact", "publish_partner", "publish_figure")
OF_EDITORS = (*OF_EVERYBODY, "add_topic", "change_topic", *SNIPPETS)
HANDING_ON = ("submit_translation",)  # its form makes pages in every tree and asks no right to them
REDIRECTS = ("add_redirect", "change_redirect", "delete_redirect")  # one leads away from any page of any tree
APPS = ("wagtailadmin", "wagtailcore", "wagtailimages", "wagtaildocs", "wagtailredirects", "wagtail_localize", "cms")


def give(homes: Iterable[Page], written: Iterable[Page]) -> None:
    """Give every group what it may do: editors below `homes`, authors below `written`. Idempotent; takes nothing away."""
    known = {group.name: group for group in Group.objects.filter(name__in=ENTER)}
    everywhere = [known[roles.EDITOR]] if roles.EDITOR in known else []
    of_one = {home: _group(roles.EDITORS[home.locale.language_code]) for home in homes}
    authors = [known[roles.AUTHOR]] if roles.AUTHOR in known else []
    _on_pages(
        *((group, home, PUBLISHING) for home, own in of_one.items() for group in (*everywhere, own)),
        *((group, page, WRITING) for page in written for group in authors),
    )
    _on_files(
        *((group, FILES.get(name, ())) for name, group in known.items()), *((own, KEEPING) for own in of_one.values())
    )
    editors = [*everywhere, *of_one.values()]
    for group in {*known.values(), *editors}:
        group.permissions.add(*_rights(OF_EDITORS if group in editors else OF_EVERYBODY))
    for group in everywhere:
        group.permissions.add(*_rights((*HANDING_ON, *REDIRECTS)))


def take_back() -> None:
    """Take redirects from the editors of one language, who had them once. Idempotent."""
    for group in Group.objects.filter(name__in=roles.EDITORS.values()):
        group.permissions.remove(*_rights(REDIRECTS))


def _group(name: str) -> Group:
    group, _is_new = Group.objects.get_or_create(name=name)
    return group


def _on_pages(*given: tuple[Group, Page, Iterable[str]]) -> None:
    rows = [
        GroupPagePermission(group=group, page=page, permission=right)
        for group, page, codenames in given
        for right in _rights(codenames)
    ]
    GroupPagePermission.objects.bulk_create(rows, ignore_conflicts=True)


def _on_files(*given: tuple[Group, Iterable[str]]) -> None:
    """Pictures and documents lie in one collection, for all languages."""
    root = Collection.get_first_root_node()
    rows = [
        GroupCollectionPermission(group=group, collection=root, permission=right)
        for group, codenames in given
        for right in _rights(codenames)
    ]
    GroupCollectionPermission.objects.bulk_create(rows, ignore_conflicts=True)


def _rights(codenames: Iterable[str]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label__in=APPS, codename__in=codenames).order_by("pk"))
