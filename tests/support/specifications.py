"""Reading a chart's specification."""

from collections.abc import Iterator
from typing import Any


def values_under(node: object, key: str) -> Iterator[Any]:
    """Yield every value under a key, however deep it lies."""
    if isinstance(node, dict):
        yield from (value for name, value in node.items() if name == key)
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from values_under(item, key)
