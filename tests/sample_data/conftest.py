"""The sample script's own folder comes first on the path, as when the script is run."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "sample_data"))
