"""Baseline projections kept between starts: one file, read back to the digit.

The file's name and its header carry the key, and a checksum covers every byte,
so stale or damaged draws are never served: they are simply not there.
"""

import hashlib
import io
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analytics.model import projection as engine
from analytics.model.projection import Calibration, Coverage, Projection

FORMAT = 1  # of the file; raise it when the layout changes
_LIBRARIES = ("numpy", "scipy", "statsmodels")  # what else decides the last digit
_CODE = Path(__file__).resolve().parents[3]
_INPUTS = (  # of the projections, besides the engine
    _CODE / "analytics/model/draws/baseline.py",
    _CODE / "analytics/model/projection/history.py",
    _CODE / "sql/annual_history.sql",
    _CODE / "sql/monthly_history.sql",
)
_APART = ("draws", "history", "calibration")  # fields that are not plain JSON

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


def save(folder: Path, key: str, projections: Projections) -> bool:
    """Write projections under a key; a reader sees all of it or nothing.

    Returns
    -------
    bool
        False when the disk refuses: the projections are then made again next time.
    """
    arrays = [
        array
        for one in projections.values()
        for array in (one.draws.ravel(), one.history.to_numpy())
    ]
    header = {"key": key, "entries": [_entry(*item) for item in projections.items()]}
    body = io.BytesIO()
    body.write(json.dumps(header, ensure_ascii=False, default=_plain).encode() + b"\n")
    np.save(body, np.concatenate([*arrays, np.empty(0)]).astype("float64"), allow_pickle=False)
    content = body.getvalue()
    try:
        _write_whole(_file(folder, key), _sha256(content).encode() + b"\n" + content)
    except OSError:
        return False
    return True


def load(folder: Path, key: str) -> dict[tuple[str, str], Projection] | None:
    """Read the projections saved under a key, None where there is no sound file of it."""
    try:
        content = _file(folder, key).read_bytes()
    except OSError:
        return None
    checksum, _, content = content.partition(b"\n")
    if checksum != _sha256(content).encode():
        return None
    body = io.BytesIO(content)
    header = json.loads(body.readline())
    if header["key"] != key:
        return None
    return _rebuild(header["entries"], np.load(body, allow_pickle=False))


def _file(folder: Path, key: str) -> Path:
    return folder / f"baseline-{key_of(str(FORMAT), key)[:16]}.draws"


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside the final name, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.chmod(0o644)  # mkstemp lets no one else read; the app may run as another user
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _entry(name: tuple[str, str], one: Projection) -> dict[str, Any]:
    index = one.history.index
    return {
        "name": name,
        "shape": one.draws.shape,
        "history": {"years": index.to_list(), "index": index.name, "name": one.history.name},
        "calibration": None if one.calibration is None else asdict(one.calibration),
        "fields": {f.name: getattr(one, f.name) for f in fields(one) if f.name not in _APART},
    }


def _plain(value: Any) -> Any:
    """Turn NumPy's numbers into Python's for JSON."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"cannot store a {type(value).__name__}")


def _rebuild(entries: list[dict[str, Any]], block: np.ndarray) -> dict[tuple[str, str], Projection]:
    result, at = {}, 0
    for entry in entries:
        shape, about = entry["shape"], entry["history"]
        middle = at + int(np.prod(shape))
        end = middle + len(about["years"])
        index = pd.Index(about["years"], dtype="int64", name=about["index"])
        result[tuple(entry["name"])] = Projection(
            draws=block[at:middle].reshape(shape),
            history=pd.Series(block[middle:end].copy(), index=index, name=about["name"]),
            calibration=_calibration(entry["calibration"]),
            **{name: _tupled(value) for name, value in entry["fields"].items()},
        )
        at = end
    return result


def _tupled(value: Any) -> Any:
    """Undo what JSON does to tuples."""
    return tuple(_tupled(item) for item in value) if isinstance(value, list) else value


def _calibration(stored: dict[str, Any] | None) -> Calibration | None:
    if stored is None:
        return None
    return Calibration(**stored | {"cells": tuple(Coverage(**cell) for cell in stored["cells"])})
