"""The house stands: every module imports its own floor and the ones below it, never in a circle."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import reportgen

PACKAGE = Path(reportgen.__file__).parent

FLOORS = {
    "reportgen": 0,
    "reportgen.problems": 1,
    "reportgen.model": 1,
    "reportgen.settings": 1,
    "reportgen.periods": 1,
    "reportgen.words": 1,
    "reportgen.shares": 1,
    "reportgen.working_days": 1,
    "reportgen.interpreter": 1,
    "reportgen.red_line": 1,
    "reportgen.evidence": 2,
    "reportgen.reading": 2,
    "reportgen.imports": 2,
    "reportgen.analyses": 3,
    "reportgen.editions": 3,
    "reportgen.history": 4,
    "reportgen.outlook": 4,
    "reportgen.findings": 4,
    "reportgen.changes": 5,
    "reportgen.actions": 5,
    "reportgen.report": 5,
    "reportgen.site": 6,
    "reportgen.folder": 7,
    "reportgen.published": 7,
    "reportgen.scaffold": 7,
    "reportgen.build": 7,
    "reportgen.preview": 7,
    "reportgen.loopback": 7,
    "reportgen.saves": 7,
    "reportgen.supervise": 8,
    "reportgen.serve": 8,
    "reportgen.cli": 9,
    "reportgen.__main__": 10,
}
"""A package's floor is that of all its modules. A new module stands here before it stands."""


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


def floor(module: str) -> int:
    """The floor of a module, or of the nearest package that has one."""
    while module not in FLOORS:
        assert module.count(".") > 1, f"{module} has no floor: give it one in FLOORS"
        module = module.rpartition(".")[0]
    return FLOORS[module]


def graph() -> dict[str, set[str]]:
    sources = modules()
    return {name: imported(source, set(sources)) - {name} for name, source in sources.items()}


def test_imports_are_found_wherever_they_stand():
    source = (
        "import os\n"
        "import reportgen.model\n"
        "from reportgen import folder, __version__\n"
        "from reportgen.reading.book import read\n"
        "def f():\n"
        "    from reportgen.site.pages import pages\n"
    )
    known = {"reportgen.folder", "reportgen.reading.book", "reportgen.site.pages"}
    assert imported(source, known) == known | {"reportgen", "reportgen.model"}


def test_no_module_imports_a_higher_floor():
    wrong = [
        f"{name} (floor {floor(name)}) imports {other} (floor {floor(other)})"
        for name, others in graph().items()
        for other in sorted(others)
        if floor(other) > floor(name)
    ]
    assert wrong == []


def test_analyses_do_not_import_each_other():
    inside = "reportgen.analyses."
    wrong = [
        f"{name} imports {other}"
        for name, others in graph().items()
        for other in sorted(others)
        if name.startswith(inside) and other.startswith(inside)
    ]
    assert wrong == []


def test_there_is_no_circle():
    order = list(TopologicalSorter(graph()).static_order())  # raises CycleError on a circle
    assert order.index("reportgen.model") < order.index("reportgen.build")


def test_only_the_entry_looks_at_the_clock():
    looking = {
        name
        for name, source in modules().items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}
    }
    assert looking == {"reportgen.supervise"}
