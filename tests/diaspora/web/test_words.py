"""Words that givers write among those of others."""

import pytest

from diaspora import giving
from diaspora.models import Gift
from tests.diaspora.web.conftest import Giver, filled


class TestWordsAmongOthers:
    PILE = "z" + "\N{COMBINING ACUTE ACCENT}" * 400

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("en", "There are too many marks on one letter."),
            ("ru", "Над одной буквой слишком много знаков."),
            ("ky", "Бир тамганын үстүндө өтө көп белги бар."),
        ],
    )
    @pytest.mark.parametrize("field", ["name", "message"])
    def test_that_pile_marks_up_are_refused_where_they_stand(self, school, client, field, language, sentence):
        refused = Giver(school, client, language).give(**{field: self.PILE[:100]})

        assert list(refused.context["form"].errors) == [field]
        assert sentence in refused.content.decode()
        assert Gift.objects.count() == 0

    def test_lose_the_controls_that_turn_them(self, school):
        form = filled(school, name="Айгүл\u202eнарт", message="\u2068Окугула\u2069!")

        assert (form.is_valid(), form.answers()["name"], form.answers()["message"]) == (
            True,
            "Айгүлнарт",
            "Окугула!",
        )

    @pytest.mark.parametrize("name", ["نور الدين", "נורית", "مُحَمَّد"])
    def test_of_every_direction_are_kept(self, school, name):
        form = filled(school, name=name)

        assert (form.is_valid(), form.answers()["name"]) == (True, name)

    @pytest.mark.parametrize(
        ("words", "refusal"), [(PILE, giving.MarksPiledUp), ("Айгүл\u202eнарт", giving.LettersTurned)]
    )
    def test_are_refused_by_the_verb_whoever_calls(self, words, refusal):
        with pytest.raises(refusal):
            giving.check_words(words)
