"""Her files as one book: each sheet under a name of its own."""

from reportgen.adopting.sources import load_all
from reportgen.settings.configuration import DEFAULTS


def test_files_of_one_name_from_very_many_folders(tmp_path):
    """A folder a month for ten years: 120 sheets, each with a name of its own."""
    files = [tmp_path / f"{number}" / "sales.csv" for number in range(120)]
    for file in files:
        file.parent.mkdir()
        file.write_text("Date,Client,Amount\n2026-01-05,Elm,5\n")
    found = load_all(files, DEFAULTS)
    assert len({grid.sheet for grid in found.grids}) == 120
