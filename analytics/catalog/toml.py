"""Read one catalog file strictly: TOML -> validated records, mistakes named in Chinese."""

import json
import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from analytics.domain import Frozen

FOLDER = "data/catalog"
PROBLEMS = {
    "missing": "缺少必填项",
    "extra_forbidden": "未知的键",
    "string_type": "类型错误，应为文字",
    "bool_type": "类型错误，应为 true 或 false",
    "int_type": "类型错误，应为整数",
    "int_from_float": "类型错误，应为整数",
    "float_type": "类型错误，应为数字",
    "tuple_type": "类型错误，应为数组",
    "model_type": "类型错误，应为一个表",
    "union_tag_invalid": "kind 的取值无效",
    "union_tag_not_found": "缺少必填项 kind",
}

R = TypeVar("R", bound=Frozen)


class CatalogError(ValueError):
    """A mistake in the catalog; the message (Chinese) names the file and the key."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        self.file, self.key = file, key
        super().__init__("：".join(part for part in (f"{FOLDER}/{file}", key, problem) if part))


def read(folder: Path, file: str) -> dict[str, Any]:
    """Parse one TOML file; raise CatalogError with the line of a syntax error."""
    try:
        return tomllib.loads((folder / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CatalogError(file, "", "文件不存在") from None
    except UnicodeDecodeError:
        raise CatalogError(file, "", "不是 UTF-8 文本") from None
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(file, str(error)) from None


def tables_of(data: dict[str, Any], file: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the entries of the file's one top-level table, which is named like the file."""
    name = file.removesuffix(".toml")
    for key in data:
        if key != name:
            raise CatalogError(file, key, PROBLEMS["extra_forbidden"])
    if name not in data:
        raise CatalogError(file, name, PROBLEMS["missing"])
    for key, table in _table(data[name], file, name).items():
        yield key, _table(table, file, f"{name}.{key}")


def record(model: type[R], file: str, key: str, table: dict[str, Any], **given: Any) -> R:
    """Validate one table; ``given`` are fields that must not be written in TOML."""
    for name in given:
        if name in table:
            raise CatalogError(file, f"{key}.{name}", PROBLEMS["extra_forbidden"])
    _check_finite(file, key, table)
    # JSON is the mode in which pydantic is strict about types yet reads enums and dates.
    text = json.dumps({**table, **given}, default=str)
    try:
        return model.model_validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
    path = ".".join(str(part) for part in (key, *first["loc"]) if part != "")
    raise CatalogError(file, path, _problem(first))


def _table(value: Any, file: str, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise CatalogError(file, key, PROBLEMS["model_type"])
    return value


def _check_finite(file: str, path: str, value: Any) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise CatalogError(file, path, "应为有限的数")
    for key, item in value.items() if isinstance(value, dict) else ():
        _check_finite(file, f"{path}.{key}", item)


def _syntax_error(file: str, message: str) -> CatalogError:
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line = f"第{found[1]}行第{found[2]}列" if found else "文件末尾"
    twice = re.search(r"Cannot declare \((.*?),?\) twice", message)
    if twice:
        key = ".".join(re.findall(r"'([^']*)'", twice[1]))
        return CatalogError(file, key, f"标识重复（{line}）")
    if "overwrite a value" in message:
        return CatalogError(file, line, "同一个键写了两次")
    return CatalogError(file, line, "TOML 语法错误，请检查引号、等号和括号")


def _problem(error: Mapping[str, Any]) -> str:
    if error["type"] == "enum":
        expected = error["ctx"]["expected"].replace(" or ", ", ").replace("'", "")
        return f"取值“{error['input']}”无效，应为 {expected} 之一"
    return PROBLEMS.get(error["type"], f"取值无效（{error['msg']}）")
