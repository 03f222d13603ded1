"""A page that the site stands on: its home in a language, and what `cms.trees` plants below it."""

from wagtail.models import PagePermissionTester

from ashar.accounts.models import User


class Pillar:
    """Mix in before `Page`: only administrators withdraw, move or delete it, for all pages lead to it and it stands above many."""

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        """Return what `user` may do with it."""
        return _Permissions(user, self)


class _Permissions(PagePermissionTester):
    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 - Wagtail's signature
        return bool(self.user.is_superuser and super().can_delete(ignore_bulk))

    def can_unpublish(self) -> bool:
        return bool(self.user.is_superuser and super().can_unpublish())
