"""What someone hostile sends: workbooks, links and messages."""

import io
import zipfile

from streamlit.proto.BackMsg_pb2 import BackMsg

from analytics.data.imports.bounded.limits import MIB
from tests.support.drawn_imports import workbook

MANY = "&".join(f"x{number}=1" for number in range(5_000))  # parameters of an address
SURROGATE = b'{"name": "\\ud800x"}'  # a scenario file whose name is no text


def freezing_workbook() -> bytes:
    """Write a workbook whose list of links is a mebibyte of < and packs to nothing."""
    output = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(workbook([["指标"]])))
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            bad = b"<" * MIB if member == "xl/_rels/workbook.xml.rels" else source.read(member)
            target.writestr(member, bad)
    return output.getvalue()


def empties_caches() -> BackMsg:
    """Make the message with which a developer empties everyone's caches."""
    message = BackMsg()
    message.clear_cache = True
    return message
