"""Reads as many damaged files as one likes, and says what came of them.

Each number of a seed makes one case (``tests/fuzz_cases/``). Printed: every case that ended in a fault,
in other data, or with its process dead or too slow; then how many ended how, and how memory and
processor time are spread. Every thousandth, and each that its process died of, is also read by
``reportgen check`` as an owner calls it, which has to end in a report or in one sentence.

    .venv/bin/python benchmarks/fuzz.py [HOW_MANY] [SEED] [FIRST]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import fuzzing  # type: ignore[import-not-found]
from fuzz_cases import case  # type: ignore[import-not-found]

ROOT = Path(__file__).resolve().parents[1]
TOGETHER = 10_000
"""After so many cases the figures so far are printed."""
WHOLE_EVERY = 1_000


def main() -> None:
    """Read the cases and print the figures; ends with 1 where a case ended badly."""
    many, seed, first = [*map(int, sys.argv[1:]), *(10_000, 1, 0)[len(sys.argv) - 1 :]]
    endings: list[fuzzing.Ended] = []
    bad = whole = 0
    with tempfile.TemporaryDirectory() as folder:
        for ended in fuzzing.run(seed, first, many, Path(folder)):
            endings.append(ended)
            is_good = ended.how in fuzzing.GOOD
            if not is_good:
                print(ended.number, ended.how, ended.what, ended.detail[-300:], flush=True)
            bad += not is_good
            if ended.number % WHOLE_EVERY == 0 or ended.how in ("died", "hung"):
                whole += 1
                for complaint in _checked(seed, ended.number, Path(folder)):
                    bad += 1
                    print(ended.number, "reportgen check:", complaint, flush=True)
            if len(endings) % TOGETHER == 0:
                print(f"{len(endings):,} so far", *fuzzing.told(endings), sep="\n  ", flush=True)
    print(f"seed {seed}, {len(endings):,} cases from {first:,} on, {whole} by the whole program")
    print(*fuzzing.told(endings), sep="\n")
    sys.exit(bool(bad))


def _checked(seed: int, number: int, folder: Path) -> Iterator[str]:
    """What is wrong with how ``reportgen check`` takes the case."""
    made = case(seed, number)
    path = folder / f"whole{made.suffix}"
    path.write_bytes(made.content)
    book = [str(path)]
    if made.suffix == ".toml":
        book = [str(ROOT / "sample_data/shoe-shop.xlsx"), "--config", str(path)]
    done = subprocess.run(
        [sys.executable, "-m", "reportgen", "check", *book],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        timeout=600,
    )
    if done.returncode not in (0, 1, 3):  # 3: read, and it has problems
        yield f"ended with {done.returncode}"
    if "Traceback" in done.stderr or "fault of its own" in done.stderr:
        yield done.stderr[-500:]


if __name__ == "__main__":
    main()
