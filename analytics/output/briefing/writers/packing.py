"""Office packages that come out byte for byte the same when made again."""

import io
import zipfile
from datetime import date

_FIRST = "[Content_Types].xml"


def repacked(package: bytes, made_on: date) -> bytes:
    """Give every member of a package one date, and the content types their first place."""
    moment = (max(made_on.year, 1980), made_on.month, made_on.day, 0, 0, 0)
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist(), key=lambda name: (name != _FIRST, name)):
            member = zipfile.ZipInfo(name, moment)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return made.getvalue()
