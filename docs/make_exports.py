"""Make sample exports in docs/exports (not kept in git): python -m docs.make_exports [--kept] [DAY]

DAY (YYYY-MM-DD) is the one printed in the exports; today unless given. With --kept the
pictures that docs/exports.md shows are renewed in docs/pictures too.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image

from analytics.domain import Scenario
from analytics.output.briefing.compose import default_request
from analytics.output.briefing.kinds import load_library
from analytics.output.briefing.writing import Draft, Format, write
from analytics.output.export import files
from analytics.output.export.file_names import file_name
from analytics.output.figures.note import Stamp
from analytics.output.figures.target import target_figure
from analytics.workbench import View, Workbench, build_workbench
from tests.support.ensure_office import find_office

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "exports"
KEPT = Path(__file__).parent / "pictures"
TARGET = "gross_output_registered_2027"
PUSHED = {
    "gross_output_registered.g2027": 0.02,
    "carbon_fibre_output.g2027": 0.05,
    "drone_output.g2027": 0.10,
}
BRIEFINGS = (  # preset, release, levers moved, formats
    ("一页纸", "demo", {}, (Format.DOCX, Format.PDF)),
    ("季度调度", "demo", PUSHED, (Format.DOCX, Format.PPTX, Format.IPYNB)),
    ("中期评估", "demo", {}, (Format.DOCX, Format.PDF)),
    ("数据需求函", "published", {}, (Format.DOCX, Format.PDF)),
)
PREVIEWS = {  # sample -> page that is pictured, and the picture's name
    "一页纸.pdf": (0, "briefing_one_page.png"),
    "季度调度.docx": (0, "briefing_word.png"),
    "季度调度.pptx": (2, "briefing_slides.png"),
}


def main(arguments: list[str]) -> int:
    """Write every sample and the pictures of a few pages."""
    today = date.today()  # noqa: DTZ011 - the local day is meant
    days = [one for one in arguments if one != "--kept"]
    made_on = date.fromisoformat(days[0]) if days else today
    pictures = KEPT if "--kept" in arguments else FOLDER
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    samples = (*charts(made_on, build_workbench(ROOT, "demo")), *_briefings(made_on))
    for label, name, made in samples:
        (FOLDER / name).write_bytes(made)
        print(f"{len(made) // 1024:>6} KB  {name}")
        if label in PREVIEWS:
            at, picture = PREVIEWS[label]
            _preview(FOLDER / name, at, pictures / picture)
    return 0


def charts(made_on: date, bench: Workbench) -> Iterator[tuple[str, str, bytes]]:
    """Yield one chart in every format: label, file name, content."""
    view = bench.view({})
    stamp = Stamp(Scenario(release=view.bench.release.id), view.bench.release, made_on)
    figure = target_figure(view, view.verdict(TARGET))
    assert figure is not None, "the demo release holds the target"
    for kind in files.FileKind:
        yield f"图.{kind}", files.name_of(figure, kind, stamp), files.save(figure, kind, stamp)


def _briefings(made_on: date) -> Iterator[tuple[str, str, bytes]]:
    """Yield every kind of briefing: label, file name, content."""
    library = load_library(ROOT)
    for preset, release, levers, formats in BRIEFINGS:
        bench = build_workbench(ROOT, release)
        baseline = bench.view({})
        view: View = bench.view(levers, baseline) if levers else baseline
        settings = tuple(sorted(levers.items()))
        name = "加压" if levers else "基准"
        scenario = Scenario(name=name, settings=settings, release=bench.release.id)
        request = default_request(view, library.named(preset))
        draft = Draft(view, scenario, request, library, made_on)
        for kind in formats:
            yield f"{preset}.{kind}", file_name(preset, scenario, made_on, kind), write(draft, kind)


def _preview(file: Path, at: int, target: Path) -> None:
    """Picture one page; Office documents need LibreOffice for it."""
    with tempfile.TemporaryDirectory() as folder:
        printed = file if file.suffix == ".pdf" else _printed(file, Path(folder))
        if printed is None:
            return
        with pypdfium2.PdfDocument(printed) as document:
            picture = document[at].render(scale=1.4).to_pil()
    picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=200).save(target, optimize=True)


def _printed(file: Path, folder: Path) -> Path | None:
    office = find_office()
    if office is None:
        return None
    command = [office, "--headless", f"-env:UserInstallation={(folder / 'user').as_uri()}"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / f"{file.stem}.pdf"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
