"""What real Stripe refuses is refused here, also where Stripe's own checker of requests lets it pass."""

import urllib.parse

import pytest

from tests.ashar.payments.sandbox.talking import plain

LINE = {
    "line_items[0][price_data][currency]": "usd",
    "line_items[0][price_data][unit_amount]": "5000",
    "line_items[0][price_data][product_data][name]": "Чатыр",
    "line_items[0][quantity]": "1",
}
GOOD = {"mode": "payment", "success_url": "https://ashar.example/thanks"} | LINE
PRICE, ITEM = "line_items[0][price_data]", "line_items[0]"
GONE = object()

# what is changed → the parameter that is blamed, and the code
REFUSED = {
    "an unknown parameter": ({"colour": "red"}, "colour", "parameter_unknown"),
    "an unknown one in a hash": ({"payment_intent_data[colour]": "red"}, "payment_intent_data[colour]", "parameter_unknown"),
    "an unknown one in a list": ({f"{ITEM}[colour]": "red"}, f"{ITEM}[colour]", "parameter_unknown"),
    "an unknown one deep down": (
        {f"{PRICE}[product_data][colour]": "red"}, f"{PRICE}[product_data][colour]", "parameter_unknown"
    ),
    "a parameter of a newer version": ({"allowed_payment_method_types[0]": "card"}, "allowed_payment_method_types",
                                       "parameter_unknown"),
    "no mode": ({"mode": GONE}, "mode", "parameter_missing"),
    "no address of thanks": ({"success_url": GONE}, "success_url", "parameter_missing"),
    "no quantity": ({f"{ITEM}[quantity]": GONE}, f"{ITEM}[quantity]", "parameter_missing"),
    "no currency": ({f"{PRICE}[currency]": GONE}, f"{PRICE}[currency]", "parameter_missing"),
    "no sum": ({f"{PRICE}[unit_amount]": GONE}, f"{PRICE}[unit_amount]", "parameter_missing"),
    "no name": ({f"{PRICE}[product_data][name]": GONE}, f"{PRICE}[product_data]", "parameter_missing"),
    "an unknown currency": ({f"{PRICE}[currency]": "xxx"}, f"{PRICE}[currency]", ""),
    "a currency in words": ({f"{PRICE}[currency]": "dollars"}, f"{PRICE}[currency]", ""),
    "a negative sum": ({f"{PRICE}[unit_amount]": "-5000"}, f"{PRICE}[unit_amount]", "parameter_invalid_integer"),
    "minus nothing": ({f"{PRICE}[unit_amount]": "-0"}, "", "amount_too_small"),
    "a sum of nothing": ({f"{PRICE}[unit_amount]": "0"}, "", "amount_too_small"),
    "a sum with a point": ({f"{PRICE}[unit_amount]": "50.00"}, f"{PRICE}[unit_amount]", "parameter_invalid_integer"),
    "a sum with a space": ({f"{PRICE}[unit_amount]": " 5000"}, f"{PRICE}[unit_amount]", "parameter_invalid_integer"),
    "a sum with an exponent": ({f"{PRICE}[unit_amount]": "5e3"}, f"{PRICE}[unit_amount]", "parameter_invalid_integer"),
    "a sum in other digits": ({f"{PRICE}[unit_amount]": "５０００"}, f"{PRICE}[unit_amount]", "parameter_invalid_integer"),
    "a sum of many digits": ({f"{PRICE}[unit_amount]": "9" * 400}, f"{PRICE}[unit_amount]", "parameter_invalid_integer"),
    "a sum above the most": ({f"{PRICE}[unit_amount]": "100000000"}, f"{PRICE}[unit_amount]", "parameter_invalid_integer"),
    "a hash for a sum": ({f"{PRICE}[unit_amount]": GONE, f"{PRICE}[unit_amount][a]": "1"}, f"{PRICE}[unit_amount]", ""),
    "no pieces": ({f"{ITEM}[quantity]": "0"}, f"{ITEM}[quantity]", "parameter_invalid_integer"),
    "an empty name": ({f"{PRICE}[product_data][name]": ""}, f"{PRICE}[product_data][name]", "parameter_invalid_empty"),
    "a long name": (
        {f"{PRICE}[product_data][name]": "я" * 251}, f"{PRICE}[product_data][name]", "parameter_invalid_string_length"
    ),
    "a name with a null": ({f"{PRICE}[product_data][name]": "a\0b"}, f"{PRICE}[product_data][name]", ""),
    "a long reference": ({"client_reference_id": "x" * 201}, "client_reference_id", "parameter_invalid_string_length"),
    "an empty reference": ({"client_reference_id": ""}, "client_reference_id", "parameter_invalid_empty"),
    "another mode": ({"mode": "donation"}, "mode", ""),
    "a mode we do not play": ({"mode": "subscription"}, "mode", ""),
    "a page we do not play": ({"ui_mode": "embedded_page"}, "ui_mode", ""),
    "a page of an older version": ({"ui_mode": "hosted"}, "ui_mode", ""),
    "Kyrgyz, which Stripe's page lacks": ({"locale": "ky"}, "locale", ""),
    "another button": ({"submit_type": "give"}, "submit_type", ""),
    "another means": ({"payment_method_types[0]": "carrier_pigeon"}, "payment_method_types[0]", ""),
    "no means": ({"payment_method_types": ""}, "payment_method_types", ""),
    "a gap in a list": ({"payment_method_types[1]": "card"}, "payment_method_types", ""),
    "an address without a host": ({"success_url": "/thanks"}, "success_url", "url_invalid"),
    "an address of another kind": ({"success_url": "javascript:alert(1)"}, "success_url", "url_invalid"),
    "an address with a space": ({"cancel_url": "https://ashar.example/a b"}, "cancel_url", "url_invalid"),
    "a broken address": ({"cancel_url": "https://[ashar"}, "cancel_url", "url_invalid"),
    "no e-mail address": ({"customer_email": "giver"}, "customer_email", "email_invalid"),
    "two e-mail addresses": ({"customer_email": "a@b.org, c@d.org"}, "customer_email", "email_invalid"),
    "a moment in words": ({"expires_at": "tomorrow"}, "expires_at", "parameter_invalid_integer"),
    "a moment long ago": ({"expires_at": "1"}, "expires_at", ""),
    "metadata as text": ({"metadata": "text"}, "metadata", ""),
    "a long metadata key": ({f"metadata[{'k' * 41}]": "v"}, "metadata", ""),
    "a long metadata value": ({"metadata[k]": "v" * 501}, "metadata[k]", ""),
    "nested metadata": ({"metadata[k][l]": "v"}, "metadata[k]", ""),
    "too much metadata": ({f"metadata[k{number}]": "v" for number in range(51)}, "metadata", ""),
    "a truth in numbers": ({"adaptive_pricing[enabled]": "1"}, "adaptive_pricing[enabled]", ""),
    "items as text": (dict.fromkeys(LINE, GONE) | {"line_items": "x"}, "line_items", ""),
    "too many expansions": ({f"expand[{number}]": "line_items" for number in range(21)}, "expand", ""),
    "a hash as text": ({"payment_intent_data": "x"}, "payment_intent_data", ""),
    "no items": (dict.fromkeys(LINE, GONE), "line_items", "parameter_missing"),
    "a statement in Cyrillic": ({"payment_intent_data[statement_descriptor_suffix]": "Мектеп"},
                                "payment_intent_data[statement_descriptor_suffix]", ""),
    "a statement with a star": ({"payment_intent_data[statement_descriptor_suffix]": "ASHAR*1"},
                                "payment_intent_data[statement_descriptor_suffix]", ""),
    "a statement of digits": ({"payment_intent_data[statement_descriptor_suffix]": "12345"},
                              "payment_intent_data[statement_descriptor_suffix]", ""),
    "an expansion that leads nowhere": ({"expand[0]": "colour"}, "expand", ""),
    "an expansion too deep": ({"expand[0]": "a.b.c.d.e"}, "expand", ""),
    "an expansion as text": ({"expand": "line_items"}, "expand", ""),
}  # fmt: skip

# Of these Stripe's own checker takes everything: it looks at types and at unknown names of the first level only.
TAKEN_BY_STRIPE_MOCK = [
    "an unknown one in a hash", "an unknown one in a list", "an unknown one deep down", "no mode", "no address of thanks",
    "an unknown currency", "a currency in words", "a negative sum", "a sum of nothing", "a sum above the most", "no pieces",
    "a long name", "a long reference", "an address without a host", "an address of another kind", "no e-mail address",
    "a moment long ago", "a long metadata key", "a long metadata value", "too much metadata", "no items",
    "a statement in Cyrillic",
]  # fmt: skip


def encoded(changes):
    fields = {name: value for name, value in (GOOD | changes).items() if value is not GONE}
    return urllib.parse.urlencode(fields).encode()


def test_the_unchanged_request_is_taken(sandbox):
    assert plain(sandbox.base_url, "POST", "/v1/checkout/sessions", body=encoded({})).status == 200


@pytest.mark.parametrize("what", REFUSED)
def test_refused(sandbox, what):
    changes, param, code = REFUSED[what]
    got = plain(sandbox.base_url, "POST", "/v1/checkout/sessions", body=encoded(changes))
    assert (got.status, got.error["type"]) == (400, "invalid_request_error")
    assert (got.error.get("param", ""), got.error.get("code", "")) == (param, code)


@pytest.mark.parametrize("what", TAKEN_BY_STRIPE_MOCK)
def test_stripe_mock_would_have_taken_it(stripe_mock, what):
    changes, _, _ = REFUSED[what]
    assert plain(stripe_mock, "POST", "/v1/checkout/sessions", body=encoded(changes)).status == 200


@pytest.mark.parametrize("what", REFUSED)
def test_a_refused_request_leaves_nothing(sandbox, what):
    plain(sandbox.base_url, "POST", "/v1/checkout/sessions", body=encoded(REFUSED[what][0]))
    assert plain(sandbox.base_url, "GET", "/v1/checkout/sessions").json["data"] == []


@pytest.mark.parametrize("body", [b"", b"amount=500", b"charge=ch_1&payment_intent=pi_1"])
def test_a_refund_names_one_thing(sandbox, body):
    got = plain(sandbox.base_url, "POST", "/v1/refunds", body=body)
    assert (got.status, "payment_intent or charge" in got.error["message"]) == (400, True)


@pytest.mark.parametrize(
    ("body", "param"),
    [
        (b"payment_intent=pi_1&amount=0", "amount"),
        (b"payment_intent=pi_1&amount=-5", "amount"),
        (b"payment_intent=pi_1&amount=1.5", "amount"),
        (b"payment_intent=pi_1&amount=", "amount"),
        (b"payment_intent=pi_1&reason=because", "reason"),
        (b"payment_intent=pi_1&currency=usd", "currency"),
        (b"payment_intent=", "payment_intent"),
    ],
)
def test_refused_refunds(sandbox, body, param):
    got = plain(sandbox.base_url, "POST", "/v1/refunds", body=body)
    assert (got.status, got.error["param"]) == (400, param)


@pytest.mark.parametrize(
    ("query", "param"),
    [
        ("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"), ("created[gte]=x", "created[gte]"),
        ("created[after]=1", "created[after]"), ("created=", "created"), ("starting_after=evt_none", "starting_after"),
        ("ending_before=evt_none", "ending_before"), ("colour=red", "colour"), ("types=x", "types"),
    ],
)  # fmt: skip
def test_refused_lists(sandbox, query, param):
    got = plain(sandbox.base_url, "GET", f"/v1/events?{query}")
    assert (got.status, got.error["param"]) == (400, param)


@pytest.mark.parametrize(
    "body", [b"email=x", b"name=" + b"n" * 257, b"phone=" + b"1" * 21, b"balance=-100", b"preferred_locales=ky"]
)
def test_refused_customers(sandbox, body):
    assert plain(sandbox.base_url, "POST", "/v1/customers", body=body).status == 400


@pytest.mark.parametrize("body", [b"name=x&metadata=", b"name=x"])
def test_metadata_may_be_empty(sandbox, body):
    assert plain(sandbox.base_url, "POST", "/v1/customers", body=body).json["metadata"] == {}


def test_an_oversized_body_is_refused(sandbox):
    body = b"name=x&description=" + b"d" * (2 << 20)
    got = plain(sandbox.base_url, "POST", "/v1/customers", body=body)
    assert got.status == 400
