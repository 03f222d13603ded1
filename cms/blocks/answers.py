"""Who answers for this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ashar import language
from cms.blocks.spoken import SpokenChooserBlock, spoken
from cms.snippets.contacts import Contact


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers for what, since when, and where they are reached. `person` is a card; one of them may be missing."""

    matter: str
    since: date | None
    person: Any
    contact: Contact | None


class AnswerBlock(blocks.StructBlock):
    """One matter and who answers for it."""

    matter = blocks.CharBlock(label=_("What they answer for"), max_length=150)
    person = blocks.PageChooserBlock(page_type="cms.PersonPage", label=_("Person"), required=False)
    contact = SpokenChooserBlock("cms.Contact", label=_("Contact"), required=False)
    since = blocks.DateBlock(label=_("Since"), required=False)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - a struct of Wagtail
        """Refuse a matter for which nobody answers, but in a draft."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not cleaned["person"] and not cleaned["contact"]:
            raise blocks.StructBlockValidationError(
                block_errors={"person": ValidationError(_("Choose a person, a contact or both."))}
            )
        return cleaned

    class Meta:
        icon = "user"
        label = _("Who answers")


class AnswersBlock(blocks.StructBlock):
    """Matters, each with a person or an office that answers for it."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    answers = blocks.ListBlock(AnswerBlock(), label=_("Who answers"), min_num=1, max_num=12)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401 - a struct of Wagtail
        """Add those who answer as readers see them; a matter whose people are not public is left out."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["answers"] = answers(value["answers"])
        return context

    class Meta:
        template = "cms/blocks/answers.html"
        icon = "user"
        label = _("Who answers for this")


def answers(told: Sequence[Any]) -> list[Answer]:
    """Return what a list of `AnswerBlock` says, prepared. At most two queries, for the people and their faces."""
    people = [each["person"] for each in told if each["person"]]
    cards = (
        type(people[0]).cards(people, language.current(), faces=True) if people else {}
    )  # a page knows; blocks know no pages
    found = [_answer(each, cards) for each in told]
    return [each for each in found if each.person or each.contact]


def _answer(told: Any, cards: Mapping[Any, Any]) -> Answer:  # noqa: ANN401 - a struct value
    person = cards.get(told["person"].translation_key) if told["person"] else None
    return Answer(told["matter"], told["since"], person, next(iter(spoken([told["contact"]])), None))
