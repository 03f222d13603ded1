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
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
