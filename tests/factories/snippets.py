"""Contacts, partners and figures, each in one language or as the translation of another."""

from typing import Any

from wagtail.models import Locale

from cms.models import Contact, Figure, Partner
from cms.snippets.snippet import Snippet

WHOLE: dict[type[Snippet], dict[str, Any]] = {
    Contact: {"name": "Консульство"},
    Partner: {"name": "Фонд села", "work": "Добавляет столько же."},
    Figure: {"measure": "Переводы", "value": "1063000", "unit": "сом", "year": 2024, "definition": "Все", "source": "Банк"},
}  # fmt: skip


def snippet(kind: type[Snippet], code: str = "ru", *, of: Snippet | None = None, **facts: Any) -> Snippet:
    """Return a snippet that is out, in the language `code`; `of` is what it is a translation of."""
    same = {"translation_key": of.translation_key} if of else {}
    locale = Locale.objects.get(language_code=code)
    return kind.objects.create(**{**WHOLE[kind], "locale": locale, **same, **facts})
