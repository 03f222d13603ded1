from datetime import timedelta

import pytest

from ashar.outbox import consuming
from ashar.outbox.consuming import PATIENCE, consumer


def greet(**_):
    pass


def test_a_consumer_is_named_by_its_path():
    consumer("gift.given")(greet)

    assert [known.name for known in consuming.of_topic("gift.given")] == [f"{__name__}.greet"]


def test_a_name_outlives_the_path():
    consumer("gift.given", name="gifts.greet")(greet)

    assert consuming.named("gifts.greet").handler is greet


def test_the_decorated_function_stays_what_it_was():
    assert consumer("gift.given")(greet) is greet


def test_two_consumers_of_one_name_are_refused():
    consumer("gift.given", name="gifts.greet")(greet)

    with pytest.raises(ValueError, match=r"Two consumers are called gifts\.greet"):
        consumer("gift.returned", name="gifts.greet")(greet)


def test_a_topic_knows_only_its_own():
    consumer("gift.given", name="thanks")(greet)
    consumer("gift.given", name="matching")(greet)
    consumer("gift.returned", name="regrets")(greet)

    assert [known.name for known in consuming.of_topic("gift.given")] == ["thanks", "matching"]
    assert consuming.of_topic("gift.lost") == []


def test_an_unknown_name_is_a_lookup_error():
    with pytest.raises(LookupError):
        consuming.named("nobody")


def test_patience_is_the_consumers_own_or_the_usual():
    short = (timedelta(seconds=1),)
    consumer("gift.given", name="hasty", patience=short)(greet)
    consumer("gift.given", name="usual")(greet)

    assert [consuming.patience_of(name) for name in ("hasty", "usual", "unknown")] == [short, PATIENCE, PATIENCE]


def test_the_usual_patience_is_eight_attempts_over_some_hours():
    assert len(PATIENCE) == 7
    assert sum(PATIENCE, timedelta()) == timedelta(hours=8, minutes=42, seconds=40)
    assert list(PATIENCE) == sorted(PATIENCE)
