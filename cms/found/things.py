"""What our pages are about, in the words of schema.org. Sums come from the books; no giver is named."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from ashar import language
from ashar.money import Money, printed
from ashar.web import context
from ashar.web.heads import Thing, absolute
from diaspora import queries
from diaspora.queries import addresses
from grants.queries import CallPage


def site(*, description: str) -> list[Thing]:
    """Return the site and who stands behind it."""
    operator, home = context.operator(), f"{settings.SITE_URL}/{language.current()}/"
    organization = {
        "@type": "Organization",
        "@id": f"{settings.SITE_URL}/#organization",
        "name": operator["name"] or _("Ashar"),
        "url": home,
        "address": operator["address"],
        "email": operator["email"],
        "telephone": operator["phone"],
    }
    website = {
        "@type": "WebSite",
        "@id": f"{settings.SITE_URL}/#website",
        "name": _("Ashar"),
        "description": description,
        "url": home,
        "inLanguage": language.current(),
        "publisher": {"@id": organization["@id"]},
    }
    return [website, _said(organization)]


def association(told: queries.AssociationPage) -> list[Thing]:
    """Return an association: where its people live, and which place it builds for."""
    card = told.card
    thing = {
        "@type": "NGO",
        "name": card.name,
        "description": told.about,
        "url": absolute(card.href),
        "image": absolute(card.image),
        "foundingDate": told.founded_on.isoformat() if told.founded_on else "",
        "location": _place(f"{card.city}, {card.country}"),
        "areaServed": _place(card.home),
    }
    return [_said(thing)]


def project(told: queries.ProjectPage) -> list[Thing]:
    """Return a project with what was raised and matched, and the act of giving while it takes gifts."""
    card, url = told.card, absolute(told.card.href)
    thing = {
        "@type": "Project",
        "@id": url,
        "name": card.title,
        "description": card.summary,
        "url": url,
        "image": absolute(card.image),
        "location": _place(card.place),
        "parentOrganization": {
            "@type": "NGO",
            "name": told.association_name,
            "url": absolute(addresses.association(told.association.slug)),
        },
        "funding": [_funding(_("Raised"), card.given), _funding(_("Matched"), card.matched)],
        "potentialAction": _giving(told, url) if told.takes_gifts else "",
    }
    return [_said(thing)]


def call(told: CallPage) -> list[Thing]:
    """Return the grant that a call offers, up to its limit."""
    card, url = told.card, absolute(told.card.href)
    thing = {
        **_funding(card.title, card.limit),
        "@id": url,
        "description": card.summary,
        "url": url,
        "funder": ours(),
    }
    return [_said(thing)]


def article(page: Page, *, path: str, description: str, picture: str) -> list[Thing]:
    """Return an article that stands at `path`, in its own language."""
    address, at, changed = absolute(path), page.first_published_at, page.last_published_at
    thing = {
        "@type": "NewsArticle",
        "@id": address,
        "headline": page.title,
        "description": description,
        "url": address,
        "mainEntityOfPage": address,
        "image": absolute(picture),
        "inLanguage": page.locale.language_code,
        "datePublished": at.isoformat() if at else "",
        "dateModified": changed.isoformat() if changed else "",
        "author": ours(),
        "publisher": ours(),
    }
    return [_said(thing)]


def person(page: Page, *, path: str, role: str) -> list[Thing]:
    """Return the person whose page stands at `path`, in the language they are told of there."""
    address = absolute(path)
    thing = {
        "@type": "Person",
        "@id": address,
        "name": page.title,
        "description": page.search_description or role,
        "jobTitle": role,
        "url": address,
        "mainEntityOfPage": address,
    }
    return [_said(thing)]


def ours() -> Thing:
    """Return who stands behind the site, in short: the home page tells more of it."""
    return {"@type": "Organization", "@id": f"{settings.SITE_URL}/#organization", "name": _("Ashar")}


def _giving(told: queries.ProjectPage, url: str) -> Thing:
    return {
        "@type": "DonateAction",
        "name": _("Give to this project"),
        "target": {"@type": "EntryPoint", "urlTemplate": absolute(told.give_href)},
        "recipient": {"@id": url},
    }


def _funding(name: str, amount: Money) -> Thing:
    sum_of_money = {"@type": "MonetaryAmount", "currency": amount.currency, "value": printed.plain(amount)}
    return {"@type": "MonetaryGrant", "name": name, "amount": sum_of_money}


def _place(name: str) -> Thing:
    return {"@type": "Place", "name": name}


def _said(thing: dict[str, Any]) -> Thing:
    """Return `thing` without what is not known."""
    return {key: value for key, value in thing.items() if value}
