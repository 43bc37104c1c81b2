"""What a Python file imports and calls, read from its syntax tree without running it."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

CLOCK_CALLS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter"}
READING_CALLS = {
    *("startswith", "endswith", "removeprefix", "removesuffix", "partition", "rpartition"),
    *("split", "rsplit", "index", "rindex", "find", "rfind", "count"),
    *("search", "match", "fullmatch"),
}
_CHINESE = re.compile("[\u4e00-\u9fff：；（）]")
CLOCK_OWNERS = {"date", "datetime", "Timestamp", "time", "dt"}


class Modules(Mapping[str, ast.Module]):
    """The syntax trees of Python files by dotted module name, each parsed when first asked for."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self.files = files
        self._parsed = cache(lambda name: ast.parse(files[name].read_text(encoding="utf-8")))

    def __getitem__(self, name: str) -> ast.Module:
        return self._parsed(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def modules_in(root: Path, *places: str) -> Modules:
    """Find every Python file below the places."""
    found = {}
    for place in places:
        whole = root / place
        for file in sorted(whole.rglob("*.py")) if whole.is_dir() else [whole]:
            found[module_name(root, file)] = file
    return Modules(found)


def module_name(root: Path, file: Path) -> str:
    """Return the dotted name under which a file is imported."""
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.AST, *, inside: str = "") -> set[str]:
    """Return every name a file imports, functions included, ``TYPE_CHECKING`` blocks not.

    ``from a.b import c`` counts as ``a.b`` and ``a.b.c``, because ``c`` may be a module.
    ``inside`` is the package that relative imports start from.
    """
    pairs = list(_imported(tree, inside))
    return {base for base, _ in pairs} | {name for _, name in pairs}


def _imported(tree: ast.AST, inside: str) -> Iterator[tuple[str, str]]:
    """Yield what each import names: the module it looks into, and the full name."""
    for node in _running(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, inside)
            yield from ((base, f"{base}.{alias.name}") for alias in node.names)


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk the nodes that run; what only a type checker sees is left out."""
    yield tree
    children = ast.iter_child_nodes(tree)
    if isinstance(tree, ast.If) and "TYPE_CHECKING" in ast.unparse(tree.test):
        children = iter(tree.orelse)
    for child in children:
        yield from _running(child)


def _absolute(node: ast.ImportFrom, inside: str) -> str:
    if not node.level:
        return node.module or ""
    package = inside.split(".")
    kept = package[: len(package) - node.level + 1]
    return ".".join([*kept, *([node.module] if node.module else [])])


def clock_uses(tree: ast.AST) -> list[str]:
    """Return the expressions that ask what time it is."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in CLOCK_CALLS
        and _last_name(node.value) in CLOCK_OWNERS
    ]


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def names_used(tree: ast.AST) -> set[str]:
    """Return every plain name, attribute, keyword and argument name of a file."""
    found = set()
    for node in ast.walk(tree):
        for field in ("id", "attr", "arg", "name"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                found.add(value)
    return found


def sentences_read(tree: ast.AST) -> list[str]:
    """Return the expressions that look for Chinese words inside a text.

    A word among listed ones (``word in ("甲", "乙")``) is a value compared, not a text read.
    """
    return [ast.unparse(node) for node in ast.walk(tree) if _looks_inside(node)]


def _looks_inside(node: ast.AST) -> bool:
    match node:
        case ast.Compare(
            left=ast.Constant() | ast.JoinedStr() as word, ops=[ast.In() | ast.NotIn()]
        ):
            return _is_chinese(word)
        case ast.Call(func=ast.Attribute(attr=name), args=words) if name in READING_CALLS:
            return any(_is_chinese(word) for word in words)
    return False


def _is_chinese(node: ast.AST) -> bool:
    texts = (n.value for n in ast.walk(node) if isinstance(n, ast.Constant))
    return any(isinstance(text, str) and _CHINESE.search(text) for text in texts)
