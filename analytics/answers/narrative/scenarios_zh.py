"""What comparing scenarios comes to."""

from collections.abc import Sequence

from analytics import text_zh


def best_zh(names: Sequence[str], expected: Sequence[float | None]) -> str:
    """Name the scenario under which most targets are expected to be met; 基准 is the first.

    Nothing is said of a single scenario, or where a number is missing.
    """
    known = [number for number in expected if number is not None]
    if len(names) < 2 or len(known) < len(names):
        return ""
    best = max(range(len(known)), key=known.__getitem__)
    text = f"基准下预计达成{text_zh.number(known[0])}项。"
    if not best:
        return f"{text}其余情景都不多于基准。"
    most, more = text_zh.number(known[best]), text_zh.number(known[best] - known[0])
    return f"{text}预计达成最多的是“{names[best]}”，{most}项，比基准多{more}项。"
