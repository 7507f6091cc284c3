"""The house stands: every module imports its own floor and the ones below it, never in a circle."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import reportgen

PACKAGE = Path(reportgen.__file__).parent

FLOORS = (
    ("values",),
    ("problems", "periods", "shares", "interpreter", "beside"),
    ("model", "words"),
    ("settings", "environments", "estimates", "problem_groups"),
    ("evidence", "reading", "output"),
    ("analyses", "editions", "writing"),
    ("report", "pictures", "adopting"),
    ("figures", "letters", "tables", "forms"),
    ("site",),
    ("build",),
    ("run",),
    ("preview", "cohort"),
    ("cli",),
    ("__main__",),
)
"""The rooms and the modules at the root, from the ground up: a room imports none above its floor."""


LONGEST_FILE, LONGEST_FUNCTION = 500, 80
"""Lines; a file that is a table of data, listed below, may be longer."""
TABLES_OF_DATA = {"reading/columns.py"}
"""Files that declare and compute next to nothing."""


def modules() -> dict[str, str]:
    """Each module of the package and its source."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path.read_text(encoding="utf-8")
    return found


def imported(source: str, known: set[str]) -> set[str]:
    """The modules of ours that a source imports, at its top and inside functions alike."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name their module in full"
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [one if one in known else str(node.module) for one in inside]
        else:
            continue
        found.update(name for name in names if name.split(".")[0] == "reportgen")
    return found


def room(module: str) -> str:
    """The room of a module: the folder of the package that it lies in, or itself at the root."""
    return module.split(".")[1] if "." in module else module


def floor(module: str) -> int:
    """The floor of a module's room, from 1; 0 for the package itself, which holds no code."""
    if module == "reportgen":
        return 0
    for number, rooms in enumerate(FLOORS, 1):
        if room(module) in rooms:
            return number
    raise AssertionError(f"{module} has no floor: give its room one in FLOORS")


def graph() -> dict[str, set[str]]:
    sources = modules()
    return {name: imported(source, set(sources)) - {name} for name, source in sources.items()}


def test_imports_are_found_wherever_they_stand():
    source = (
        "import os\n"
        "import reportgen.model\n"
        "from reportgen import words, __version__\n"
        "from reportgen.reading.book import read\n"
        "def f():\n"
        "    from reportgen.site.files import pages\n"
    )
    known = {"reportgen.words", "reportgen.reading.book", "reportgen.site.files"}
    assert imported(source, known) == known | {"reportgen", "reportgen.model"}


def test_every_room_has_a_floor_and_every_floor_its_rooms():
    rooms = {room(module) for module in modules()} - {"reportgen"}
    assert sorted(name for names in FLOORS for name in names) == sorted(rooms)


def test_no_module_imports_a_higher_floor():
    wrong = [
        f"{name} (floor {floor(name)}) imports {other} (floor {floor(other)})"
        for name, others in graph().items()
        for other in sorted(others)
        if floor(other) > floor(name)
    ]
    assert wrong == []


def test_rooms_of_one_floor_do_not_import_each_other():
    wrong = [
        f"{name} imports {other}"
        for name, others in graph().items()
        for other in sorted(others)
        if floor(other) == floor(name) and room(other) != room(name)
    ]
    assert wrong == []


@pytest.mark.parametrize("inside", ["reportgen.analyses.", "reportgen.site.pages."])
def test_analyses_and_pages_do_not_import_each_other(inside):
    every = graph()
    assert any(name.startswith(inside) for name in every)
    wrong = [
        f"{name} imports {other}"
        for name, others in every.items()
        for other in sorted(others)
        if name.startswith(inside) and other.startswith(inside)
    ]
    assert wrong == []


def test_there_is_no_circle():
    order = list(TopologicalSorter(graph()).static_order())  # raises CycleError on a circle
    assert order.index("reportgen.model") < order.index("reportgen.build")


def test_no_room_imports_in_a_circle_with_another():
    """Modules in a line can still make two rooms lean on each other."""
    rooms: dict[str, set[str]] = {}
    for name, others in graph().items():
        rooms.setdefault(room(name), set()).update(room(other) for other in others)
    alone = {name: others - {name} for name, others in rooms.items()}
    assert list(TopologicalSorter(alone).static_order())


def test_only_the_worker_looks_at_the_clock():
    looking = {
        name
        for name, source in modules().items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}
    }
    assert looking == {"reportgen.run.worker"}


def test_no_file_and_no_function_is_too_long():
    long = []
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        name = path.relative_to(PACKAGE).as_posix()
        if name not in TABLES_OF_DATA and (lines := len(source.splitlines())) > LONGEST_FILE:
            long.append(f"{name} has {lines} lines")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
                lines = node.end_lineno - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long.append(f"{name}: {node.name} has {lines} lines")
    assert long == []
    assert {name for name in TABLES_OF_DATA if not (PACKAGE / name).is_file()} == set()
