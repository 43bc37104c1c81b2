"""Second opinions on every target as bytes: worked out once a release, read back with its draws.

What is of another key, or damaged, is not there: it is never shown.
"""

import hashlib
from collections.abc import Mapping

from pydantic import TypeAdapter, ValidationError

from analytics.domain.base import Frozen
from analytics.model.judgement.robustness import Robustness


class _Content(Frozen):
    key: str
    opinions: dict[str, Robustness]


class _Sealed(Frozen):
    content: str
    checksum: str


_CONTENT, _SEALED = TypeAdapter(_Content), TypeAdapter(_Sealed)


def pack(key: str, opinions: Mapping[str, Robustness]) -> bytes:
    """Write the opinions on targets, by id, and the key that they hold for."""
    content = _CONTENT.dump_json(_Content(key=key, opinions=dict(opinions))).decode()
    return _SEALED.dump_json(_Sealed(content=content, checksum=_checksum(content)))


def unpack(written: bytes, key: str) -> dict[str, Robustness] | None:
    """Read opinions back, None where the content is damaged or of another key or layout."""
    try:
        sealed = _SEALED.validate_json(written)
        content = _CONTENT.validate_json(sealed.content)
    except ValidationError:
        return None
    sound = sealed.checksum == _checksum(sealed.content) and content.key == key
    return content.opinions if sound else None


def _checksum(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
