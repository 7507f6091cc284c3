"""A cohort from the command line: its sites, its overview, and what is not made twice."""

import json
import shutil
import stat
import sys
from datetime import date
from unittest.mock import patch

import program
import pytest
from cohorts import AS_OF, CLIENT, overview_in, write_owner
from program import reportgen

from reportgen.run.job import LIMITS

DAY = f"--as-of={AS_OF}"
NAMES = ("anna", "bea", "cleo", "dora", "ella")


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    folder = tmp_path_factory.mktemp("workbooks")
    for number, name in enumerate(NAMES):
        write_owner(folder / name, number, clients=7)
    (folder / "worse.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    return folder


@pytest.fixture(scope="module")
def made(books, tmp_path_factory):
    """The folder of a cohort, made by one worker, and how the run ended."""
    out = tmp_path_factory.mktemp("made") / "owners"
    return out, reportgen("cohort", books, "-o", out, DAY, "--workers=1")


@pytest.fixture
def again(books, made, tmp_path):
    """The workbooks and the sites to change; the files keep their times."""
    ours = tmp_path / "workbooks", tmp_path / "owners"
    for source, target in zip((books, made[0]), ours, strict=True):
        shutil.copytree(source, target)
    return ours


def walked(folder, out, *more, stops_after=99):
    """The run over a folder, and the owners whose workbooks were read in it."""
    read, walk = [], program._walk

    def heard(job, told, limits=LIMITS):
        if len(read) == stops_after:
            raise KeyboardInterrupt
        read.append(job.workbook.stem)
        return walk(job, told, limits)

    with patch.object(program, "_walk", heard):
        ended = reportgen("cohort", folder, "-o", out, DAY, *more)
    return ended, sorted(read)


def test_every_owner_has_a_site_and_the_overview_has_them_all(made):
    out, ended = made
    assert ended.returncode == 3
    assert ended.stderr.startswith("worse.xlsx could not be read")
    assert ended.stdout == (
        f"{out / 'index.html'} is ready: 5 owners as of 31 October 2026; 1 workbook could not be read.\n"
    )
    for name in NAMES:
        assert (out / name / "index.html").is_file()
        assert json.loads((out / name / "report.json").read_text())["as_of"] == "2026-10-31"
    found = json.loads(overview_in(out)["overview.json"])
    assert [(one["name"], one["folder"]) for one in found["owners"]] == [(n, n) for n in NAMES]
    assert found["unread"] == ["worse.xlsx"]
    assert found["shares"]["above_red_line"]["owners"] == 5
    page = (out / "index.html").read_text()
    assert all(f'href="{name}/index.html"' in page for name in NAMES)
    assert "worse.xlsx" in page


def test_two_workers_make_the_same_overview(books, made, tmp_path):
    reportgen("cohort", books, "-o", tmp_path / "owners", DAY, "--workers=2")
    assert overview_in(tmp_path / "owners") == overview_in(made[0])


def test_no_client_is_named_but_in_the_sites_of_the_owners_edition(books, made, tmp_path):
    def naming(out):
        files = [path for path in out.rglob("*") if path.is_file()]
        return {
            path.relative_to(out).parts[0]
            for path in files
            if CLIENT.casefold() in path.name.casefold()
            or CLIENT.casefold().encode() in path.read_bytes().lower()
        }

    assert naming(made[0]) == set()
    reportgen("cohort", books, "-o", tmp_path / "owners", DAY, "--edition=owner")
    assert naming(tmp_path / "owners") == set(NAMES)


def test_what_has_not_changed_is_left_as_it_is(again):
    ended, read = walked(*again)
    assert read == ["worse"]  # a bad workbook is tried again
    assert "5 owners as of 31 October 2026, 5 of them as before" in ended.stdout


def change_a_row(folder, out):
    with (folder / "bea" / "Touchpoints.csv").open("a") as file:
        file.write(f"2026-10-01,{CLIENT} 1-0,Call,out,5\n")


def change_the_settings(folder, out):
    (folder / "bea" / "reportgen.toml").write_text('[settings]\n"Red line" = 20\n')


def change_a_page(folder, out):
    (out / "bea" / "trust.html").write_text("by hand")


def remove_a_page(folder, out):
    (out / "bea" / "trust.html").unlink()


def remove_the_site(folder, out):
    shutil.rmtree(out / "bea")


def damage_what_was_kept(folder, out):
    (out / ".owners" / "bea.json").write_text("{")


@pytest.mark.parametrize(
    "change",
    [
        change_a_row,
        change_the_settings,
        change_a_page,
        remove_a_page,
        remove_the_site,
        damage_what_was_kept,
    ],
)
def test_what_has_changed_is_made_anew(again, change):
    change(*again)
    _, read = walked(*again)
    assert read == ["bea", "worse"]


def test_another_day_edition_or_program_makes_every_site_anew(again):
    everyone = [*NAMES, "worse"]
    assert walked(*again, "--as-of=2026-10-30")[1] == everyone
    assert walked(*again, "--as-of=2026-10-30", "--edition=owner")[1] == everyone
    with patch("reportgen.run.unchanged.program", lambda: "another"):
        assert walked(*again, "--as-of=2026-10-30", "--edition=owner")[1] == everyone


def test_a_worker_with_another_program_makes_no_site(again):
    with patch("reportgen.cohort.task.program", lambda: "another"):
        ended, read = walked(*again)
    assert (ended.returncode, read) == (3, [])
    assert "A worker of the cluster has another version of reportgen" in ended.stderr


def test_what_was_saved_while_it_was_read_is_made_anew(again):
    folder, out = again
    change_a_row(folder, out)
    walk = program._walk

    def saved_meanwhile(job, told, limits=LIMITS):
        answer = walk(job, told, limits)
        if job.workbook.stem == "bea":
            change_a_row(folder, out)
        return answer

    with patch.object(program, "_walk", saved_meanwhile):
        reportgen("cohort", folder, "-o", out, DAY)
    assert walked(folder, out)[1] == ["bea", "worse"]
    assert walked(folder, out)[1] == ["worse"]


def test_a_run_that_was_broken_off_goes_on_where_it_was(books, made, tmp_path):
    ended, read = walked(books, tmp_path / "out", "--workers=1", stops_after=2)
    assert read == ["anna", "bea"]
    assert ended.returncode == 1
    assert ended.stderr.startswith("Stopped, as you asked; the sites that are done stay")
    assert not [path for path in (tmp_path / "out").iterdir() if "reportgen-new" in path.name]
    _, read = walked(books, tmp_path / "out")
    assert read == ["cleo", "dora", "ella", "worse"]
    assert overview_in(tmp_path / "out") == overview_in(made[0])


def test_the_site_of_an_owner_who_is_gone_goes(again):
    folder, out = again
    shutil.rmtree(folder / "ella")
    walked(folder, out)
    assert not (out / "ella").exists()
    assert not (out / ".owners" / "ella.json").exists()
    assert len(json.loads(overview_in(out)["overview.json"])["owners"]) == 4


def test_a_site_with_a_file_of_the_coachs_is_a_line_and_stays(again):
    folder, out = again
    (out / "bea" / "notes.txt").write_text("mine")
    ended, _ = walked(folder, out)
    assert ended.returncode == 3
    assert "bea holds notes.txt, which reportgen did not make" in ended.stderr
    assert (out / "bea" / "notes.txt").read_text() == "mine"
    assert json.loads(overview_in(out)["overview.json"])["unread"] == ["bea", "worse.xlsx"]


def test_a_folder_with_anything_else_in_it_is_no_place_for_a_cohort(again, books):
    folder, out = again
    (out / "notes.txt").write_text("mine")
    ended, read = walked(folder, out)
    assert (ended.returncode, read) == (1, [])
    assert "notes.txt was not made by reportgen" in ended.stderr
    for wrong, why in ((folder, "your workbook"), (out / "anna", "the site of one owner")):
        ended, read = walked(folder, wrong)
        assert (ended.returncode, read) == (1, [])
        assert why in ended.stderr


def test_what_is_written_is_for_its_owner_alone(made):
    out, _ = made
    kept = [out / ".owners", out / "overview"]
    for path in (out, out / "index.html", *kept, *(one for top in kept for one in top.rglob("*"))):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_one_day_for_all_is_today_where_nobody_names_one(books, tmp_path):
    with patch("reportgen.cli.cohort.today", lambda zone: date(2026, 9, 30)):
        ended = reportgen("cohort", books, "-o", tmp_path / "out", "--workers=2")
    assert "5 owners as of 30 September 2026;" in ended.stdout


def test_a_cluster_and_workers_of_this_machine_exclude_each_other(books, tmp_path):
    ended = reportgen("cohort", books, "-o", tmp_path / "out", "--workers=2", "--scheduler=x")
    assert ended.returncode == 2
    assert "A cluster has its own workers" in ended.stderr


def test_without_dask_it_says_how_to_install_it(books, tmp_path):
    with patch.dict(sys.modules, {"distributed": None}):
        ended = reportgen("cohort", books, "-o", tmp_path / "out", "--scheduler=tcp://127.0.0.1:1")
    assert ended.returncode == 1
    assert "pip install 'reportgen[cluster]'" in ended.stderr
