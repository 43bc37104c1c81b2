"""Uploads never fill the server's memory, whoever sends how many."""

import pytest
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from pages.common import uploads


@pytest.fixture
def held(monkeypatch) -> MemoryUploadedFileManager:
    """Streamlit's own store of uploads, bounded to a few bytes."""
    monkeypatch.setattr(MemoryUploadedFileManager, "add_file", MemoryUploadedFileManager.add_file)
    for name, bound in {"OF_ONE": 10, "FILES_OF_ONE": 4, "OF_ALL": 25}.items():
        monkeypatch.setattr(uploads, name, bound)
    uploads.bound_uploads()
    return MemoryUploadedFileManager("/upload")


def send(held: MemoryUploadedFileManager, visitor: str, *sizes: int) -> list[int]:
    """Upload files of these sizes and return the sizes of those that are held."""
    for number, size in enumerate(sizes):
        held.add_file(visitor, UploadedFileRec(f"{number}", "甲.csv", "text/csv", b"x" * size))
    return [len(file.data) for file in held.file_storage[visitor].values()]


def test_a_visitor_who_sends_more_and_more_keeps_only_the_newest(held):
    assert send(held, "甲", *[3] * 60) == [3, 3, 3]
    assert send(held, "乙", *[1] * 60) == [1, 1, 1, 1]


def test_many_visitors_together_are_turned_away_beyond_a_bound(held):
    send(held, "甲", 10)
    send(held, "乙", 10)
    with pytest.raises(HTTPException, match="上传的文件过多"):
        send(held, "丙", 10)
    held.remove_session_files("甲")
    assert send(held, "丙", 10) == [10]
