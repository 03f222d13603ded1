"""Plans the demo's gifts: who gives what to which project, when. The same plan every time; nothing is saved here."""

import random
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ashar.money import Money, currencies
from ashar.money.models import ExchangeRate
from ashar.money.rates import to_som
from cms.demo import content
from diaspora.states import ShownAs

DAYS = 60  # the demo's gifts were made over the last so many days
GIFTS_PER_PROJECT = 13
GIVERS = 140
SIGNED_IN = 4  # so many of them are one person, who has an account
ACCOUNT = "giver@demo.example"
SEED = uuid.UUID("6f1d8a52-3c0e-4a35-9b57-a5a4f0c9d1e2")
NAMES = (
    "Айбек", "Айгүл", "Азамат", "Айжан", "Бакыт уулу Эрлан", "Бермет", "Венера", "Гүлзат", "Данияр", "Жылдыз", "Замира",
    "Канат", "Кубанычбек", "Мээрим", "Нургүл", "Нурлан", "Осмон кызы Асель", "Рахат", "Салтанат", "Таалай", "Улан",
    "Чынара", "Эркин", "Элнура", "Ырыс",
)  # fmt: skip
MESSAGES = {
    "ky": ("", "", "", "Айылга салам!", "Ак батам менен.", "Апамдын элесине.", "Ашарга кошулдук."),
    "ru": ("", "", "", "Родному селу.", "Всем здоровья!", "В память о дедушке.", "Помогаем, чем можем."),
    "en": ("", "", "", "For my grandmother's village.", "From all of us.", "Keep going!"),
}
# Where a project's givers live decides what they pay in. Cards issued in Russia do not work on the card rail, so
# people there give with the cards they hold elsewhere.
CURRENCIES = {
    "seoul": "KRW", "istanbul": "TRY", "ankara": "TRY", "chicago": "USD", "berlin": "EUR", "almaty": "KZT",
    "astana": "KZT", "moscow": "USD", "petersburg": "EUR", "yekaterinburg": "USD", "novosibirsk": "KZT", "kazan": "EUR",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planned:
    """One gift to come."""

    project: str
    token: uuid.UUID
    amount: Money
    name: str
    shown_as: str
    message: str
    email: str
    language: str
    at: datetime


def plan(entry: Mapping[str, Any], *, rates: Mapping[str, ExchangeRate], at: datetime) -> Iterator[Planned]:
    """Yield gifts for the project `entry`, largest part first, that bring about `filled` per cent of its goal with their match.

    Whoever carries the plan out stops when the goal's share is reached; sums are round in the giver's currency.
    """
    chance = random.Random(entry["slug"])  # noqa: S311 - a demo, not a secret
    target = content.som(entry["goal_som"]).portion(entry["filled"], 100)
    end = at + timedelta(days=min(entry["closes_in_days"], 0))
    for number in range(GIFTS_PER_PROJECT * 4 if target.minor else 0):
        currency = _currency(entry["association"], chance)
        wanted = target.portion(chance.randint(40, 160), 100 * GIFTS_PER_PROJECT)
        language = chance.choice(("ky", "ky", "ru", "ru", "en"))
        name = chance.choice(NAMES)
        yield Planned(
            project=entry["slug"],
            token=uuid.uuid5(SEED, f"{entry['slug']}/{number}"),
            amount=_round(wanted, rates[currency]),
            name=f"{name} (demo)",
            shown_as=chance.choice((ShownAs.NAMED, ShownAs.NAMED, ShownAs.INITIALS, ShownAs.ANONYMOUS)),
            message=chance.choice(MESSAGES[language]),
            email=_email(chance.randint(1, GIVERS)),
            language=language,
            at=end - timedelta(minutes=chance.randint(30, DAYS * 24 * 60)),
        )


def _email(number: int) -> str:
    return ACCOUNT if number <= SIGNED_IN else f"giver-{number}@demo.example"


def _currency(association: str, chance: random.Random) -> str:
    home = next(code for city, code in CURRENCIES.items() if association.endswith(city))
    return chance.choice((home, home, home, "USD", "EUR"))


def _round(som: Money, rate: ExchangeRate) -> Money:
    """Return about `som` in the rate's currency: a sum a person would type, within what the card rail takes."""
    currency = currencies.get(rate.currency)
    unit = Money(10**currency.exponent, currency.code)
    least, most = currency.minimum_charge_minor * 4 // unit.minor, currency.maximum_charge_minor // 2 // unit.minor
    units = min(max(som.minor // to_som(unit, rate=rate).minor, least), most)
    return unit.times(units - units % 10 ** max(len(str(units)) - 2, 0))
