"""How a long table is divided among pages, so that every page after the first can say 续表."""

from collections.abc import Sequence

_FEWEST = 3  # rows that a part is worth its head for


def divided(
    rows: Sequence[float], head: float, note: float, room: float, page: float
) -> list[range]:
    """Divide rows (heights, all in points): first into the room left, then onto whole pages.

    Every part carries the ``head``, the last the ``note``. Where too few rows find room, of a
    table that fits a page less than half, it begins on the next; no row is left alone at the end.
    """
    if not rows:
        return [range(0)]
    heights = [*rows[:-1], rows[-1] + note]
    parts = filled(heights, room - head, page - head)
    half = len(heights) / 2 if sum(heights) <= page - head else 0
    if len(parts) > 1 and len(parts[0]) < max(half, _FEWEST):
        parts = filled(heights, page - head, page - head)
    return _no_row_alone(parts, heights, page - head)


def _no_row_alone(parts: list[range], heights: Sequence[float], room: float) -> list[range]:
    """Give a last row its neighbour for company, where the part before can spare it."""
    cut = parts[-1].start - 1
    if len(parts) == 1 or len(parts[-1]) > 1 or len(parts[-2]) <= _FEWEST:
        return parts
    if sum(heights[cut:]) > room:
        return parts
    return [*parts[:-2], range(parts[-2].start, cut), range(cut, len(heights))]


def filled(heights: Sequence[float], room: float, page: float) -> list[range]:
    """Fill the room left, then page after page; what is higher than a page stands alone."""
    parts, first, used = [], 0, 0.0
    for at, height in enumerate(heights):
        if at > first and used + height > room:
            parts.append(range(first, at))
            first, used, room = at, 0.0, page
        used += height
    return [*parts, range(first, len(heights))] if heights else []
