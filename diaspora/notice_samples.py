"""Invented facts with which the notices of the part are previewed (`manage.py preview_notice`)."""

from datetime import UTC, date, datetime
from typing import Any

from ashar.money import Money
from diaspora.receipts import Rate

_GIFT: dict[str, Any] = {
    "number": "2026-000042",
    "issued_at": datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    "project": "Жаңы-Арык айылына таза суу",
    "name": "Айгүл",
    "amount": Money(50_00, "USD"),
    "som": Money(4_372_50, "KGS"),
    "fee": Money(153_04, "KGS"),
    "arrived": Money(4_219_46, "KGS"),
    "rate": Rate(1, "USD", "87,4500", date(2026, 11, 20), "демо-курс"),
    "receipt_url": "https://ashar.example/ky/receipts/2026-000042:sample/",
    "gift_url": "https://ashar.example/ky/gifts/00000000-0000-4000-8000-000000000042/",
    "trail_url": "https://ashar.example/ky/projects/taza-suu/trail/",
}

_MEETING: dict[str, Any] = {
    "name": "Айгүл",
    "title": "Ансандагы жердештердин жыйыны",
    "when": "2026-ж., 22-ноябрь, 15:00 – 19:00 (Сеул, GMT+09:00)",
    "place": "Ансан, маданият борбору",
    "online": "",
    "event_url": "https://ashar.example/ky/events/gathering-in-ansan/",
    "own_url": "https://ashar.example/ky/my/events/gathering-in-ansan/",
}

_REFUND: dict[str, Any] = {
    "amount": Money(200_00, "USD"),
    "project": "Жаңы-Арык айылына таза суу",
    "refund": "00000000-0000-4000-8000-000000000043",
}

SAMPLES: dict[str, dict[str, Any]] = {
    "dispute_moved": {
        "state": "open",
        "amount": Money(50_00, "USD"),
        "project": "Жаңы-Арык айылына таза суу",
        "gift": "00000000-0000-4000-8000-000000000042",
    },
    "gift_received": _GIFT | {"matched": Money(4_372_50, "KGS")},
    "gift_returned": _GIFT
    | {
        "returned": Money(20_00, "USD"),
        "returned_som": Money(1_749_00, "KGS"),
        "unmatched": Money(1_749_00, "KGS"),
        "is_whole": False,
    },
    "meeting_changed": _MEETING | {"is_on_again": False},
    "meeting_is_near": _MEETING,
    "meeting_is_off": _MEETING | {"is_on_again": False},
    "refund_refused": _REFUND | {"reason": "Акча эки жолу келген эмес, банктан көчүрмө сураңыз."},
    "refund_waits": _REFUND,
}
