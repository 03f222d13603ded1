"""Message catalogues without GNU gettext: every app of ours keeps its own `locale/{ky,ru}/LC_MESSAGES/django.po`.

message    a sentence in the source, by its context and its English text
update     read the source again: new messages come in empty, those no longer used go
fault      why a catalogue may not ship: a message missing, fuzzy, unused, with other placeholders than its source, with
           a Kyrgyz ending glued to a placeholder, or said differently by two apps
compile    write the binary `.mo` that Django reads; never committed
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LANGUAGES = ("ky", "ru")  # the source is English
# Kyrgyz nouns stay singular after a numeral, so one form serves every number; Russian has the three of CLDR.
PLURALS = {
    "ky": (1, "0"),
    "ru": (3, "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"),
}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = {".html", ".txt", ".xml"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%[sd]|\{(\w*)\}")
# A Kyrgyz ending follows the vowels of its word (Ошто, Бишкекте, Таласта), which nobody knows of a variable. Neither a
# hyphen nor a closing quote or tag between the two helps.
GLUED = re.compile(r"(?:%\(\w+\)[a-z]|%[sd]|\{\w*\})(?:</\w+>|[»”’\"'])*-?[а-яёңөү]", re.IGNORECASE)
HEADER = "Messages of Ashar. The source text is English; words: docs/language.md."


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a catalogue may not ship."""

    app: str
    language: str
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.app} {self.language}: {self.kind}: {self.text!r}"


def path_of(folder: Path, language: str) -> Path:
    """Return where the catalogue of the app in `folder` lies."""
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def messages_of(folder: Path) -> Catalog:
    """Return every message in the Python files and templates under `folder`, in the order of the files."""
    catalog = Catalog()
    for path in sorted(_sources(folder)):
        for line, message, comments, context in _extract(path):
            catalog.add(message, None, [(path.relative_to(folder).as_posix(), line)], (), comments, context=context)
    return catalog


def update(folder: Path) -> list[Path]:
    """Bring the catalogues of the app in `folder` up to its source; return the files written.

    Translations are kept, new messages come in empty, unused ones leave. An app without messages gets no file.
    Running it twice changes nothing.
    """
    found = messages_of(folder)
    if not len(found):
        return []
    return [_write(path_of(folder, language), _merged(folder, language, found)) for language in LANGUAGES]


def faults(folder: Path, app: str) -> list[Fault]:
    """Return everything that keeps the catalogues of the app in `folder` from shipping."""
    found = messages_of(folder)
    return [fault for language in LANGUAGES for fault in _faults(folder, app, language, found)]


def disagreements(folders: Mapping[str, Path]) -> list[Fault]:
    """Return the messages that two apps (label → folder) translate differently: Django would show one of them everywhere."""
    return [fault for language in LANGUAGES for fault in _disagreements(folders, language)]


def is_glued(text: str) -> bool:
    """Return whether a Kyrgyz `text` hangs an ending on a placeholder: "%(city)sда", "{name}-нин", "«%(title)s»ди"."""
    return GLUED.search(text) is not None


def compile_all(folder: Path) -> list[Path]:
    """Write the `.mo` beside each `.po` of the app in `folder`, leaving fuzzy messages out; return the files written."""
    return [_compile(path) for path in sorted(folder.rglob("locale/*/LC_MESSAGES/*.po"))]


def read(path: Path, language: str) -> Catalog:
    """Return the catalogue at `path`, or an empty one with the plural rule of `language`."""
    if path.exists():
        return read_po(io.BytesIO(path.read_bytes()), locale=language)
    return _empty(language)


def _sources(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        skipped = {"migrations", "locale", "__pycache__"} & set(path.relative_to(folder).parts)
        if not skipped and (path.suffix == ".py" or (path.suffix in TEMPLATES and "templates" in path.parts)):
            yield path


def _extract(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django writes a template as something that resembles Python; Babel's reader minds the indentation.
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    source = io.BytesIO(text.encode())
    yield from extract("python", source, KEYWORDS, ("Translators:",), {"encoding": "utf-8"}, strip_comment_tags=True)


def _empty(language: str) -> Catalog:
    catalog = Catalog(locale=language, project="Ashar", header_comment=f"# {HEADER}", fuzzy=False, charset="utf-8")
    # Babel has no rule for Kyrgyz and no public way to give it one.
    vars(catalog).update(zip(("_num_plurals", "_plural_expr"), PLURALS[language], strict=True))
    return catalog


def _merged(folder: Path, language: str, found: Catalog) -> Catalog:
    known, merged = read(path_of(folder, language), language), _empty(language)
    for message in found:
        if message.id:
            old = known.get(message.id, message.context)
            comments, text = message.auto_comments, _fitted(message, old, language)
            flags = old.flags - {"python-format", "python-brace-format"} if old else ()
            notes = old.user_comments if old else ()
            merged.add(message.id, text, (), flags, comments, notes, context=message.context)
    return merged


def _fitted(message: Message, old: Message | None, language: str) -> str | tuple[str, ...]:
    texts = _texts(old) if old else []
    if not message.pluralizable:
        return texts[0] if texts else ""
    forms = PLURALS[language][0]
    return tuple((texts + [""] * forms)[:forms])


def _texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _write(path: Path, catalog: Catalog) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    write_po(written, catalog, width=120, omit_header=True)
    forms, expression = PLURALS[str(catalog.locale_identifier)]
    head = (
        f'# {HEADER}\nmsgid ""\nmsgstr ""\n"Language: {catalog.locale_identifier}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: nplurals={forms}; plural={expression};\\n"\n\n'
    )
    path.write_text(head + written.getvalue().decode().rstrip("\n") + "\n", encoding="utf-8")
    return path


def _faults(folder: Path, app: str, language: str, found: Catalog) -> Iterator[Fault]:
    known = read(path_of(folder, language), language)
    for message in found:
        if message.id:
            kind = _fault_of(message, known.get(message.id, message.context), language)
            if kind:
                yield Fault(app, language, kind, _english(message))
    for message in known:
        if message.id and found.get(message.id, message.context) is None:
            yield Fault(app, language, "unused", _english(message))


def _fault_of(message: Message, known: Message | None, language: str) -> str:
    if known is None or not all(_texts(known)):
        return "missing"
    if known.fuzzy:
        return "fuzzy"
    if language == "ky" and any(is_glued(text) for text in _texts(known)):
        return "ending on a variable"
    wanted = _placeholders(_english(message)) | _placeholders(_plural(message))
    return "" if all(_fits(text, wanted, message) for text in _texts(known)) else "other placeholders"


def _fits(text: str, wanted: set[str], message: Message) -> bool:
    # A plural form may leave a placeholder out ("one gift"), a plain message may not; neither may invent one.
    used = _placeholders(text)
    return used <= wanted if message.pluralizable else used == wanted


def _disagreements(folders: Mapping[str, Path], language: str) -> Iterator[Fault]:
    said: dict[tuple[str | None, str], dict[tuple[str, ...], str]] = defaultdict(dict)
    for app, folder in folders.items():
        for message in read(path_of(folder, language), language):
            if message.id and all(_texts(message)):
                said[message.context, _english(message)].setdefault(tuple(_texts(message)), app)
    for (_context, english), texts in said.items():
        if len(texts) > 1:
            told = "; ".join(f"{app} says {text[0]}" for text, app in texts.items())
            yield Fault(" and ".join(texts.values()), language, "said differently", f"{english} ({told})")


def _placeholders(text: str) -> set[str]:
    return {match[0] for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def _english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _plural(message: Message) -> str:
    return "" if isinstance(message.id, str) else message.id[1]


def _compile(path: Path) -> Path:
    target = path.with_suffix(".mo")
    binary = io.BytesIO()
    write_mo(binary, read(path, path.parent.parent.name), use_fuzzy=False)
    target.write_bytes(binary.getvalue())
    return target
