"""The sample businesses: writes five workbooks into this folder, or the one named.

python sample_data/make.py [DIR]
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import interior_designer
import meal_box
import messy
import shoe_shop
import virtual_assistant
from diary import AS_OF
from messy import MESSY_FAULTS

__all__ = ["AS_OF", "MESSY_FAULTS", "workbooks"]


def workbooks() -> Mapping[str, bytes]:
    """Each sample's file name and bytes, the same on every call."""
    return {
        "interior-designer.xlsx": interior_designer.diary().workbook(),
        "virtual-assistant.xlsx": virtual_assistant.diary().workbook(),
        "shoe-shop.xlsx": shoe_shop.diary().workbook(),
        "meal-box.xlsx": meal_box.diary().workbook(),
        "messy.xlsx": messy.workbook(),
    }


def main(folder: Path) -> None:
    """Writes the workbooks and says so."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in workbooks().items():
        (folder / name).write_bytes(content)
        print(f"{folder / name}  {len(content) / 1024:.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
