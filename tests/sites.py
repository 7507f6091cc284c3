"""Sites of the samples, made by the command line as an owner makes them."""

import subprocess
import sys
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "sample_data"


def built(out: Path, *options: object, sample: str = "interior-designer") -> Path:
    """The folder, with the report on a sample as of the end of October 2026 in it."""
    run = subprocess.run(
        [
            *(sys.executable, "-m", "reportgen", "build", SAMPLES / f"{sample}.xlsx", "-o", out),
            *("--as-of", "2026-10-31", "--quiet", *map(str, options)),
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return out
