"""Find code that reads a sentence back: its decisions would change with the wording."""

import ast
import re
from collections.abc import Iterator

_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_READING = {
    *("startswith", "endswith", "removeprefix", "removesuffix", "count"),
    *("partition", "rpartition", "split", "rsplit", "index", "rindex", "find", "rfind"),
}


def sentence_readings(tree: ast.AST) -> Iterator[str]:
    """Yield every place that searches text for Chinese words or for what a verdict says."""
    for node in ast.walk(tree):
        if _searches(node) or _takes_apart(node):
            yield ast.unparse(node)


def _searches(node: ast.AST) -> bool:
    """Tell whether words are looked for inside a text: ``"单位" in warning``."""
    if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], (ast.In, ast.NotIn)):
        return False
    listed = isinstance(node.comparators[0], (ast.Tuple, ast.List, ast.Set, ast.Dict))
    written = isinstance(node.left, (ast.Constant, ast.JoinedStr))
    return written and not listed and _is_words(node.left)


def _takes_apart(node: ast.AST) -> bool:
    """Tell whether a text is cut at words or at Chinese punctuation."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return node.func.attr in _READING and any(map(_is_words, node.args))


def _is_words(node: ast.AST) -> bool:
    texts = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
    return any(isinstance(text, str) and _CHINESE.search(text) for text in texts)
