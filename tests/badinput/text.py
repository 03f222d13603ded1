"""Text as it arrives: what no keyboard writes, what machines inject, and names that programs take for errors.

Everything that could act in a page carries the word `hostile` in a tag, an attribute or an address, so that a page can be
searched for it: as text it may stand there, as markup never.
"""

from typing import NamedTuple
from urllib.parse import quote_from_bytes

ZERO_WIDTH = "\N{ZERO WIDTH SPACE}"
FILLER = "\N{HANGUL FILLER}"
OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
ISOLATE = "\N{RIGHT-TO-LEFT ISOLATE}"
SEPARATOR = "\N{LINE SEPARATOR}"
ACCENT = "\N{COMBINING ACUTE ACCENT}"
JOINER = "\N{ZERO WIDTH JOINER}"


class Text(NamedTuple):
    """`value` goes over the wire as it is, bytes included. `is_line` tells whether a form keeps it as one line of 120."""

    name: str
    value: str | bytes
    is_line: bool = True

    @property
    def wire(self) -> str:
        """The value in a query string or an urlencoded body."""
        sent = self.value if isinstance(self.value, bytes) else self.value.encode("utf-8", "surrogatepass")
        return quote_from_bytes(sent, safe="")


# Nothing, or nothing to be seen.
EMPTY = (
    Text("empty", "", is_line=False),
    Text("spaces", "   ", is_line=False),
    Text("no-break spaces", "\N{NO-BREAK SPACE}" * 3, is_line=False),
    Text("zero width", ZERO_WIDTH, is_line=False),
    Text("Hangul filler", FILLER, is_line=False),
    Text("joiners", f"\N{ZERO WIDTH NON-JOINER}{JOINER}", is_line=False),
    Text("byte order mark", "\N{ZERO WIDTH NO-BREAK SPACE}", is_line=False),
    Text("word joiner", "\N{WORD JOINER}", is_line=False),
    Text("soft hyphen", "\N{SOFT HYPHEN}", is_line=False),
)

# Characters with a life of their own.
UNICODE = (
    Text("right-to-left override", f"Асан{OVERRIDE}gpj.exe"),
    Text("isolates", f"{ISOLATE}Асан\N{POP DIRECTIONAL ISOLATE}"),
    Text("zalgo", "Ж" + ACCENT * 100),
    Text("decomposed", "и\N{COMBINING BREVE} е\N{COMBINING DIAERESIS} у\N{COMBINING DIAERESIS}"),
    Text("Kyrgyz letters", "Ңң Өө Үү"),
    Text("homoglyphs", "Аdminіstratоr"),
    Text("dotless i", "ıİß"),
    Text("family and flag", f"👨{JOINER}👩{JOINER}👧 🇰🇬"),
    Text("variation selector", "❤\N{VARIATION SELECTOR-16}"),
    Text("private use", "\ue000 Асан"),
    Text("noncharacter", "\uffff Асан"),
    Text("astral", "𝒜𝓈𝒶𝓃"),
    Text("tags", "Асан\U000e0041\U000e0042"),
    Text("lone surrogate", "Асан\ud800"),  # a decoder puts U+FFFD in its place
    Text("invalid UTF-8", b"\xff\xfe\xc3("),
    Text("CP1251", "Асан".encode("cp1251")),
    Text("UTF-16", "Асан".encode("utf-16"), is_line=False),
    Text("NUL", "Асан\0", is_line=False),
    Text("NUL inside", "Ас\0ан", is_line=False),
    Text("controls", "Ас\x07\x1bан", is_line=False),
    Text("C1 controls", "Ас\x85\x9bан", is_line=False),
    Text("line separator", f"Асан{SEPARATOR}Үсөн", is_line=False),
    Text("a megabyte in one word", "ы" * 500_000, is_line=False),
    Text("a hundred thousand lines", "\n" * 100_000 + "Асан", is_line=False),
)

# What acts when somebody forgets to escape it.
MARKUP = (
    Text("script", "<script>hostile()</script>"),
    Text("picture that fails", '"><img src=hostile onerror=hostile()>'),
    Text("svg", "<svg onload=hostile()><foreignObject><script>hostile()</script></foreignObject></svg>"),
    Text("end of a text area", "</textarea><hostile></hostile>"),
    Text("end of a title", "</title></head><hostile>"),
    Text("attribute", '" autofocus onfocus="hostile()'),
    Text("attribute in single quotes", "' autofocus onfocus='hostile()"),
    Text("attribute without quotes", "x onmouseover=hostile()"),
    Text("style", "<style>@import'https://hostile.example'</style>"),
    Text("frame", '<iframe src="https://hostile.example"></iframe>'),
    Text("base", '<base href="https://hostile.example/">'),
    Text("link of a script", "javascript:hostile()//"),
    Text("data address", "data:text/html,<script>hostile()</script>"),
    Text("mutation", "<noscript><p title='</noscript><img src=hostile onerror=hostile()>'>"),
    Text("end of a JSON island", "</script><script>hostile()</script>"),
    Text("comment", "--><hostile><!--"),
    Text("Markdown", "[Асан](javascript:hostile())"),
    Text("entities", "&lt;hostile&gt; &#60;hostile&#62;"),
)

# What acts in an engine behind the page.
ENGINES = (
    Text("SQL", "' OR 1=1; DROP TABLE diaspora_gift; --"),
    Text("SQL in double quotes", '") UNION SELECT email FROM accounts_user --'),
    Text("LIKE", "%_%"),
    Text("template", "{{ 31337|add:31337 }}{% load hostile %}"),
    Text("other templates", "${31337*2}#{31337*2}<%= 31337*2 %>"),
    Text("format strings", "%s%(email)s{0.__class__}%n"),
    Text("search operators", "*:* ((( NOT [ TO }"),
    Text("slow expression", "a" * 100 + "!"),
    Text("directory filter", "*)(uid=*))(|(uid=*"),
    Text("entity bomb", '<!DOCTYPE x [<!ENTITY h SYSTEM "file:///etc/passwd">]>&h;'),
    Text("path", "../../../etc/passwd"),
    Text("path of another system", "..\\..\\CON"),
    Text("argument", "-rf"),
    Text("shell", "$(reboot);`reboot`|reboot"),
)

# What acts in the next program: a mail server, a log, a spreadsheet.
NEXT_PROGRAMS = (
    Text("mail header", "Асан\r\nBcc: hostile@example.org", is_line=False),
    Text("mail header with a bare line feed", "Асан\nBcc: hostile@example.org", is_line=False),
    Text("mail header with a bare return", "Асан\rBcc: hostile@example.org", is_line=False),
    Text("encoded header", "=?utf-8?q?Bcc=3A_hostile=40example.org?="),
    Text("terminal", "\x1b[2J\x1b]0;hostile\x07", is_line=False),
    Text("formula", "=HYPERLINK(A1)"),
    Text("formula that starts a program", "=cmd|'/C calc'!A0"),
    Text("formula after a plus", "+1+1"),
    Text("formula after a minus", "-1+1"),
    Text("formula after an at sign", "@SUM(A1)"),
    Text("formula in full width", "＝1+1"),
    Text("formula after a space", " =1+1"),
    Text("formula after a no-break space", "\N{NO-BREAK SPACE}=1+1"),
    Text("formula after an unseen letter", f"{ZERO_WIDTH}=1+1"),
    Text("formula after a tab", "\t=1+1"),
    Text("formula in the second cell", 'Асан","=1+1'),
    Text("formula after a semicolon", "Асан;=1+1"),
)

# Real names, and words that are names somewhere.
NAMES = (
    Text("mononym", "Асан"),
    Text("one letter", "Ы"),
    Text("son of", "Бакыт Дарманкул уулу"),
    Text("daughter of", "Айгүл Токтогул кызы"),
    Text("hyphens", "Анна-Мария Ким-Ли"),
    Text("apostrophe", "Нур'айым О’Коннор"),
    Text("hundred and twenty letters", "А" * 120),
    Text("digits", "12345"),
    Text("null", "null"),
    Text("None", "None"),
    Text("undefined", "undefined"),
    Text("true", "true"),
    Text("an address", "hostile@example.org"),
    Text("a card number", "4242 4242 4242 4242"),
)

CATALOGUE = EMPTY + UNICODE + MARKUP + ENGINES + NEXT_PROGRAMS + NAMES
# One of each way of failing: for places where the whole catalogue would say the same thing over again.
SAMPLE = tuple(
    text
    for text in CATALOGUE
    if text.name
    in {"zero width", "right-to-left override", "zalgo", "lone surrogate", "invalid UTF-8", "UTF-16", "NUL", "controls", "script", "attribute", "SQL",
        "template", "path", "mail header", "formula", "a hundred thousand lines", "null"}
)  # fmt: skip

# What ends a formula in the eyes of a spreadsheet, wherever it stands first.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
