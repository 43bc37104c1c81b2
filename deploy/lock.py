"""Write what the image holds, from what pip would install from requirements.txt here.

``requirements.lock`` names each package with its checksum; ``sbom.cdx.json`` is the list of
materials (CycloneDX): name, version, checksum, licence and what needs what. Run it where the
image will run, as other systems get other wheels; it downloads nothing it has.

    python -m deploy.lock
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = "jinshan-workbench"
LOCK, MATERIALS = ROOT / "deploy/requirements.lock", ROOT / "deploy/sbom.cdx.json"
_PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--dry-run")
_READ = ("-r", "requirements.txt", "-r", "deploy/requirements-oidc.txt")
_HEAD = (
    "# Written by python -m deploy.lock from requirements.txt and constraints.txt: do not edit.\n"
)
_LICENCE = "License :: OSI Approved :: "
_SHORT = 60  # characters of the name of a licence; more is its text


def locked(report: Mapping[str, Any]) -> str:
    """Write what pip would install, one package with its checksum an entry."""
    entries = {}
    for item in report["install"]:
        name, version = item["metadata"]["name"], item["metadata"]["version"]
        entries[name.lower()] = f"{name}=={version} \\\n    --hash=sha256:{_checksum(item)}\n"
    return _HEAD + "".join(entries[name] for name in sorted(entries))


def _checksum(item: Mapping[str, Any]) -> str:
    return str(item["download_info"]["archive_info"]["hashes"]["sha256"])


def materials(report: Mapping[str, Any]) -> str:
    """Write the same packages as a list of materials; no time or number in it changes by itself."""
    product = Component(name=PRODUCT, bom_ref=PRODUCT, type=ComponentType.APPLICATION)
    made = Bom()
    made.metadata.component = product
    components = {normal(item["metadata"]["name"]): _component(item) for item in report["install"]}
    made.components.update(components.values())
    for item in report["install"]:
        needs = _needs(item["metadata"].get("requires_dist", ()), components)
        made.register_dependency(components[normal(item["metadata"]["name"])], needs)
    made.register_dependency(product, components.values())
    told = json.loads(JsonV1Dot6(made).output_as_string())
    told.pop("serialNumber", None)
    told["metadata"].pop("timestamp", None)
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _component(item: Mapping[str, Any]) -> Component:
    told = item["metadata"]
    name, version = told["name"], told["version"]
    found = PackageURL("pypi", name=normal(name), version=version)
    licence = _licence(told)
    return Component(
        name=name,
        version=version,
        type=ComponentType.LIBRARY,
        bom_ref=str(found),
        purl=found,
        description=told.get("summary"),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=_checksum(item))],
        licenses=[LicenseFactory().make_from_string(licence)] if licence else [],
    )


def _licence(told: Mapping[str, Any]) -> str:
    """Return what a package says of its licence, in the shortest of the ways there are.

    Older versions of pip leave out the newest of them: it is read from what is installed.
    """
    with suppress(PackageNotFoundError):
        if stated := metadata(told["name"]).get("License-Expression"):
            return str(stated)
    free = (told.get("license") or "").strip()
    if free and len(free) <= _SHORT and "\n" not in free:
        return free
    classes = (one for one in told.get("classifier", ()) if one.startswith(_LICENCE))
    return " AND ".join(one.removeprefix(_LICENCE) for one in classes)


def _needs(lines: Iterable[str], components: Mapping[str, Component]) -> list[Component]:
    needed = [Requirement(line) for line in lines]
    wanted = [
        one.name for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})
    ]
    return [components[name] for name in map(normal, wanted) if name in components]


def normal(name: str) -> str:
    """Write a package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    """Ask pip and write both files."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        asked = ["--ignore-installed", "--report", str(report), *_READ]
        subprocess.run([sys.executable, *_PIP, *asked], cwd=ROOT, check=True)
        told = json.loads(report.read_text(encoding="utf-8"))
    LOCK.write_text(locked(told), encoding="utf-8")
    MATERIALS.write_text(materials(told), encoding="utf-8")


if __name__ == "__main__":
    main()
