"""The same cohort on a real Dask cluster of two workers, one of which is killed in the middle."""

import os
import signal
import threading
import time

import pytest
from cohorts import AS_OF, overview_in, write_owner
from program import reportgen, started

DAY = f"--as-of={AS_OF}"
OWNERS = 5
PATIENCE = 120.0
"""Seconds for what takes a few on a machine with nothing else to do."""

# Dask's own threads and sockets are closed when the garbage is collected, and warn of it.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    folder = tmp_path_factory.mktemp("workbooks")
    for number in range(OWNERS):
        write_owner(folder / f"owner-{number}", number, clients=7)
    (folder / "worse.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    return folder


@pytest.fixture(scope="module")
def cluster():
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=50,
    ) as running:
        yield running


def kill_one(cluster, out, killed):
    """Wait for the first site to stand, and for a second to be begun; then kill a worker with -9."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        stand = list(out.glob("*/index.html"))
        begun = list(out.glob(".*.reportgen-new"))
        if stand and begun:
            process = next(iter(cluster.workers.values())).pid
            os.kill(process, signal.SIGKILL)
            killed.append(process)
            return
        time.sleep(0.01)


def test_the_cluster_makes_the_same_overview_though_a_worker_is_killed(cluster, books, tmp_path):
    alone, together = tmp_path / "alone", tmp_path / "together"
    assert reportgen("cohort", books, "-o", alone, DAY, "--workers=1").returncode == 3
    killed = []
    killer = threading.Thread(target=kill_one, args=(cluster, together, killed))
    killer.start()
    ended = started(
        "cohort", books, "-o", together, DAY, f"--scheduler={cluster.scheduler_address}"
    )
    killer.join()
    assert killed
    assert ended.returncode == 3
    assert ended.stderr.splitlines() == [
        "worse.xlsx could not be read: it seems damaged; "
        "open it in a spreadsheet program and save it again."
    ]
    assert f"{OWNERS} owners as of" in ended.stdout
    assert overview_in(together) == overview_in(alone)
    assert not list(together.glob(".*.reportgen-*"))


def test_nobody_answers_at_the_address(books, tmp_path):
    with pytest.MonkeyPatch.context() as hurry:
        hurry.setattr("reportgen.cohort.executors._REACH_SECONDS", 1)
        ended = reportgen(
            "cohort", books, "-o", tmp_path / "out", DAY, "--scheduler=tcp://127.0.0.1:9"
        )
    assert ended.returncode == 1
    assert ended.stderr == (
        "No Dask scheduler answers at tcp://127.0.0.1:9; start one with dask scheduler, "
        "and give the address that it names.\n"
    )


def test_an_address_that_is_none(books, tmp_path):
    ended = reportgen("cohort", books, "-o", tmp_path / "out", DAY, "--scheduler=what: is this")
    assert ended.returncode == 1
    assert ended.stderr.startswith("No Dask scheduler answers at what: is this;")
