"""Text on its way into a spreadsheet: read there, never run, and never the end of the file."""

import re

# A spreadsheet runs a cell that begins with one of these (OWASP CSV injection; ASVS 5.0 1.2.10).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# XML cannot hold these, not even escaped: one in a cell, and the whole sheet opens no more (XML 1.0, 2.2 Characters).
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Without it Excel takes a CSV for the old code page of its machine, and Cyrillic for noise.
BYTE_ORDER_MARK = "\ufeff"


def harmless(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula, also behind spaces, or for a broken file."""
    kept = UNWRITABLE.sub("", text)
    return f"'{kept}" if kept.lstrip(" ").startswith(FORMULA_STARTS) else kept
