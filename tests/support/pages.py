"""Opening pages without a browser, and reading what they show."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

from pages.common.session import Session
from tests.support.paths import ROOT

HOME, EXPAND = "pages/overview/home.py", "pages/actions/expand_scale.py"
METHODS = "pages/reference/methods.py"
PATIENCE = 600  # seconds; a busy machine is no fault of the page
DEMO_WORDS = "本版本含演示数据"


def new_app(root: Path = ROOT, **query: str) -> AppTest:
    """Make an app that has not run yet, with the query parameters of its address."""
    app = AppTest.from_file(root / "app.py", default_timeout=PATIENCE)
    for key, value in query.items():
        app.query_params[key] = value
    return app


def open_page(script: str, **query: str) -> AppTest:
    """Open a page by its own link."""
    app = new_app(**query)
    if script != HOME:
        app._registered_pages = _menu()  # otherwise the first page would have to run before
        app.switch_page(script)
    app.run()
    assert not app.exception
    return app


@cache
def _menu() -> dict:
    return new_app().run()._registered_pages


def session_of(app: AppTest) -> Session:
    """What the visitor has chosen."""
    return app.session_state["session"]


def open_tab(app: AppTest, name: str) -> AppTest:
    """Open one of the details of an action's page."""
    app.session_state["details"] = name
    return app.run()


def drawings(app: AppTest) -> str:
    """All drawings of a page as the browser gets them."""
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in trees(app))


def lines(app: AppTest) -> list[str]:
    """The rows of the board's picture, each as all its text."""
    found = (one for tree in trees(app) for one in tree)
    return [
        _text(line)
        for tree in found
        for line in tree[2:]
        if isinstance(line, list) and line[1].get("class") == "line"
    ]


def _text(part: Any) -> str:
    return part if isinstance(part, str) else " ".join(map(_text, part[2:]))


def trees(app: AppTest) -> list[Any]:
    """Each drawing of a page as the tree of values that the browser gets."""
    parts = app.get("bidi_component")  # the watch of the theme, sent otherwise, is no drawing
    return [json.loads(one.proto.bytes) for one in parts if one.proto.bytes]


def move(app: AppTest, lever: str, by: float) -> AppTest:
    """Move a lever's slider away from where it rests, in what the slider shows."""
    slider = app.slider(key=f"s:{lever}")
    return slider.set_value(round(slider.value + by, 6)).run()


def texts(app: AppTest) -> str:
    """All text of a page in one string."""
    return "\n".join(str(item.value) for item in [*app.markdown, *app.caption])


def table(app: AppTest) -> pd.DataFrame:
    """The first table's rows as a frame."""
    return app.table[0].value


def chart_titles(app: AppTest) -> list[str]:
    """Title and subtitle of every chart."""
    specs = [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]
    return [f"{spec['title']['text']} {spec['title']['subtitle']}" for spec in specs]


def query(app: AppTest) -> dict[str, str]:
    """What the page would write into the address bar."""
    values = app.query_params.items()
    return {key: value if isinstance(value, str) else value[0] for key, value in values}


def warnings(app: AppTest) -> str:
    """All banners in one text, unescaped."""
    return "\n".join(item.value for item in app.warning).replace("\\", "")
