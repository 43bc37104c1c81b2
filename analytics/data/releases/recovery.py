"""Bring back a record of states that cannot be relied on, by a person who sees the list."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analytics.data.releases import journal, kept_imports
from analytics.data.releases.files import DamagedError, ReleaseError, load_json
from analytics.data.releases.journal import Entry, Stamp
from analytics.data.releases.making import rebuild
from analytics.data.releases.release import publishing
from analytics.data.whole_files import write_whole
from analytics.domain import Release

NO_BATCH = "none"  # given in place of batches: none is in use


@dataclass(frozen=True)
class Survey:
    """What is left of the record, and the batches that are kept."""

    entries: tuple[Entry, ...]  # the sound ones, oldest first
    damaged: tuple[str, ...]  # what cannot be relied on, in words
    kept: tuple[str, ...]

    def imports(self, named: Sequence[str]) -> tuple[str, ...]:
        """Return the batches to use: those named, else those of the last sound state.

        Raises
        ------
        ReleaseError
            When nothing is named and no state is left, or a batch named is not kept.
        """
        if not named and not self.entries:
            raise ReleaseError(
                "没有可用的版本记录，请写明在用的批次：extract --recover 批次 批次…，"
                f"都不用写 --recover {NO_BATCH}"
            )
        if not named:
            return self.entries[-1].imports
        wanted = tuple(name for name in named if name != NO_BATCH)
        for name in wanted:
            if name not in self.kept:
                raise ReleaseError(f"没有名为“{name}”的填报批次")
        return wanted


def survey(root: Path) -> Survey:
    """Read what is left; raise ReleaseError where a file cannot be read just now."""
    entries: list[Entry] = []
    damaged: list[str] = []
    for path in journal.journal_files(root):
        try:
            entries.append(journal.read_entry(path))
        except DamagedError as error:
            damaged.append(str(error))
    try:
        journal.read_journal(root)
    except DamagedError as error:
        damaged.append(str(error))
    newest = entries[-1].number if entries else 0
    entries += [entry for entry in _pointed_at(root) if entry.number > newest]
    return Survey(tuple(entries), tuple(dict.fromkeys(damaged)), tuple(kept_imports.kept_ids(root)))


def _pointed_at(root: Path) -> tuple[Entry, ...]:
    if not (root / journal.FOLDER / journal.POINTER).exists():
        return ()
    try:
        return journal.from_pointer(journal.read_pointer(root))
    except DamagedError:
        return ()


def describe(root: Path, found: Survey) -> list[str]:
    """Say what is damaged, which state is the last sound one, and which batches are kept."""
    lines = [f"已损坏：{text}" for text in found.damaged]
    if found.entries:
        last = found.entries[-1]
        lines.append(f"最后一个完好的记录：第{last.number}版，{last.when}，{last.what}")
    for name in found.kept:
        lines.append(f"留存的填报：{name}　{_about(root, name)}")
    return lines


def _about(root: Path, batch_id: str) -> str:
    label = f"{batch_id}/{kept_imports.MANIFEST}"
    manifest = load_json(root / kept_imports.FOLDER / label, label)
    try:
        files = "、".join(str(file["name"]) for file in manifest["files"])
        return f"{manifest['accepted']['when']}　{manifest['submitted_by']}　{files}"
    except (KeyError, TypeError):
        return "清单不完整"


def recover(root: Path, imports: tuple[str, ...], *, created_on: date) -> list[Release]:
    """Begin the record anew with its sound entries, and build with these imports.

    What was there is set aside beside it, unchanged.
    """
    with publishing(root):
        found = survey(root)
        _set_aside(root)
        entries = journal.chained(list(found.entries))
        journal.record(root, entries)
        pointer = root / journal.FOLDER / journal.POINTER
        pointer.unlink(missing_ok=True)
        if entries:
            write_whole(pointer, entries[-1].content)
        stamp = Stamp(created_on.isoformat(), what="恢复版本记录后重新生成")
        return rebuild(root, imports, created_on=created_on, stamp=stamp)


def _set_aside(root: Path) -> None:
    """Move the record away under a free name, with a copy of the pointer."""
    taken = len(list(root.glob(f"{journal.JOURNAL}-*")))
    aside = root / f"{journal.JOURNAL}-{taken + 1}"
    folder = root / journal.JOURNAL
    folder.mkdir(parents=True, exist_ok=True)
    pointer = root / journal.FOLDER / journal.POINTER
    if pointer.exists():
        shutil.copy2(pointer, folder / journal.POINTER)
    folder.rename(aside)
