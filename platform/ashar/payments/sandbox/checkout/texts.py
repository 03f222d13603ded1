"""The words of the pay page in three languages.

They are here and not in gettext catalogues because the sandbox plays a foreign site, which has no Django around it.
"""

from ashar.payments.sandbox.store import Json

LANGUAGES = ("ky", "ru", "en")
Words = dict[str, str]

EN: Words = {
    "banner": "Sandbox: play money. No real card is charged here; never type one.",
    "title": "Checkout",
    "pay_to": "Pay to Ashar",
    "donate_to": "Donate to Ashar",
    "details": "Card details",
    "email": "E-mail",
    "number": "Card number",
    "expiry": "Expiry date (month/year)",
    "cvc": "Security code (CVC)",
    "name": "Name on the card",
    "pay": "Pay",
    "donate": "Donate",
    "cancel": "Cancel and go back",
    "cards": "Test cards",
    "cards_how": "One click pays with that card; the other fields may stay empty.",
    "card_pays": "Payment succeeds",
    "card_declined": "The bank declines",
    "card_poor": "Not enough money on the card",
    "card_asks": "The bank asks first (3-D Secure)",
    "card_disputes": "Payment succeeds, then the holder disputes it",
    "incorrect_number": "This card number is not right.",
    "invalid_expiry": "Write the month and the year, for example 12/34.",
    "invalid_cvc": "The security code is three or four digits.",
    "wrong_name": "Write the name on the card.",
    "wrong_email": "Write an e-mail address.",
    "generic_decline": "Your card was declined. Nothing was charged. Try another card.",
    "insufficient_funds": "Your card has insufficient funds. Nothing was charged. Try another card.",
    "expired_card": "Your card has expired. Nothing was charged.",
    "incorrect_cvc": "The security code is not right. Nothing was charged.",
    "processing_error": "Something went wrong while the card was processed. Nothing was charged. Try again.",
    "test_mode_live_card": "This is not a test card. Choose one of those below. Nothing was charged.",
    "payment_intent_authentication_failure": "Your bank did not confirm the payment. Nothing was charged.",
    "ask_title": "Your bank asks",
    "ask": "Do you confirm this payment to Ashar?",
    "approve": "Confirm the payment",
    "refuse": "Do not confirm",
    "expired_title": "This page has expired",
    "expired": "Nothing was charged. Go back and start again.",
    "unknown_title": "There is no such page",
    "unknown": "Check the address.",
    "back": "Back to Ashar",
}
RU: Words = {
    "banner": "Песочница: игрушечные деньги. С настоящих карт здесь ничего не списывается; никогда не вводите их данные.",
    "title": "Оплата",
    "pay_to": "Платёж на сайте «Ашар»",
    "donate_to": "Взнос на сайте «Ашар»",
    "details": "Данные карты",
    "email": "Электронная почта",
    "number": "Номер карты",
    "expiry": "Срок действия (месяц/год)",
    "cvc": "Код безопасности (CVC)",
    "name": "Имя на карте",
    "pay": "Оплатить",
    "donate": "Сделать взнос",
    "cancel": "Отменить и вернуться",
    "cards": "Тестовые карты",
    "cards_how": "Одно нажатие — и оплата этой картой; остальные поля можно не заполнять.",
    "card_pays": "Платёж проходит",
    "card_declined": "Банк отклоняет",
    "card_poor": "На карте не хватает денег",
    "card_asks": "Банк сначала спрашивает (3-D Secure)",
    "card_disputes": "Платёж проходит, затем владелец его оспаривает",
    "incorrect_number": "Номер карты неверен.",
    "invalid_expiry": "Укажите месяц и год, например 12/34.",
    "invalid_cvc": "Код безопасности состоит из трёх или четырёх цифр.",
    "wrong_name": "Укажите имя на карте.",
    "wrong_email": "Укажите адрес электронной почты.",
    "generic_decline": "Карта отклонена. Ничего не списано. Попробуйте другую карту.",
    "insufficient_funds": "На карте недостаточно средств. Ничего не списано. Попробуйте другую карту.",
    "expired_card": "Срок действия карты истёк. Ничего не списано.",
    "incorrect_cvc": "Код безопасности неверен. Ничего не списано.",
    "processing_error": "При обработке карты произошла ошибка. Ничего не списано. Попробуйте ещё раз.",
    "test_mode_live_card": "Это не тестовая карта. Выберите одну из карт ниже. Ничего не списано.",
    "payment_intent_authentication_failure": "Ваш банк не подтвердил платёж. Ничего не списано.",
    "ask_title": "Вопрос вашего банка",
    "ask": "Вы подтверждаете этот платёж на сайте «Ашар»?",
    "approve": "Подтвердить платёж",
    "refuse": "Не подтверждать",
    "expired_title": "Время этой страницы истекло",
    "expired": "Ничего не списано. Вернитесь и начните заново.",
    "unknown_title": "Такой страницы нет",
    "unknown": "Проверьте адрес.",
    "back": "Вернуться на сайт «Ашар»",
}
KY: Words = {
    "banner": "Сыноо аянтчасы: бул жердеги акча чыныгы эмес. Чыныгы картадан эч нерсе алынбайт; анын маалыматын эч качан жазбаңыз.",
    "title": "Төлөө",
    "pay_to": "Ашар үчүн төлөм",
    "donate_to": "Ашар үчүн салым",
    "details": "Картанын маалыматы",
    "email": "Электрондук почта",
    "number": "Картанын номери",
    "expiry": "Жарактуулук мөөнөтү (ай/жыл)",
    "cvc": "Коопсуздук коду (CVC)",
    "name": "Картадагы аты-жөнү",
    "pay": "Төлөө",
    "donate": "Салым кошуу",
    "cancel": "Баш тартып, артка кайтуу",
    "cards": "Сыноо карталары",
    "cards_how": "Бир басканда ошол карта менен төлөнөт; калган талааларды толтурбаса да болот.",
    "card_pays": "Төлөм өтөт",
    "card_declined": "Банк четке кагат",
    "card_poor": "Картада акча жетишсиз",
    "card_asks": "Банк алгач сурайт (3-D Secure)",
    "card_disputes": "Төлөм өтөт, кийин картанын ээси аны талашат",
    "incorrect_number": "Картанын номери туура эмес.",
    "invalid_expiry": "Айды жана жылды жазыңыз, мисалы 12/34.",
    "invalid_cvc": "Коопсуздук коду үч же төрт цифрадан турат.",
    "wrong_name": "Картадагы аты-жөнүн жазыңыз.",
    "wrong_email": "Электрондук почтанын дарегин жазыңыз.",
    "generic_decline": "Карта четке кагылды. Эч нерсе алынган жок. Башка картаны колдонуп көрүңүз.",
    "insufficient_funds": "Картада акча жетишсиз. Эч нерсе алынган жок. Башка картаны колдонуп көрүңүз.",
    "expired_card": "Картанын мөөнөтү бүткөн. Эч нерсе алынган жок.",
    "incorrect_cvc": "Коопсуздук коду туура эмес. Эч нерсе алынган жок.",
    "processing_error": "Картаны иштетүүдө ката кетти. Эч нерсе алынган жок. Кайра аракет кылыңыз.",
    "test_mode_live_card": "Бул сыноо картасы эмес. Төмөнкү карталардын бирин тандаңыз. Эч нерсе алынган жок.",
    "payment_intent_authentication_failure": "Банкыңыз төлөмдү ырастаган жок. Эч нерсе алынган жок.",
    "ask_title": "Банкыңыз сурайт",
    "ask": "Ашар сайтындагы бул төлөмдү ырастайсызбы?",
    "approve": "Төлөмдү ырастоо",
    "refuse": "Ырастабоо",
    "expired_title": "Бул беттин мөөнөтү бүттү",
    "expired": "Эч нерсе алынган жок. Артка кайтып, кайра баштаңыз.",
    "unknown_title": "Мындай бет жок",
    "unknown": "Даректи текшериңиз.",
    "back": "Ашарга кайтуу",
}
TEXTS = {"ky": KY, "ru": RU, "en": EN}


def language(session: Json | None, accepted: str) -> str:
    """Return the language of a page: the session's metadata says it, else its locale, else the browser, else English.

    Stripe's pages do not speak Kyrgyz; `metadata[language]=ky` is how our sessions ask the sandbox for it.
    """
    wishes = [session["metadata"].get("language"), session["locale"]] if session else []
    wishes += [wish.partition(";")[0].strip().partition("-")[0] for wish in accepted.split(",")]
    return next((wish for wish in wishes if wish in TEXTS), "en")


def amount(minor: int, *, currency: str, units: int, language: str) -> str:
    """Return the sum as that language writes it, the currency by its code."""
    whole = f"{minor // units:,}"
    cents = "" if units == 1 else f".{minor % units:02}"
    code = currency.upper()
    if language == "en":
        return f"{code}\u00a0{whole}{cents}"
    return f"{whole.replace(',', chr(0xA0))}{cents.replace('.', ',')}\u00a0{code}"
