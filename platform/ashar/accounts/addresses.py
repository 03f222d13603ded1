"""The addresses that are known to be a person's: what other parts find somebody's rows by."""

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db.models import Q

if TYPE_CHECKING:
    from ashar.accounts.models import User


def addresses_of(person: "User") -> list[str]:
    """Return every verified address of `person`; one that was only typed in may be somebody else's. One query."""
    verified = EmailAddress.objects.filter(user_id=person.pk, verified=True).order_by("pk")
    return list(verified.values_list("email", flat=True))


def matching(person: "User", field: str) -> Q:
    """Return the condition that `field` holds one of the person's verified addresses, in any case of letters."""
    mine = Q(pk__in=[])
    for address in addresses_of(person):
        mine |= Q(**{f"{field}__iexact": address})
    return mine
