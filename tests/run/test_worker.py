"""What the worker says while it walks."""

from pathlib import Path

from reportgen.run import walks, worker
from reportgen.run.job import Answer, Job, Walk


def test_a_step_is_told_of_at_once_and_then_ten_times_a_second_at_most(monkeypatch):
    now = 100.0

    def walk(_job, _as_of, told, _processors):
        nonlocal now
        for step, after in (
            ("Reading", 0),
            ("Writing", 0.01),
            ("Writing", 0.06),
            ("Writing", 0.07),
        ):
            now += after
            told(step, round(now * 100), 0)
        return Answer()

    monkeypatch.setattr(walks, "walk", walk)
    monkeypatch.setattr(worker.time, "monotonic", lambda: now)
    said = []
    worker.last_words(
        Job(Walk.CHECK, Path("book.xlsx")), lambda **words: said.append(words["step"])
    )
    assert said == [["Reading", 10000, 0], ["Writing", 10001, 0], ["Writing", 10014, 0]]
