"""The process that makes releases of many rows, see :mod:`.apart`."""

import json
import pickle
import sys
from pathlib import Path

from analytics.catalog.series import MappingError
from analytics.catalog.toml import CatalogError
from analytics.data.imports.bounded.inside import Report, work
from analytics.data.imports.errors import ImportFileError
from analytics.data.releases import kept_imports
from analytics.data.releases.apart import MADE, ORDER, Order
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.pipeline import write_all
from analytics.data.sources.illustrative import DemoError
from analytics.data.sources.schema import SchemaError

_REFUSALS = (ReleaseError, SchemaError, MappingError, DemoError, CatalogError)


def make(room: Path, report: Report) -> None:
    """Write the releases that were ordered, and leave their ids; a refusal is handed up."""
    order: Order = pickle.loads((room / ORDER).read_bytes())
    try:
        tried = kept_imports.unpacked(*order.tried) if order.tried else None
        batches = kept_imports.read_with(order.root, order.imports, tried)
        releases = write_all(order.root, batches, order.created_on, report)
    except _REFUSALS as error:
        raise ImportFileError(str(error)) from error
    said = json.dumps([release.id for release in releases])
    (room / MADE).write_text(said, encoding="utf-8")


TASKS = {"make": make}

if __name__ == "__main__":
    sys.exit(work(sys.argv[1:], TASKS))
