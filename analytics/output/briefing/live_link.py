"""The address where a document's state is seen live, and the QR code of it."""

import io
from collections.abc import Mapping
from urllib.parse import quote, urlencode

import segno

from analytics.domain import Adjustable, Scenario
from analytics.model.scenarios import links
from analytics.model.scenarios.levers import settings_to_query

PAGE, LEAD_ZH = "简报", "在线查看（数据与设置同本文）："
LONGEST_SCANNED = 500  # letters; a denser code is not read off paper
SIDE_MM = 22.0


def live_link(
    address: str, scenario: Scenario, release: str, known: Mapping[str, Adjustable]
) -> str:
    """Return the link to a scenario on a release, at the place where the workbench is served."""
    query = {"release": release, **settings_to_query(dict(scenario.settings), known)}
    if scenario.settings:
        query |= {"name": scenario.name, links.VERSION_KEY: str(links.LINK_VERSION)}
    return f"{address.rstrip('/')}/{quote(PAGE)}?{urlencode(query)}"


def qr_png(link: str) -> bytes | None:
    """Draw a link's QR code; None where there is no link or it is too long to be read."""
    return _drawn(link, "png", scale=8)


def qr_svg(link: str) -> str:
    """Draw a link's QR code as SVG; nothing where there is no link or it is too long."""
    return (_drawn(link, "svg", xmldecl=False) or b"").decode()


def _drawn(link: str, kind: str, **options: object) -> bytes | None:
    if not link or len(link) > LONGEST_SCANNED:
        return None
    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind=kind, border=3, **options)
    return drawn.getvalue()
