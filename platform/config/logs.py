"""What the processes print."""

import copy
import logging


class Line(logging.Formatter):
    """One line. How an error came about stands below it; what was merely refused (a 403, a 404) has its line and no more."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of a record."""
        if record.levelno < logging.ERROR:
            record = copy.copy(record)
            record.exc_info = record.exc_text = None
        return super().format(record)
