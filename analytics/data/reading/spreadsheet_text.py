"""Text that a spreadsheet shows and does not compute; loaded by the bare reading process too."""

_COMPUTED = tuple("=+-@＝＋－＠\t\r\n")


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if _computes(text) else text


def unneutral(text: str) -> str:
    """Undo :func:`neutral`."""
    return text[1:] if text.startswith("'") and _computes(text) else text


def _computes(text: str) -> bool:
    """Tell whether a text would be computed once quotes and blanks before it are gone."""
    bare = text.lstrip("'")
    return bare.startswith(_COMPUTED) or bare.lstrip().startswith(_COMPUTED)
