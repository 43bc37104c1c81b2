"""Baseline projections as bytes: kept between starts and read back to the digit.

The content is a NumPy archive, one array a projection and a header that carries the key, and
ends with a checksum over every byte, so stale or damaged draws are never served: they are
simply not there.
"""

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pandas as pd
from pydantic import ValidationError, create_model

from analytics.model import projection as engine
from analytics.model.projection import Projection

FORMAT = 3  # of the content; raise it when the layout changes
_LIBRARIES = ("numpy", "scipy", "statsmodels")  # what else decides the last digit
_CODE = Path(__file__).resolve().parents[3]
_INPUTS = (  # of the projections, besides the engine
    _CODE / "analytics/model/draws/baseline.py",
    _CODE / "analytics/model/draws/contained.py",
    _CODE / "analytics/model/draws/dependence.py",
    _CODE / "analytics/model/draws/innovations.py",
    _CODE / "analytics/model/projection/history.py",
    _CODE / "sql/annual_history.sql",
    _CODE / "sql/monthly_history.sql",
)
_HEADER = "header"
_CHECKSUM = hashlib.sha256().digest_size  # bytes
_APART = ("draws", "history")  # fields that are arrays; the others are written as text
_FIELDS: dict[str, Any] = {
    name: (hint, ...) for name, hint in get_type_hints(Projection).items() if name not in _APART
}
_About = create_model("_About", **_FIELDS)

Projections = Mapping[tuple[str, str], Projection]  # (region, indicator id)


def engine_key() -> str:
    """Return a hash that changes with the projection code, its factors or its libraries."""
    folder = Path(engine.__file__).parent
    files = sorted(file for file in folder.rglob("*") if file.suffix in (".py", ".json"))
    return key_of(hash_files(files), *(f"{name} {version(name)}" for name in _LIBRARIES))


def storage_key(release_hash: str, root: Path) -> str:
    """Name everything the projections of a release rest on; a missing input is an error."""
    inputs = (root / "data/catalog/indicators.toml", *_INPUTS)
    return key_of(release_hash, engine_key(), hash_files(inputs))


def hash_files(files: Iterable[Path]) -> str:
    """Return one hash over the names and contents of files, in the order given."""
    parts = (part for file in files for part in (file.name, _sha256(file.read_bytes())))
    return key_of(*parts)


def key_of(*parts: str) -> str:
    """Return one key for several: other parts, or the same split otherwise, make another."""
    return _sha256(json.dumps(parts).encode())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def file_name(key: str) -> str:
    """Return the name of the file that keeps the projections of a key."""
    return f"baseline-{key_of(str(FORMAT), key)[:16]}.npz"


def pack(key: str, projections: Projections) -> bytes:
    """Write projections and the key they hold for as the content of a file."""
    entries = [_entry(*item) for item in projections.items()]
    header = json.dumps({"key": key, "entries": entries}, ensure_ascii=False).encode()
    draws = {str(place): one.draws for place, one in enumerate(projections.values())}
    body = io.BytesIO()
    np.savez(body, allow_pickle=False, **{_HEADER: np.frombuffer(header, dtype="uint8")}, **draws)
    content = body.getvalue()
    return content + hashlib.sha256(content).digest()


def unpack(content: bytes, key: str) -> dict[tuple[str, str], Projection] | None:
    """Read projections back, None where the content is damaged or of another key or layout."""
    content, checksum = content[:-_CHECKSUM], content[-_CHECKSUM:]
    if hashlib.sha256(content).digest() != checksum:
        return None
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        header = json.loads(archive[_HEADER].tobytes())
        if header["key"] != key:
            return None
        with suppress(ValidationError):
            return {
                tuple(entry["name"]): _rebuilt(entry, archive[str(place)])
                for place, entry in enumerate(header["entries"])
            }
    return None


def _entry(name: tuple[str, str], one: Projection) -> dict[str, Any]:
    about = _About.model_validate({field: getattr(one, field) for field in _FIELDS})
    index = one.history.index
    history = {"years": index.to_list(), "values": one.history.to_list()}
    return {
        "name": name,
        "about": about.model_dump(mode="json"),
        "history": history | {"index": index.name, "name": one.history.name},
    }


def _rebuilt(entry: dict[str, Any], draws: np.ndarray) -> Projection:
    about, history = _About.model_validate(entry["about"]), entry["history"]
    index = pd.Index(history["years"], dtype="int64", name=history["index"])
    values = pd.Series(history["values"], index=index, dtype="float64", name=history["name"])
    fields = {field: getattr(about, field) for field in _FIELDS}
    return Projection(draws=draws, history=values, **fields)
