"""Texts of several lines: readers see the lines that an editor wrote, and nothing in them runs."""

import pytest

from cms.blocks.callout import CalloutBlock
from cms.blocks.quote import QuoteBlock
from cms.blocks.steps import StepsBlock
from cms.blocks.timeline import TimelineBlock

LINES, SHOWN = "Биринчи сап\nэкинчи <b>сап</b>", "Биринчи сап<br>экинчи &lt;b&gt;сап&lt;/b&gt;"


@pytest.mark.parametrize(
    ("block", "value"),
    [
        (CalloutBlock(), {"kind": "info", "title": "", "text": LINES}),
        (QuoteBlock(), {"words": LINES, "who": "Айжан", "role": ""}),
        (StepsBlock(), {"steps": [{"title": "Бир", "text": LINES}, {"title": "Эки", "text": ""}]}),
        (TimelineBlock(), {"rows": [{"on": "2026-01-01", "title": "Бир", "text": LINES}]}),
    ],
    ids=["callout", "quote", "steps", "timeline"],
)
def test_lines_stay_lines(block, value):
    assert SHOWN in block.render(block.to_python(value))
