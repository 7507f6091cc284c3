"""The folder of the benchmarks comes first on the path, as when one is run."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
