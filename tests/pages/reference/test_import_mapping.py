"""The import page asks once what an office table means, and knows it the next month."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.data.imports.mapping.declared import FOLDER
from pages.common import releases
from tests.support.drawn_imports import monthly_report
from tests.support.pages import new_app
from tests.support.release_fixtures import copy_built

PAGE = "pages/reference/import_data.py"


@pytest.fixture
def project(release_root, demo_bench, tmp_path, monkeypatch) -> Path:
    root = copy_built(release_root, tmp_path / "project")
    monkeypatch.setattr(releases, "ROOT", root)
    return root


def hand_in(content: bytes, name: str) -> AppTest:
    app = new_app().run().switch_page(PAGE).run()
    app.text_input(key="import_name").set_value("李雷").run()
    app.file_uploader[0].set_value((name, content, "text/csv")).run()
    return app.button(key="check").click().run()


def questions(app: AppTest) -> dict[str, object]:
    return {box.label: box for box in app.selectbox if str(box.key).startswith("map_")}


def test_a_month_is_explained_and_the_next_needs_one_press(project):
    app = hand_in(monthly_report(9, 1203.4, 80.1), "9月月报.csv")
    asked = questions(app)
    assert len(asked) == 2  # and one list of what is not imported
    (left,) = [box for box in app.multiselect if "不导入" in box.label]
    listed = [option.partition("（")[0] for option in left.options]
    assert listed == ["指标“常住人口”", "表头“同比”"]
    assert app.button(key="publish").disabled
    (investment,) = [box for label, box in asked.items() if "投资" in label]
    investment.set_value("industrial_fixed_investment").run()
    app = app.button(key="map_save").click().run()
    assert questions(app) == {}
    assert not app.button(key="publish").disabled
    assert len(list((project / FOLDER).glob("*.toml"))) == 1

    app = hand_in(monthly_report(10, 1339.8, 91.5), "10月月报.csv")
    assert questions(app) == {}
    assert not app.button(key="publish").disabled
