#!/usr/bin/env python
"""Ashar's command line."""

import os
import sys
from pathlib import Path

# `platform/` is a source root and must never become a package: the name belongs to Python's standard library.
sys.path.insert(0, str(Path(__file__).resolve().parent / "platform"))


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.site")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"{fault}")  # whoever set a variable wrongly needs the sentence, not the way to it


if __name__ == "__main__":
    main()
