"""Two threads, one block: what a draft may lack is asked of whoever publishes in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from wagtail import blocks
from wagtail.blocks import BlockField, StructBlockValidationError

PATIENCE = 10  # seconds
A_MOMENT = 0.3  # in which the second thread would come through, if it did not wait


class Waiting(blocks.BooleanBlock):
    """Waits in the middle of a check until it is told to go on, and counts the checks that came to it."""

    def __init__(self) -> None:
        super().__init__(required=False)
        self.begun, self.go_on, self.came = Event(), Event(), 0

    def clean(self, value: bool) -> bool:
        self.came += 1
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        return super().clean(value)


def form(block: blocks.Block, *, draft: bool) -> BlockField:
    field = BlockField(block)
    field.is_deferred_validation = draft
    return field


@pytest.mark.parametrize("drafts", [(True, False), (False, True)], ids=["draft first", "publication first"])
def test_a_draft_and_a_publication_do_not_meet(drafts):
    waiting = Waiting()
    block = blocks.StructBlock([("waiting", waiting), ("words", blocks.CharBlock())])
    empty = block.to_python({"waiting": False, "words": ""})

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(form(block, draft=drafts[0]).clean, empty)
        assert waiting.begun.wait(PATIENCE)
        second = threads.submit(form(block, draft=drafts[1]).clean, empty)
        with pytest.raises(TimeoutError):
            second.result(A_MOMENT)
        assert waiting.came == 1
        waiting.go_on.set()
        ends = {draft: end.exception(PATIENCE) for draft, end in zip(drafts, (first, second), strict=True)}

    assert {draft: type(end) for draft, end in ends.items()} == {True: type(None), False: StructBlockValidationError}
    assert block.child_blocks["words"].required
