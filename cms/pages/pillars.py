"""A page that the site stands on: its home in a language, and what `cms.trees` plants below it."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page, PagePermissionTester

from ashar.accounts.models import User


class PillarForm(WagtailAdminPageForm):
    """The editors' form, in which no clock withdraws the page: whoever may not withdraw it does not plan that either."""

    def clean(self) -> dict[str, Any]:
        """Refuse a day on which the page would go, but from an administrator."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("expire_at") and not (self.for_user and self.for_user.is_superuser):
            self.add_error("expire_at", refusal(self.instance))
        return cleaned


class Pillar:
    """Mix in before `Page`: only administrators withdraw, move or delete it, for all pages lead to it and it stands above many."""

    base_form_class = PillarForm

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        """Return what `user` may do with it."""
        return _Permissions(user, self)


class _Permissions(PagePermissionTester):
    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 - Wagtail's signature
        return bool(self.user.is_superuser and super().can_delete(ignore_bulk))

    def can_unpublish(self) -> bool:
        return bool(self.user.is_superuser and super().can_unpublish())


def refusal(page: Page) -> str:
    """Return why an editor does not take `page` away."""
    return _("The site stands on “%(page)s”: only an administrator withdraws, moves or deletes it.") % {
        "page": page.title
    }
