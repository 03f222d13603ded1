"""Words that claim a figure, which a page then owes its readers a source for: in Kyrgyz, Russian and English."""

import re

CLAIM = re.compile(
    # a share or a large number; thousands of something, unless they are a sum, a telephone or more than three groups
    r"\d\s?(?:%|‰|млн|млрд|миң|тыс|миллион|миллиард|пайыз|процент|промилле|million|billion|thousand|per cent|percent)"
    r"|(?<![\d+])(?<![\d+(][ \u00a0\u202f])\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,3}[ \u00a0\u202f](?!\d|KGS|сом|som)\w"
    r"|(?<![\d.,])\d{1,3}(?:,\d{3})+ (?!som)[a-z]"
    r"|\b\d{4,} (?:человек|людей|семей|киши|адам|үй-бүлө|people|persons|families)"
    # one of so many, unless it is a day of a timetable
    r"|\bкажд\w+ (?:второ|вторая|трет|четв[её]рт|пят|шест|седьм|восьм|девят|десят)\w*\b(?! (?:д[ен]н?[ья]|недел|месяц|год|час|понедел|вторн|сред|четверг|пятниц|суббот|воскрес))"
    r"|\bар (?:бир )?(?:экинчи|үчүнчү|төртүнчү|бешинчи|алтынчы|жетинчи|сегизинчи|тогузунчу|онунчу)(?! (?:күн|апта|жума|ай|жыл|саат|дүйш|шейш|шарш|бейш|ишем|жекш))"
    r"|\b(?:every|each) (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?! (?:day|week|month|year|hour|\w+day))"
    r"|\bone in (?:two|three|four|five|six|seven|eight|nine|ten|\d)",
    re.IGNORECASE,
)


def tells(text: str) -> bool:
    """Say whether `text` claims a figure. A year, a sum, a telephone and a day of a timetable are no claims."""
    return CLAIM.search(text) is not None
