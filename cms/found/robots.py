"""robots.txt: public pages are open to every machine; rooms of staff and papers of one person are none of theirs.

A wish, not a lock: what is private is guarded where it stands.
"""

from ashar import language

ROOMS = ("cms/", "django-admin/", "documents/")
PERSONAL = ("accounts/", "notices/", "gifts/", "my/", "receipts/", "demo/")  # below every language


def text(*, sitemap: str) -> str:
    """Return the file; `sitemap` is the whole address of the list of pages."""
    closed = [*ROOMS, *(f"{code}/{place}" for code in language.LANGUAGES for place in PERSONAL)]
    lines = ["User-agent: *", *(f"Disallow: /{place}" for place in closed), "", f"Sitemap: {sitemap}"]
    return "\n".join(lines) + "\n"
