"""How much of what is uploaded the server holds: of one visitor, and of all."""

from functools import wraps
from typing import Any

from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from analytics.data.imports.bounded.limits import LIMITS, MIB
from pages.common import server_words as words

OF_ONE = LIMITS.together + LIMITS.size  # bytes; what is handed in together, and one file more
FILES_OF_ONE = 2 * LIMITS.files
OF_ALL = 1024 * MIB
_FULL = 413


def bound_uploads() -> None:
    """Bound what Streamlit keeps of uploads; call it once, before the server starts."""
    add = MemoryUploadedFileManager.add_file

    @wraps(add)
    def add_bounded(
        self: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec
    ) -> None:
        make_room(self, session_id, len(file.data))
        add(self, session_id, file)

    MemoryUploadedFileManager.add_file = add_bounded  # type: ignore[method-assign]


def make_room(held: MemoryUploadedFileManager, session_id: str, size: int) -> None:
    """Let go of a visitor's oldest files, which have been checked or were never asked for.

    Raises
    ------
    HTTPException
        When all visitors together hold too much.
    """
    own = dict(held.file_storage.get(session_id, {}))
    while own and (len(own) >= FILES_OF_ONE or _size(own) + size > OF_ONE):
        oldest = next(iter(own))
        held.remove_file(session_id, oldest)
        del own[oldest]
    everything = sum(_size(dict(files)) for files in list(held.file_storage.values()))
    if everything + size > OF_ALL:
        raise HTTPException(_FULL, words.UPLOADS_FULL)


def _size(files: dict[str, Any]) -> int:
    return sum(len(file.data) for file in files.values())
