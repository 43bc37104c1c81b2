"""The import contracts of pyproject.toml, and the graph of imports they are held against."""

from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from typing import Any

import grimp
from importlinter import api
from importlinter.application.use_cases import _register_built_in_contract_types
from importlinter.domain.contract import registry

from tests.support.paths import ROOT

CONFIGURATION = api.read_configuration(str(ROOT / "pyproject.toml"))
CONTRACTS = {contract["id"]: contract for contract in CONFIGURATION["contracts_options"]}
_register_built_in_contract_types()


@cache
def import_graph() -> grimp.ImportGraph:
    """Return which module imports which, as `lint-imports` sees it."""
    return grimp.build_graph(
        "analytics",
        "pages",
        include_external_packages=True,
        exclude_type_checking_imports=True,
        cache_dir=None,
    )


def is_kept(contract_id: str, more_imports: Iterable[tuple[str, str]] = ()) -> bool:
    """Hold one contract against the code, with some imports drawn in."""
    options: dict[str, Any] = deepcopy(CONTRACTS[contract_id])
    kind = registry.get_contract_class(options.pop("type"))
    name = options.pop("name")
    options.pop("id")
    graph = deepcopy(import_graph())
    for importer, imported in more_imports:
        graph.add_import(importer=importer, imported=imported)
    contract = kind(name, CONFIGURATION["session_options"], options)
    return contract.check(graph, verbose=False).kept
