"""Which files of a folder are owners, and what they are called."""

import pytest

from reportgen.cohort.workbooks import owners
from reportgen.problems import ReportError


def found(tmp_path):
    return [(one.name, one.folder) for one in owners(tmp_path, tmp_path / "out")]


def put(folder, *paths):
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()


def test_files_and_folders_that_can_be_read(tmp_path):
    put(tmp_path, "Bea.xlsx", "anna.ods", "cleo/Sales.csv", "notes.txt", "empty/readme.md")
    assert found(tmp_path) == [("anna", "anna"), ("Bea", "bea"), ("cleo", "cleo")]


def test_what_is_hidden_open_or_ours_is_no_owner(tmp_path):
    put(tmp_path, "anna.xlsx", "~$anna.xlsx", ".hidden.xlsx", ".git/x.csv", "out/x.csv")
    put(tmp_path, "site/.reportgen.json", "site/to-do.csv", "cleo/~$x.csv")
    assert found(tmp_path) == [("anna", "anna")]


def test_each_has_a_folder_of_its_own(tmp_path):
    put(tmp_path, "anna.xlsx", "anna.csv", "ANNA!.ods", "overview.xlsx", "index.xlsx")
    assert found(tmp_path) == [
        ("ANNA!", "anna"),
        ("anna.csv", "anna-csv"),
        ("anna.xlsx", "anna-xlsx"),
        ("index", "index-client"),
        ("overview", "overview-2"),
    ]


def test_a_folder_without_workbooks_is_refused(tmp_path):
    with pytest.raises(ReportError, match="holds no workbook; put each owner's there"):
        found(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ReportError, match=r"cannot be read \(No such file"):
        owners(tmp_path / "nowhere", tmp_path / "out")
