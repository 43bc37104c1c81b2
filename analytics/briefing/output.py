"""Write a briefing in the format asked for; a writer is loaded when first needed."""

from enum import StrEnum
from importlib import import_module

from analytics.baseline import OnProgress, ignore_progress
from analytics.briefing.content import Briefing


class Format(StrEnum):
    """Formats of a briefing, by file ending."""

    DOCX = "docx"
    PPTX = "pptx"
    PDF = "pdf"


NAMES_ZH = {Format.DOCX: "Word文档", Format.PPTX: "PowerPoint演示文稿", Format.PDF: "PDF"}
MIME = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Format.PDF: "application/pdf",
}


def write(briefing: Briefing, kind: Format, progress: OnProgress = ignore_progress) -> bytes:
    """Return the document's bytes; ``progress`` is told the share done, 0 to 1."""
    return import_module(f"analytics.export.{kind}_writer").write(briefing, progress)
