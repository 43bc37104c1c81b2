"""Reading one cell: what it says, that it is refused, or that a person should look."""

from collections.abc import Callable
from typing import Any

from analytics.data.imports.checks.rules import Rule


class Skipped(Exception):
    """Nothing to say: another cell of the row is at fault."""


class Refused(Exception):
    """A cell cannot be read."""

    def __init__(self, rule: Rule, message: str, field: str = ""):
        super().__init__(message)
        self.fault = (rule, message, field)


class Doubtful(Refused):
    """A cell can be read, but a person should look."""

    def __init__(self, rule: Rule, message: str, value: Any, field: str = ""):
        super().__init__(rule, message, field)
        self.value = value


def attempt(
    read: Callable[..., Any], words: tuple[Any, ...]
) -> tuple[Any, tuple[Rule, str, str] | None]:
    """Return what was read and the fault, one of them or both."""
    try:
        return read(*words), None
    except Doubtful as doubt:
        return doubt.value, doubt.fault
    except Refused as refusal:
        return None, refusal.fault
    except Skipped:
        return None, None
