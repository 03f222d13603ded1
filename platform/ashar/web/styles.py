"""One stylesheet for the phone, assembled from one file per component.

A stylesheet lies beside the template it draws, in any of our apps: `templates/components/card.css` goes to the layer
`components`, any other `templates/**/*.css` to `pages`. The ground layers lie in `ashar/web/css/`.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

LAYERS = ("reset", "tokens", "base", "components", "pages", "utilities")
HERE = Path(__file__).parent
GROUND = HERE / "css"
SHEET = HERE / "static" / "web" / "styles.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s+")
# Only where a space can never carry meaning: around braces, semicolons and commas, and after a colon of a declaration.
TIGHT = re.compile(r"\s*([{};,])\s*|(?<=[a-z0-9-]:)\s+")


def assemble(apps: Iterable[Path]) -> str:
    """Return the whole stylesheet of `apps` (their folders): layers in order, files of a layer by app and name."""
    folders = list(apps)
    parts = [f"@layer {','.join(LAYERS)};"]
    for layer in LAYERS:
        rules = "".join(tighten(path.read_text(encoding="utf-8")) for path in _files(layer, folders))
        if rules:
            parts.append(f"@layer {layer}{{{rules}}}")
    return "\n".join(parts) + "\n"


def tighten(text: str) -> str:
    """Return the rules of `text` without comments and needless space."""
    flat = SPACE.sub(" ", COMMENT.sub("", text)).strip()
    return TIGHT.sub(lambda match: match[1] or "", flat).replace(";}", "}")


def _files(layer: str, folders: list[Path]) -> Iterator[Path]:
    if layer == "components":
        for folder in folders:
            yield from sorted((folder / "templates" / "components").glob("*.css"))
    elif layer == "pages":
        for folder in folders:
            found = (folder / "templates").rglob("*.css")
            yield from sorted(path for path in found if path.parent.name != "components")
    else:
        yield GROUND / f"{layer}.css"
