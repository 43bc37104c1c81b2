"""What the image holds: the lock and the list of materials agree with what is required."""

import json
import re

from cyclonedx.model.bom import Bom

from deploy import lock
from tests.support.paths import ROOT

LOCKED = re.compile(r"^(\S+)==(\S+) \\\n    --hash=sha256:([0-9a-f]{64})$", re.MULTILINE)
PINNED = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pinned(*files: str) -> dict[str, str]:
    return {
        lock.normal(name): version for file in files for name, version in PINNED.findall(read(file))
    }


def test_all_that_is_required_is_locked_in_the_version_that_is_tested():
    locked = {
        lock.normal(name): version
        for name, version, _ in LOCKED.findall(read("deploy/requirements.lock"))
    }
    required = pinned("requirements.txt", "deploy/requirements-oidc.txt")
    assert required.items() <= locked.items()
    tested = pinned("constraints.txt", "deploy/requirements-oidc.txt")
    assert locked.items() <= tested.items()


def test_the_list_of_materials_names_what_is_locked_with_its_checksum():
    told = json.loads(read("deploy/sbom.cdx.json"))
    made = Bom.from_json(told)
    found = {
        (lock.normal(one.name), one.version, *(checksum.content for checksum in one.hashes))
        for one in made.components
    }
    locked = LOCKED.findall(read("deploy/requirements.lock"))
    assert found == {(lock.normal(name), version, checksum) for name, version, checksum in locked}
    assert [one.name for one in made.components if not one.licenses] == []
    assert len(made.dependencies) == len(found) + 1  # the product's own


def test_a_package_is_listed_with_what_it_needs_here():
    report = {
        "install": [_installed("Own_Name", "b>=1", "c; sys_platform == 'no such'"), _installed("b")]
    }
    told = json.loads(lock.materials(report))
    needs = {one["ref"]: one.get("dependsOn", []) for one in told["dependencies"]}
    assert needs["pkg:pypi/own-name@1.0"] == ["pkg:pypi/b@1.0"]
    assert lock.materials(report) == lock.materials(report)
    assert lock.locked(report).splitlines()[1] == "b==1.0 \\"


def _installed(name: str, *needs: str) -> dict[str, object]:
    told = {"name": name, "version": "1.0", "license": "MIT", "requires_dist": list(needs)}
    checksum = {"archive_info": {"hashes": {"sha256": "0" * 64}}}
    return {"metadata": told, "download_info": checksum}
