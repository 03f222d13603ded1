"""Questions and their answers, under headings."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import get_text_for_indexing

from cms.blocks.text import TextBlock

WITHOUT_HEADINGS = ["bold", "italic", "link", "ul", "ol", "document-link"]
NAMED_BY = 8  # letters of a question's own name, which stays when its words change and in every language


class QuestionBlock(blocks.StructBlock):
    """A question as a reader would ask it."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = TextBlock(label=_("Answer"), features=WITHOUT_HEADINGS)

    class Meta:
        icon = "help"
        label = _("Question")


class QuestionsBlock(blocks.StructBlock):
    """Questions on one thing."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its answer as HTML of the editors and as plain words, and the name under which a link finds it."""

    anchor: str
    question: str
    answer: Any
    plain: str


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under their heading."""

    title: str
    questions: list[Question]


def groups(stream: Any) -> list[Group]:  # noqa: ANN401 - a stream of `QuestionsBlock`
    """Return what a stream of questions says, prepared."""
    return [Group(block.value["title"], [*map(_question, block.value["questions"].bound_blocks)]) for block in stream]


def _question(block: Any) -> Question:  # noqa: ANN401 - a bound block
    told = block.value
    return Question(
        anchor=f"q-{block.id[:NAMED_BY]}",
        question=told["question"],
        answer=told["answer"],
        plain=" ".join(get_text_for_indexing(told["answer"].source).split()),
    )
