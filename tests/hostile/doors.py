"""Every address of the site outside the admins, and where each kind of person ends who opens it or sends to it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.urls import reverse

from ashar.accounts import roles
from cms.found.sections import SECTIONS
from tests.hostile.outcomes import CHECKOUT
from tests.hostile.village import (
    ADMINISTRATOR,
    ANONYMOUS,
    GIVER,
    OTHER_GIVER,
    STAFF,
    UNPROVED_ADMINISTRATOR,
    WHO,
    Village,
)

LOGIN = "account_login"
NOWHERE = "00000000-0000-4000-8000-000000000000"
IN_WAGTAIL = (roles.AUTHOR, roles.PROOFREADER, roles.EDITOR, roles.FINANCE_OFFICER, roles.AUDITOR, ADMINISTRATOR)
WITH_PASSWORD = (GIVER, OTHER_GIVER, UNPROVED_ADMINISTRATOR, ADMINISTRATOR)
WITH_FACTOR = (*STAFF, ADMINISTRATOR)
Ends = Mapping[str, str]


class Door(NamedTuple):
    """One address: the pattern it belongs to, what is looked at, and where a GET and an empty POST of each person end."""

    pattern: str
    what: str
    address: Callable[[Village], str]
    get: Ends
    post: Ends

    def __str__(self) -> str:
        return f"{self.pattern} ({self.what})" if self.what else self.pattern


def all_end(outcome: str, **_no_exceptions: str) -> Ends:
    """Everybody ends the same way."""
    return dict.fromkeys(WHO, outcome)


def members(outcome: str, *exceptions: tuple[tuple[str, ...], str]) -> Ends:
    """Who is signed in ends at `outcome`, `exceptions` apart; strangers are asked to sign in."""
    return {**all_end(outcome), **_spread(exceptions), ANONYMOUS: LOGIN}


def strangers(outcome: str) -> Ends:
    """Strangers end at `outcome`; who is signed in has no business there and is led home."""
    return {**all_end("account_home"), ANONYMOUS: outcome}


def _spread(exceptions: tuple[tuple[tuple[str, ...], str], ...]) -> Ends:
    return {who: outcome for people, outcome in exceptions for who in people}


def plain(name: str, get: Ends, post: Ends) -> Door:
    """Return the door of a pattern without arguments."""
    return Door(name, "", lambda _village: reverse(name), get, post)


def fixed(pattern: str, address: str, get: Ends, post: Ends, what: str = "") -> Door:
    """Return the door at a literal address."""
    return Door(pattern, what, lambda _village: address, get, post)


def of(name: str, what: str, argument: Callable[[Village], object], get: Ends, post: Ends) -> Door:
    """Return the door of a pattern with one argument taken from the village."""
    return Door(name, what, lambda village: reverse(name, args=[argument(village)]), get, post)


OPEN, ABSENT, UNSENDABLE = all_end("200"), all_end("404"), all_end("405")
ENTRANCE_OF_DJANGO = members("403", ((ADMINISTRATOR,), "admin:index"), ((UNPROVED_ADMINISTRATOR,), "mfa_index"))
ENTRANCE_OF_WAGTAIL = members("403", (IN_WAGTAIL, "wagtailadmin_home"), ((UNPROVED_ADMINISTRATOR,), "mfa_index"))
SET_FIRST = members("account_set_password", (WITH_PASSWORD, "200"))
CHANGE_INSTEAD = members("200", (WITH_PASSWORD, "account_change_password"))
NO_APP = members("404", (WITH_FACTOR, "200"))
APP_ALREADY = members("200", (WITH_FACTOR, "mfa_deactivate_totp"))
BY_APP = members("account_reauthenticate", (WITH_FACTOR, "200"), ((roles.ASSOCIATION_LEADER,), "403"))
BY_ANOTHER_WAY = members(
    "mfa_reauthenticate", (WITH_PASSWORD, "account_reauthenticate"), ((roles.ASSOCIATION_LEADER,), "403")
)
BY_PASSWORD = members("mfa_reauthenticate", (WITH_PASSWORD, "200"), ((roles.ASSOCIATION_LEADER,), "403"))

MACHINES = (
    fixed("stripe-webhook", "/webhooks/stripe/", UNSENDABLE, all_end("400")),
    fixed("stripe-webhook", "/webhooks/stripe", UNSENDABLE, all_end("400"), "without a slash"),
    plain("healthz", OPEN, UNSENDABLE),
    plain("readyz", OPEN, UNSENDABLE),
    plain("sitemap", OPEN, UNSENDABLE),
    of("sitemap-part", "", lambda _village: 1, OPEN, UNSENDABLE),
    of("sitemap-part", "none", lambda _village: 2, ABSENT, UNSENDABLE),
    plain("robots", OPEN, UNSENDABLE),
    plain("offline", OPEN, UNSENDABLE),
    plain("offline-worker", OPEN, UNSENDABLE),
    fixed("media", "/media/original_images/secret.jpg", ABSENT, UNSENDABLE, "an original picture"),
    fixed("media", "/media/documents/secret.pdf", ABSENT, UNSENDABLE, "a document"),
    fixed("wagtaildocs_serve", "/documents/1/secret.pdf", ABSENT, ABSENT),
    fixed(
        "wagtaildocs_authenticate_with_password",
        "/documents/authenticate_with_password/1/",
        all_end("wagtail_serve"),
        all_end("wagtail_serve"),
    ),
    plain("demo", all_end("demo-people"), all_end("demo-people")),
    plain("demo-people", OPEN, UNSENDABLE),
    plain("mailbox", OPEN, UNSENDABLE),
    of("mailbox-message", "", lambda village: village.mail.pk, OPEN, UNSENDABLE),
    of("mailbox-html", "", lambda village: village.mail.pk, OPEN, UNSENDABLE),
)
ENTRANCES = (
    fixed("^(?:ky|ru|en)/_util/login/$", "/ru/_util/login/", members("403"), members("403")),
    plain("wagtailcore_login", members("403"), members("403")),
    fixed("django-admin/login/", "/django-admin/login/", ENTRANCE_OF_DJANGO, ENTRANCE_OF_DJANGO),
    fixed("cms/login/", "/cms/login/", ENTRANCE_OF_WAGTAIL, ENTRANCE_OF_WAGTAIL),
    fixed("wagtailcore_authenticate_with_password", "/ru/_util/authenticate_with_password/1/1/", ABSENT, ABSENT),
)
ACCOUNTS = (
    plain("account", members("200"), members("200")),
    plain("account_home", members("200"), members("405")),
    plain("account_sessions", members("405"), members("account")),
    plain("account_export", members("200"), members("200")),
    plain("account_erasure", members("200"), members("account")),
    plain("account_erasure_withdrawal", members("405"), members("account")),
    plain("account_confirm", members("200"), members("200")),
    plain("account_login", strangers("200"), strangers("200")),
    plain("account_logout", {**OPEN, ANONYMOUS: "/"}, all_end("/")),
    plain("account_inactive", OPEN, UNSENDABLE),
    plain("account_signup", strangers("200"), strangers("200")),
    plain("account_reauthenticate", BY_PASSWORD, BY_PASSWORD),
    plain("account_email", members("200"), members("account_email")),
    plain("account_email_verification_sent", members("account_email"), members("account_email")),
    plain("account_change_password", SET_FIRST, SET_FIRST),
    plain("account_set_password", CHANGE_INSTEAD, CHANGE_INSTEAD),
    plain("account_reset_password", OPEN, OPEN),
    plain("account_confirm_login_code", strangers("account_request_login_code"), strangers("account_request_login_code")),
    plain("account_reset_password_from_key_done", OPEN, UNSENDABLE),
    fixed("account_reset_password_from_key", "/ru/accounts/password/reset/key/a-hostile/", OPEN, OPEN),
    plain("account_reset_password_done", OPEN, UNSENDABLE),
    plain("account_request_login_code", strangers("200"), strangers("200")),
)  # fmt: skip
FACTORS = (
    plain("mfa_index", members("200"), members("405")),
    plain("mfa_authenticate", members("account_home"), members("account_home")),
    plain("mfa_reauthenticate", BY_APP, BY_APP),
    plain("mfa_activate_totp", APP_ALREADY, APP_ALREADY),
    plain("mfa_deactivate_totp", NO_APP, NO_APP),
    plain("mfa_view_recovery_codes", members("404"), members("405")),
    plain("mfa_generate_recovery_codes", members("200"), members("200", (WITH_FACTOR, "mfa_view_recovery_codes"))),
    plain("mfa_download_recovery_codes", members("404"), members("404")),
    plain("mfa_list_webauthn", members("200"), members("405")),
    plain("mfa_add_webauthn", members("200"), members("200")),
    plain("mfa_reauthenticate_webauthn", BY_ANOTHER_WAY, BY_ANOTHER_WAY),
    of("mfa_remove_webauthn", "nobody's key", lambda _village: 1, members("404"), members("404")),
    of("mfa_edit_webauthn", "nobody's key", lambda _village: 1, members("404"), members("404")),
    plain("mfa_login_webauthn", strangers("account_login"), strangers("account_login")),
)
PAGES = (
    plain("inbox", members("200"), UNSENDABLE),
    of("notice", "the giver's", lambda village: village.notice.notice_id, {**members("404"), GIVER: "200"}, UNSENDABLE),
    of("notice", "nobody's", lambda _village: NOWHERE, members("404"), UNSENDABLE),
    plain("styleguide", OPEN, OPEN),
    of("styleguide-component", "", lambda _village: "card", OPEN, OPEN),
    of("give", "", lambda village: village.school.slug, OPEN, OPEN),
    of("give", "over", lambda village: village.closed.slug, OPEN, OPEN),
    of("give", "secret", lambda village: village.draft.slug, ABSENT, ABSENT),
    plain("site-card", OPEN, UNSENDABLE),
    of("project-card", "", lambda village: village.school.slug, OPEN, UNSENDABLE),
    of("project-card", "secret", lambda village: village.draft.slug, ABSENT, UNSENDABLE),
    *(
        plain(f"{of_all}-feed-{kind}", OPEN, UNSENDABLE)
        for of_all in ("projects", *SECTIONS)
        for kind in ("atom", "rss")
    ),
    of("project-sums", "", lambda village: village.school.slug, OPEN, UNSENDABLE),
    of("project-sums", "secret", lambda village: village.draft.slug, ABSENT, UNSENDABLE),
    of("call-card", "", lambda village: village.open_call.slug, OPEN, UNSENDABLE),
    of("call-card", "secret", lambda village: village.call.slug, ABSENT, UNSENDABLE),
    of("call-card", "none", lambda _village: "hostile", ABSENT, UNSENDABLE),
    of("article-card", "", lambda village: village.article.slug, OPEN, UNSENDABLE),
    plain("figures-csv", OPEN, UNSENDABLE),
    of("practice-card", "", lambda village: village.practice.slug, OPEN, UNSENDABLE),
    of("practice-card", "none", lambda _village: "hostile", ABSENT, UNSENDABLE),
    *(
        of(f"event-{what}", which, slug, ends, UNSENDABLE)
        for what in ("card", "ics")
        for which, slug, ends in (
            ("", lambda village: village.event_page.slug, OPEN),
            ("none", lambda _village: "hostile", ABSENT),
        )
    ),
    of("my-event", "", lambda village: village.event_page.slug, OPEN, members("200")),
    of("my-event", "none", lambda _village: "hostile", ABSENT, members("404")),
    of("my-event-withdrawal", "", lambda village: village.event_page.slug, members("my-event"), members("my-event")),
    of("my-event-withdrawal", "none", lambda _village: "hostile", members("my-event"), members("404")),
    of("guide-card", "", lambda village: village.guide.slug, OPEN, UNSENDABLE),
    of("guide-card", "none", lambda _village: "hostile", ABSENT, UNSENDABLE),
    of("article-card", "none", lambda _village: "hostile", ABSENT, UNSENDABLE),
    *(
        of(f"{name}-feed-{kind}", what, argument, ends, UNSENDABLE)
        for kind in ("atom", "rss")
        for name, what, argument, ends in (
            ("oblast", "", lambda _village: "41704000000000", OPEN),
            ("oblast", "none", lambda _village: "hostile", ABSENT),
            ("association", "", lambda village: village.school.association.slug, OPEN),
            ("association", "none", lambda _village: "hostile", ABSENT),
        )
    ),
    of("trail", "", lambda village: village.school.slug, OPEN, UNSENDABLE),
    of("trail", "secret", lambda village: village.draft.slug, ABSENT, UNSENDABLE),
    of("trail-csv", "", lambda village: village.school.slug, OPEN, UNSENDABLE),
    of("trail-csv", "secret", lambda village: village.draft.slug, ABSENT, UNSENDABLE),
    of("gift", "the giver's", lambda village: village.gift.pk, OPEN, UNSENDABLE),
    of("gift", "another's", lambda village: village.others_gift.pk, OPEN, UNSENDABLE),
    of("gift", "nobody's", lambda _village: NOWHERE, ABSENT, UNSENDABLE),
    of("gift-payment", "arrived", lambda village: village.gift.pk, all_end("gift"), all_end("gift")),
    of("gift-payment", "unpaid", lambda village: village.unpaid_gift.pk, all_end("gift"), all_end(CHECKOUT)),
    of("gift-payment", "nobody's", lambda _village: NOWHERE, all_end("gift"), ABSENT),
    of("receipt", "ours", lambda village: village.receipt, OPEN, UNSENDABLE),
    of("receipt", "forged", lambda village: village.gift.receipt.number + ":hostile", ABSENT, UNSENDABLE),
    plain("my-gifts", members("200"), members("405")),
    *(
        fixed("wagtail_serve", f"/ru/{place}", ends, ends, place)
        for place, ends in (
            ("", OPEN),
            ("projects/", OPEN),
            ("projects/school/", OPEN),
            ("projects/old-school/", OPEN),
            ("projects/secret-school/", ABSENT),
            ("projects/no-such-school/", ABSENT),
            ("associations/", OPEN),
            ("associations/kochkor-seoul/", OPEN),
            ("news/", OPEN),
            ("news/no-such-news/", ABSENT),
            ("people/", OPEN),
            ("guides/", OPEN),
            ("practices/", OPEN),
            ("practices/no-such-practice/", ABSENT),
            ("events/", OPEN),
            ("events/no-such-event/", ABSENT),
            ("faq/", OPEN),
            ("statistics/", OPEN),
            ("contact/", OPEN),
            ("no-such-landing-page/", ABSENT),
            ("guides/no-such-guide/", ABSENT),
            ("home/", ABSENT),
        )
    ),
)
DOORS = MACHINES + ENTRANCES + ACCOUNTS + FACTORS + PAGES
