"""The server's log: one line of JSON for each act and each error, and no figure in it.

A message of ours may quote a value, so that of an error only its kind and its places in the
code are written.
"""

import json
import logging
import secrets
import sys
import traceback
from datetime import datetime
from typing import Any

from analytics.data.access.trail import LOG

_ERROR = "error"


class AsJson(logging.Formatter):
    """Write a log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Take the time, the event and the facts; never the text of an exception."""
        when = datetime.fromtimestamp(record.created).astimezone()
        line = {"when": when.isoformat(timespec="milliseconds"), "level": record.levelname.lower()}
        facts: dict[str, Any] = getattr(record, "facts", {})
        return json.dumps({**line, "event": record.getMessage(), **facts}, ensure_ascii=False)


def set_up() -> None:
    """Write what is logged to the standard error; call it once, when the server starts."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson())
    logger = logging.getLogger(LOG)
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False


def failed(event: str, error: BaseException, **facts: str) -> str:
    """Log an error and return the number under which it is found."""
    number = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    told = {"number": number, _ERROR: type(error).__name__, "traceback": places, **facts}
    logging.getLogger(LOG).error(event, extra={"facts": told})
    return number
