"""What our data files declare. Python keeps them compiled as it keeps modules; parsing takes longer."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

HERE = Path(__file__).parent
"""The folder of the folders of data files."""


class _Compiled(SourceFileLoader):
    """Takes a file of TOML for a module with one value."""

    def source_to_code(  # type: ignore[override]
        self, data: bytes, path: str, *, _optimize: int = -1
    ) -> CodeType:
        import tomllib  # only for a file that is new

        declared = repr(tomllib.loads(data.decode()))
        code: CodeType = compile(f"declared = {declared}", path, "exec", dont_inherit=True)
        return code


def declared(file: Path) -> Mapping[str, Any]:
    """The tables of a file of TOML: texts, numbers, yes and no, lists and tables of these."""
    found: dict[str, Any] = {}
    loader = _Compiled(file.stem, str(file))
    try:
        code = loader.get_code(file.stem)
        assert code is not None
    except EOFError:  # a full disk kept half of it
        code = loader.source_to_code(loader.get_data(loader.path), loader.path)
    exec(code, found)
    tables: Mapping[str, Any] = found["declared"]
    return tables
