"""Forms: errors above the input, bad input kept, and a summary that leads to each field."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from ashar.web.forms import Form, ModelForm, error_links
from ashar.web.sample_forms import SampleForm

WRONG = {"name": "", "email": "айгүл", "shown_as": "named", "amount": "1000", "message": "Ысык <b>салам</b>"}


class TwoPasswords(Form):
    """A form whose fields contradict each other."""

    first = forms.CharField()
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("The two do not match.")


@pytest.fixture
def draw(read):
    def drawn(form, template="components/form.html"):
        with translation.override("en"):
            return read(render_to_string(template, {"form": form, "submit": "Give"}))

    return drawn


def test_browser_checks_nothing(draw):
    page = draw(SampleForm())

    assert "novalidate" in page.one("form")
    assert [attrs for _, attrs in page.elements if "required" in attrs] == []


def test_every_field_has_a_label_and_optional_ones_say_so(draw):
    page = draw(SampleForm())

    assert {attrs["for"] for attrs in page.all("label")} >= {"id_name", "id_email", "id_city", "id_message", "id_news"}
    assert page.text.count("(optional)") == 2


def test_fresh_form_has_no_error(draw):
    page = draw(SampleForm())

    assert page.all("p", class_="field-error") == []
    assert page.all("div", class_="form-errors") == []


def test_help_and_error_stand_above_the_input_and_describe_it(draw):
    page = draw(SampleForm(WRONG))
    field = page.one("input", id="id_email")
    order = [attrs.get("id") for _, attrs in page.elements if attrs.get("id", "").startswith("id_email")]

    assert order == ["id_email_helptext", "id_email_error", "id_email"]
    assert field["aria-describedby"] == "id_email_helptext id_email_error"
    assert field["aria-invalid"] == "true"


def test_bad_input_is_kept_and_escaped(draw):
    page = draw(SampleForm(WRONG))

    assert page.one("input", id="id_email")["value"] == "айгүл"
    assert "Ысык <b>салам</b>" in page.text
    assert page.all("b") == []


def test_autocomplete_says_what_is_asked(draw):
    page = draw(SampleForm())

    assert page.one("input", id="id_name")["autocomplete"] == "name"
    assert page.one("input", id="id_email")["autocomplete"] == "email"


def test_radio_buttons_stand_in_a_fieldset_with_a_legend(draw):
    page = draw(SampleForm({}))

    assert [attrs.get("aria-describedby") for attrs in page.all("fieldset")] == ["id_amount_error", "id_shown_as_error"]
    assert [attrs["id"] for attrs in page.all("input", type="radio", name="shown_as")] == [
        "id_shown_as_0",
        "id_shown_as_1",
        "id_shown_as_2",
    ]


def test_tick_box_has_its_label_beside_it(draw):
    page = draw(SampleForm())

    assert page.one("label", for_="id_news") == {"class": "choice", "for": "id_news"}


def test_amounts_say_what_they_buy_without_leaking_into_attributes(draw):
    page = draw(SampleForm())

    assert "A window for a classroom" in page.text
    assert page.one("input", id="id_amount_2") == {
        "type": "radio",
        "name": "amount",
        "value": "5000",
        "id": "id_amount_2",
    }


def test_chosen_amount_stays_chosen(draw):
    assert "checked" in draw(SampleForm(WRONG)).one("input", id="id_amount_0")


def test_summary_links_each_error_to_what_a_person_can_act_on(draw):
    page = draw(SampleForm({"email": "айгүл"}))

    assert [link["href"] for link in page.all("a")] == ["#id_amount_0", "#id_name", "#id_email", "#id_shown_as_0"]
    ids = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    assert {link["href"][1:] for link in page.all("a")} - ids == set()


def test_summary_takes_the_focus(draw):
    (summary,) = [attrs for _, attrs in draw(SampleForm({})).elements if attrs.get("class") == "form-errors"]

    assert (summary["role"], summary["tabindex"], "autofocus" in summary) == ("alert", "-1", True)


def test_summary_says_the_label_and_the_same_words_as_the_field():
    with translation.override("en"):
        assert error_links(SampleForm({**WRONG, "name": "Айгүл"})) == [
            ("id_email", "E-mail: Enter a valid email address.")
        ]


def test_summary_puts_no_colon_after_a_question():
    with translation.override("en"):
        assert error_links(SampleForm({"name": "Айгүл", "email": "a@example.kg", "amount": "1000"})) == [
            ("id_shown_as_0", "How should we show your name? This field is required.")
        ]


def test_error_of_the_whole_form_stands_in_the_summary(draw):
    page = draw(TwoPasswords({"first": "a", "token": "b"}))

    assert "The two do not match." in page.text
    assert page.all("a") == []


def test_hidden_fields_are_drawn_without_a_label_and_never_linked(draw):
    form = TwoPasswords({"first": "a"})
    page = draw(form)

    assert page.one("input", name="token")["type"] == "hidden"
    assert [target for target, _ in error_links(form)] == []


def test_file_field_makes_the_form_carry_files(draw):
    class WithFile(Form):
        """A form with a file."""

        picture = forms.FileField()

    assert draw(WithFile()).one("form")["enctype"] == "multipart/form-data"


def test_model_forms_follow_the_same_rules(django_user_model):
    class ProfileForm(ModelForm):
        """A form over a row."""

        class Meta:
            model = django_user_model
            fields = ["email"]

    form = ProfileForm()

    assert (form.use_required_attribute, form.label_suffix) == (False, "")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("ky", "Бул талааны толтуруңуз."), ("ru", "Заполните это поле."), ("en", "This field is required.")],
)
def test_errors_speak_the_language_of_the_page(language, sentence):
    with translation.override(language):
        assert SampleForm({}).errors["name"] == [sentence]


def test_filter_form_is_a_search_that_needs_no_token(draw):
    page = draw(SampleForm(), "components/filters.html")

    assert (page.one("form")["method"], page.one("form")["role"]) == ("get", "search")
    assert page.all("input", name="csrfmiddlewaretoken") == []
