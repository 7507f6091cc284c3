"""Which small mistakes in the code would go unnoticed: plants them one by one and runs the tests.

From the repository's root, as ``make mutants`` does::

    python benchmarks/mutants.py editions lock folder     # rooms of ROOMS; none named: all of them
    python benchmarks/mutants.py -n 60 plan               # sixty of each room, drawn by a seed
    python benchmarks/mutants.py --file reportgen/editions/index.py

The mistakes are those of cosmic-ray (a comparison, a number, a sign, a truth, *and* for *or*, a
condition turned round, a loop that takes no turn, *break* for *continue*, an error that nobody
catches), and three more: a statement left out, an entry left out of a table that stands outside all
functions, and another name where an edition, a sight or a treatment is named. Each is planted in a
process of its own, forked from one that has imported the libraries, and meets the tests of its room
that run its line, the quick ones first. A test that needs a whole site, or takes longer than
``SLOW``, runs only where the quick ones let the mutant live. Tests that start another Python meet the
code as it is: a mistake that only they would see counts as a survivor. So does one in a value that is
computed before the first test.

Printed: every survivor with its line, and how many of how many each file's tests killed. A mutant that
takes five times the processor time of its tests is killed too: somebody would notice.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import importlib.machinery
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "editions": (
        ("reportgen/editions/*.py",),
        (
            "tests/editions/test_policy.py",
            "tests/editions/test_redact.py",
            "tests/editions/test_pseudonyms.py",
        ),
    ),
    "lock": (("reportgen/forms/lock.py",), ("tests/forms/test_lock.py",)),
    "folder": (
        ("reportgen/output/folder.py",),
        (
            "tests/output/test_folder.py",
            "tests/output/test_leftovers.py",
            "tests/output/test_faults.py",
        ),
    ),
    "plan": (("reportgen/report/plan/*.py",), ("tests/report/plan", "tests/oracle/test_plan.py")),
    "analyses": (("reportgen/analyses/*.py",), ("tests/analyses",)),
}
"""A room's name → its files, and the tests that are to kill its mutants."""
LIBRARIES = (
    *("babel", "click", "coverage", "cryptography.hazmat.primitives.ciphers.aead", "holidays"),
    *("hypothesis", "jinja2", "numpy", "openpyxl", "pandas", "pydantic", "pytest", "rapidfuzz"),
    *("rich", "scipy.optimize", "xlsxwriter", "zxcvbn"),
    *("_hypothesis_pytestplugin", "anyio.pytest_plugin", "xdist.plugin"),
)
"""What the tests and pytest import, ours apart: once for all mutants."""
SLOW, TOO_SLOW = 2.0, 10.0
"""Seconds of processor time of a test: run last, and not at all."""
LOOK = 0.02
"""Seconds between two looks at a child."""
NO_VERDICT = {3, 4, 5, 99}
"""What pytest, or the process, ends with where something else is wrong than a test."""


# The mistakes ------------------------------------------------------------------------------------
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
SIGNS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitXor: (ast.BitOr,),
    ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,),
}
TREATMENTS = {
    "KEPT": ("DROPPED",),
    "DROPPED": ("KEPT",),
    **dict.fromkeys(("PSEUDONYM", "CODED", "VOCABULARY", "INDEX"), ("KEPT", "DROPPED")),
    **dict.fromkeys(("RENUMBERED", "PARTS", "EDITION"), ("KEPT", "DROPPED")),
}
"""What an edition gets of a field (``editions/policy.py``) → what it may get by mistake."""
MEMBERS = {
    "Edition": ("OWNER", "COACH", "ACCOUNTANT", "PUBLIC"),
    "Sight": ("OWNER", "COACH", "MONEY", "BOOKS"),
}


def alternatives(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of the node by mistake."""
    match node:
        case ast.Compare(left, [*ops], comparators):
            for place, op in enumerate(ops):
                for other in COMPARISONS[type(op)]:
                    yield ast.Compare(left, [*ops[:place], other(), *ops[place + 1 :]], comparators)
        case ast.BinOp(left, op, right):
            for sign in SIGNS.get(type(op), ()):
                yield ast.BinOp(left, sign(), right)
        case ast.AugAssign(target, op, value):
            for sign in SIGNS.get(type(op), ()):
                yield ast.AugAssign(target, sign(), value)
            yield ast.Pass()
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.And() if isinstance(op, ast.Or) else ast.Or(), values)
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield operand
        case ast.Name(name, ast.Load()):
            for treatment in TREATMENTS.get(name, ()):
                yield ast.Name(treatment, ast.Load())
        case ast.Attribute(ast.Name(of), member, ast.Load()) if member in MEMBERS.get(of, ()):
            for name in MEMBERS[of]:
                if name != member:
                    yield ast.Attribute(ast.Name(of, ast.Load()), name, ast.Load())
        case ast.Constant(bool(truth)):
            yield ast.Constant(not truth)
        case ast.Constant(int(number) | float(number)):
            yield ast.Constant(number + 1)
            yield ast.Constant(number - 1)
        case ast.If(test, body, orelse) | ast.While(test, body, orelse):
            yield type(node)(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.comprehension(target, iterated, [*ifs], is_async):
            for place, test in enumerate(ifs):
                turned = [*ifs[:place], ast.UnaryOp(ast.Not(), test), *ifs[place + 1 :]]
                yield ast.comprehension(target, iterated, turned, is_async)
        case ast.For(target, _, body, orelse):
            yield ast.For(target, ast.Tuple([], ast.Load()), body, orelse)
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case ast.ExceptHandler(type=ast.AST(), name=name, body=body):
            yield ast.ExceptHandler(ast.Tuple([], ast.Load()), name, body)
        case ast.Raise() | ast.Expr(ast.Call() | ast.Yield()):
            yield ast.Pass()


def shorter(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Each entry of a table, and the table without it."""
    match node:
        case ast.Dict(keys, values):
            for n, key in enumerate(keys):
                rest = ast.Dict([*keys[:n], *keys[n + 1 :]], [*values[:n], *values[n + 1 :]])
                yield key or values[n], rest
        case ast.Set(entries):
            for n, entry in enumerate(entries):
                yield entry, ast.Set([*entries[:n], *entries[n + 1 :]])
        case ast.List(entries, ast.Load()) | ast.Tuple(entries, ast.Load()):
            for n, entry in enumerate(entries):
                yield entry, type(node)([*entries[:n], *entries[n + 1 :]], ast.Load())


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake in a file: the lines of what it changes, the text before and after, and its place."""

    file: str
    lines: tuple[int, int]
    before: str
    after: str
    number: int

    def __str__(self) -> str:
        return f"{self.file}:{self.lines[0]}: {self.before} → {self.after}"


def planted(file: str) -> Iterator[tuple[Mutant, ast.Module]]:
    """Every mutant of a file, with its tree, which is as it was again once the next one is asked for."""
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    number = 0
    for put, node, in_table in _places(tree):
        mistakes = [(None, other) for other in alternatives(node)]
        for left_out, other in (*mistakes, *(shorter(node) if in_table else ())):
            ast.copy_location(other, node)
            put(other)
            ast.fix_missing_locations(tree)
            after = f"without {_text(left_out)}" if left_out else _text(other)
            yield Mutant(file, _lines(node), _text(node), after, number), tree
            put(node)
            number += 1


def _lines(node: ast.AST) -> tuple[int, int]:
    """The first and the last line of the node; of a statement with a body those of its head."""
    match node:
        case ast.If(test=head) | ast.While(test=head) | ast.For(iter=head):
            return node.lineno, head.end_lineno or node.lineno
        case ast.ExceptHandler():
            return node.lineno, node.lineno
        case ast.comprehension():
            return node.target.lineno, node.ifs[-1].end_lineno or node.target.lineno
        case ast.expr() | ast.stmt():
            return node.lineno, node.end_lineno or node.lineno
    raise AssertionError(f"no line is known of {node}")


def _places(tree: ast.Module) -> Iterator[tuple[Callable[[ast.AST], None], ast.AST, bool]]:
    """Each node with what puts another in its place, and whether it may be a table or a part of one.

    Types of arguments tell nothing while it runs; that a class is frozen is for the type checker, too.
    """
    waiting: list[tuple[ast.AST, bool]] = [(tree, True)]
    while waiting:
        parent, outside = waiting.pop()
        for field, value in ast.iter_fields(parent):
            if field in {"annotation", "returns", "decorator_list"}:
                continue
            in_table = outside and _may_hold_a_table(parent, field)
            if isinstance(value, ast.AST):
                yield partial(setattr, parent, field), value, in_table
                waiting.append((value, in_table))
            elif isinstance(value, list):
                for place, one in enumerate(value):
                    if isinstance(one, ast.AST):
                        yield partial(value.__setitem__, place), one, in_table
                        waiting.append((one, in_table))


def _may_hold_a_table(parent: ast.AST, field: str) -> bool:
    """False inside functions, and for a tuple that is a key, a type or several values for several names."""
    match parent:
        case ast.FunctionDef() | ast.Lambda() | ast.Assign([ast.Tuple()]):
            return False
        case ast.Dict():
            return field == "values"
        case ast.Subscript():
            return field == "value"
    return True


def _text(node: ast.AST) -> str:
    first = ast.unparse(node).strip().splitlines()[0]
    return first if len(first) < 90 else first[:89] + "…"


# The tests ---------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Tests:
    """What the tests of a room run: lines of each file → tests, and what each test takes."""

    of_line: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]
    whole: frozenset[str]
    """Tests that use a whole site, which the first of them builds."""

    def of(self, mutant: Mutant) -> tuple[list[str], list[str], list[str]]:
        """The quick tests that run the mutant's lines, the slow ones, and the other quick ones.

        What is kept in a cache was run by one test, and others rest on it.
        """
        lines = self.of_line.get(mutant.file, {})
        first, last = mutant.lines
        named = {test for line in range(first, last + 1) for test in lines.get(line, ())}
        if "" in named or not named:  # run while a module is imported: by whoever comes first
            named = set(self.seconds)
        known = sorted((self.seconds[test], test) for test in named if test in self.seconds)
        quick = [test for took, test in known if took <= SLOW and test not in self.whole]
        slow = [t for took, t in known if took <= TOO_SLOW and (took > SLOW or t in self.whole)]
        others = [
            test
            for test, took in self.seconds.items()
            if took <= SLOW and test not in self.whole and test not in named
        ]
        return quick, slow, others


def in_child(work: Callable[[], int], seconds: float) -> int:
    """The code with which ``work`` ends in a forked process; more than 100 where it was stopped."""
    child = os.fork()
    if not child:
        code = 99
        with contextlib.suppress(BaseException):
            os.setsid()
            limit = int(seconds) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in range(3):
                os.dup2(nothing, stream)
            code = work()
        os._exit(code)
    looks = round((60 + 20 * seconds) / LOOK)  # counted: time in which the computer sleeps is none
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            break
        if looks == 0:
            os.killpg(child, signal.SIGKILL)
        looks -= 1
        time.sleep(LOOK)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # what it started and left
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 100 - code


def pytest_code(tests: Sequence[str], plugins: Sequence[object] = ()) -> int:
    """What pytest ends with: 0 where all passed, 1 where one failed."""
    import pytest

    early = "ignore::pytest.PytestAssertRewriteWarning"  # of libraries that are imported already
    asked = ["-q", "-x", "-p", "no:cacheprovider", "-W", early, "-m", "not browser", *tests]
    return int(pytest.main(asked, plugins=list(plugins)))


class Watch:
    """A plugin of pytest that notes what each test runs of the files, and how long it takes."""

    def __init__(self, files: Sequence[str]) -> None:
        import coverage

        self.files = files
        self.coverage = coverage.Coverage(data_file=None, include=list(files), config_file=False)
        self.seconds: dict[str, float] = {}
        self.whole: list[str] = []

    def pytest_sessionstart(self) -> None:
        self.coverage.start()

    def pytest_runtest_protocol(self, item: object) -> None:
        self.coverage.switch_context(item.nodeid)  # type: ignore[attr-defined]
        self.seconds[item.nodeid] = -time.process_time()  # type: ignore[attr-defined]
        if "sites" in item.fixturenames:  # type: ignore[attr-defined]
            self.whole.append(item.nodeid)  # type: ignore[attr-defined]

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.seconds[nodeid] += time.process_time()

    def seen(self) -> dict[str, object]:
        """What ``Tests`` is made of."""
        self.coverage.stop()
        data = self.coverage.get_data()
        lines = {file: data.contexts_by_lineno(str(Path(file).resolve())) for file in self.files}
        return {"of_line": lines, "seconds": self.seconds, "whole": self.whole}


def tests_of(files: Sequence[str], where: Sequence[str]) -> Tests:
    """What the tests in these places run of the files.

    Raises: SystemExit, where a test fails before anything was planted.
    """
    with tempfile.TemporaryDirectory() as folder:
        noted = Path(folder, "seen.json")

        def run() -> int:
            watch = Watch(files)
            code = pytest_code(where, [watch])
            noted.write_text(json.dumps(watch.seen()), encoding="utf-8")
            return code

        if in_child(run, 3600):
            sys.exit(f"The tests in {' '.join(where)} fail as they are.")
        seen = json.loads(noted.read_text(encoding="utf-8"))
    of_line = {
        file: {int(line): tests for line, tests in lines.items()}
        for file, lines in seen["of_line"].items()
    }
    return Tests(of_line, seen["seconds"], frozenset(seen["whole"]))


def lives(mutant: Mutant, code: types.CodeType, tests: Tests) -> bool:
    """Whether every test passes with the mutant in its place.

    Raises: SystemExit, where the tests cannot even be found without it.
    """
    path = str(Path(mutant.file).resolve())
    loader = importlib.machinery.SourceFileLoader
    usual = loader.get_code

    def get_code(self: importlib.machinery.SourceFileLoader, name: str) -> types.CodeType | None:
        return code if self.path == path else usual(self, name)

    def work(chosen: Sequence[str]) -> int:
        setattr(loader, "get_code", get_code)  # noqa: B010 - for this process alone
        return pytest_code(chosen)

    for chosen in tests.of(mutant):
        takes = 5 * sum(tests.seconds[test] for test in chosen) + 10
        ended = in_child(partial(work, chosen), takes) if chosen else 0
        if ended in NO_VERDICT and in_child(partial(pytest_code, ["--collect-only", *chosen]), 60):
            sys.exit(f"The tests of {mutant.file} cannot be run.")
        if ended:
            return False
    return True


# The whole ---------------------------------------------------------------------------------------
def drawn(files: Sequence[str], most: int | None) -> list[tuple[Mutant, types.CodeType]]:
    """The mutants to try, compiled: all, or as many as were asked for, the same ones each time."""
    every = [mutant for file in files for mutant, _ in planted(file)]
    if most is not None and most < len(every):
        every = random.Random(16).sample(every, most)
    wanted = set(every)
    return [
        (mutant, compile(tree, mutant.file, "exec", dont_inherit=True))
        for file in files
        for mutant, tree in planted(file)
        if mutant in wanted
    ]


def report(name: str, files: Sequence[str], where: Sequence[str], most: int | None) -> None:
    """Try the mutants of a room and print what came of it."""
    tests = tests_of(files, where)
    counts = {file: [0, 0] for file in files}
    try:
        for mutant, code in drawn(files, most):
            alive = lives(mutant, code, tests)
            counts[mutant.file][0] += not alive
            counts[mutant.file][1] += 1
            if alive:
                print(f"survives  {mutant}", flush=True)
    finally:  # what was tried counts, where somebody ends it with Ctrl-C
        for file, (killed, of) in counts.items():
            if of:
                print(f"{file}: {killed} of {of} killed")
        killed, of = (sum(pair) for pair in zip(*counts.values(), strict=True))
        print(f"{name}: {killed} of {of} killed, {100 * killed / max(of, 1):.1f} %", flush=True)


def main() -> None:
    """Read what is asked, import the libraries, and go from room to room."""
    reader = argparse.ArgumentParser(description="Plant small mistakes and see which tests notice.")
    reader.add_argument("rooms", nargs="*", choices=[*ROOMS, []], help="all, where none is named")
    reader.add_argument("-n", type=int, help="mutants of each room; without it all of them")
    reader.add_argument("--file", help="this file of the room alone")
    asked = reader.parse_args()
    for library in LIBRARIES:
        importlib.import_module(library)
    for name in asked.rooms or ROOMS:
        patterns, where = ROOMS[name]
        files = sorted(str(path) for pattern in patterns for path in Path().glob(pattern))
        if asked.file:
            files = [file for file in files if file == asked.file]
        if files:
            report(name, files, where, asked.n)


if __name__ == "__main__":
    main()
