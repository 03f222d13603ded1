"""The stylesheet: assembled, current, small, readable in light and dark, and understood by old phones."""

import gzip
import re

import pytest
from django.core.management import CommandError, call_command

from ashar.web import ours, styles

TOKENS = (styles.GROUND / "tokens.css").read_text(encoding="utf-8")
BUDGET = 15_000
# Every pair of text on ground that a page can show.
READABLE = [
    ("ink", "ground"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink", "info-wash"),
    ("ink", "good-wash"),
    ("ink", "warn-wash"),
    ("ink", "bad-wash"),
    ("ink-soft", "ground"),
    ("ink-soft", "surface"),
    ("ink-soft", "sunken"),
    ("indigo", "ground"),
    ("indigo", "surface"),
    ("indigo", "sunken"),
    ("indigo", "info-wash"),
    ("indigo", "warn-wash"),
    ("indigo-strong", "info-wash"),
    ("on-indigo", "indigo"),
    ("on-indigo", "indigo-strong"),
    ("madder", "ground"),
    ("madder", "surface"),
    ("madder", "bad-wash"),
    ("moss", "good-wash"),
    ("on-night", "night"),
    ("on-night-soft", "night"),
    ("focus-ink", "focus"),
    ("focus", "night"),
    ("ink", "map-1"),
    ("ink", "map-2"),
    ("ink", "map-3"),
]
# Shapes that carry meaning need 3:1 (WCAG 1.4.11).
VISIBLE = [
    ("line-strong", "ground"),
    ("line-strong", "surface"),
    ("line-strong", "sunken"),
    ("indigo", "sunken"),
    ("saffron", "sunken"),
    ("saffron", "ground"),
    ("madder", "ground"),
    ("moss", "ground"),
    ("night", "felt-white"),
]


def colours(scheme):
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", light))
    return {**found, **dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", dark))} if scheme == "dark" else found


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READABLE)
def test_text_can_be_read(scheme, text, ground):
    palette = colours(scheme)

    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), VISIBLE)
def test_shapes_that_mean_something_can_be_seen(scheme, shape, ground):
    palette = colours(scheme)

    assert contrast(palette[shape], palette[ground]) >= 3


def test_contrast_formula_agrees_with_the_standard():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.478, abs=0.001)


def test_stylesheet_is_current():
    call_command("styles", check=True)


def test_check_refuses_a_stale_sheet(tmp_path, monkeypatch):
    stale = tmp_path / "styles.css"
    stale.write_text("body{}", encoding="utf-8")
    monkeypatch.setattr(styles, "SHEET", stale)

    with pytest.raises(CommandError, match=r"run `manage\.py styles`"):
        call_command("styles", check=True)


def test_check_refuses_a_missing_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr(styles, "SHEET", tmp_path / "styles.css")

    with pytest.raises(CommandError):
        call_command("styles", check=True)


def test_command_writes_what_assemble_returns(tmp_path, monkeypatch):
    monkeypatch.setattr(styles, "SHEET", tmp_path / "styles.css")

    call_command("styles")

    assert styles.SHEET.read_text(encoding="utf-8") == styles.assemble(ours.folders())


def test_stylesheet_fits_the_budget():
    assert len(gzip.compress(styles.SHEET.read_bytes(), 9)) <= BUDGET


def test_layers_stand_in_order():
    first, *blocks = styles.assemble(ours.folders()).splitlines()

    assert first == "@layer reset,tokens,base,components,pages,utilities;"
    assert [block.split("{")[0] for block in blocks] == [f"@layer {layer}" for layer in styles.LAYERS]


def test_component_and_page_styles_come_from_beside_their_templates(tmp_path):
    (tmp_path / "templates" / "components").mkdir(parents=True)
    (tmp_path / "templates" / "village").mkdir()
    (tmp_path / "templates" / "components" / "gate.css").write_text(".gate { color: red; }", encoding="utf-8")
    (tmp_path / "templates" / "village" / "square.css").write_text(".square { color: blue; }", encoding="utf-8")

    sheet = styles.assemble([tmp_path])

    assert "@layer components{.gate{color:red}}\n" in sheet
    assert "@layer pages{.square{color:blue}}\n" in sheet


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a { color : red }", "a{color : red}"),
        ("/* why\n so */ a,\nb { margin: 0  auto; }", "a,b{margin:0 auto}"),
        (".a { inline-size: calc(-1 * var(--b)); }", ".a{inline-size:calc(-1 * var(--b))}"),
        ("@media (min-width: 56rem) { .a { order: 1; } }", "@media (min-width:56rem){.a{order:1}}"),
        (".a :focus { color: red; }", ".a :focus{color:red}"),
        ('.a::before { content: "/"; }', '.a::before{content:"/"}'),
    ],
)
def test_tightening_keeps_the_meaning(written, kept):
    assert styles.tighten(written) == kept


@pytest.mark.parametrize(
    ("unwanted", "why"),
    [
        (r"!important", "layers settle who wins"),
        (r"(?<![&\w])#[a-z][\w-]*\s*[{,.:]", "no ids"),
        (r"&", "native nesting is unknown to old phones"),
        (r":has\(|color-mix\(|oklch\(|@container|light-dark\(|subgrid", "unknown to old phones"),
        (r"\b(?:margin|padding|border)-(?:left|right|top|bottom)\b", "logical properties only"),
        (r"https?://(?!www\.w3\.org/2000/svg)", "nothing foreign"),
        (r"@font-face|@import", "no fonts, no further requests"),
    ],
)
def test_sheet_is_free_of(unwanted, why):
    sheet = styles.SHEET.read_text(encoding="utf-8")

    assert re.findall(unwanted, sheet) == [], why


def test_every_class_of_a_component_sheet_begins_with_its_name():
    folder = styles.HERE / "templates" / "components"
    names = {
        "figures": "figure-pair|figure-",
        "amounts": "amount",
        "header": "header|skip-link|mark",
        "field": "field|choice",
        "file_field": "field-file|file-field",
    }
    strangers = {
        (path.name, found)
        for path in folder.glob("*.css")
        for found in re.findall(r"^\.([a-z][\w-]*)", path.read_text(encoding="utf-8"), re.MULTILINE)
        if not re.match(names.get(path.stem, path.stem.replace("_", "-")), found)
    }

    assert strangers == set()
