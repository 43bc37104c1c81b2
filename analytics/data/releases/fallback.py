"""Which releases to serve: the current ones, or the newest sound ones when a file is damaged."""

from dataclasses import dataclass
from pathlib import Path

from analytics.data.releases import journal
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.journal import Entry
from analytics.data.releases.release import open_release_by_id


@dataclass(frozen=True)
class Serving:
    """The releases to show, and what is wrong with the current ones, if anything."""

    default: str
    releases: dict[str, str]
    problem: str = ""
    number: int = 0  # of the state shown in place of the current one


def serving(root: Path) -> Serving:
    """Return the current releases if every file of them is sound, else the newest that are.

    Raises
    ------
    ReleaseError
        When no state on record is whole; the message is that of the current one.
    """
    try:
        pointer = journal.read_pointer(root)
        _open_all(root, pointer["releases"])
        return Serving(pointer["default"], pointer["releases"])
    except ReleaseError as error:
        sound = newest_sound(root)
        if sound is None:
            raise
        return Serving(sound.default, sound.releases, str(error), sound.number)


def newest_sound(root: Path) -> Entry | None:
    """Return the newest state on record whose releases are whole."""
    for path in reversed(journal.journal_files(root)):
        try:
            entry = journal.read_entry(path)
            _open_all(root, entry.releases)
            return entry
        except ReleaseError:
            continue
    return None


def _open_all(root: Path, releases: dict[str, str]) -> None:
    for release_id in releases.values():
        open_release_by_id(root, release_id)


def readiness(root: Path) -> str:
    """Return why figures cannot be shown, empty when they can."""
    try:
        serving(root)
    except ReleaseError as error:
        return str(error)
    return ""
