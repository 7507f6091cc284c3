"""Templates only lay out: what they show is finished before they see it, and their lines are short."""

from collections.abc import Iterator

import pytest
from jinja2 import Environment, nodes
from jinja2.meta import find_undeclared_variables

from reportgen.environments import html, markdown, templates_folder

FOLDERS = ("site", "markdown", "pictures", "cohort")
TEMPLATES = sorted(
    path.relative_to(templates_folder()).as_posix()
    for folder in FOLDERS
    for path in (templates_folder() / folder).rglob("*")
    if path.is_file()
)
LONGEST_LINE = 120
ARITHMETIC = (
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow),
    *(nodes.Neg, nodes.Pos),
)
LOOKED_INTO = {"allowed", "report", "found", "settings", "site"}
"""What a page asks in Python: the report and all that is found, and what its edition may see."""
FINISHING = ("format", "round", "int", "float", "abs", "sum", "strftime")
"""Filters and methods that work a figure out or write it down."""


def environment(template: str) -> Environment:
    return markdown() if template.endswith(".md") else html()


def faults(source: str, environment: Environment) -> Iterator[str]:
    """What a template does beside laying out."""
    for number, line in enumerate(source.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            yield f"line {number} has {len(line)} signs"
    template = environment.parse(source)
    for name in sorted(find_undeclared_variables(template) & LOOKED_INTO):
        yield f"looks into {name}"
    for node in template.find_all(nodes.Expr):
        fault = _fault(node)
        if fault:
            yield f"line {node.lineno} {fault}"


def _fault(node: nodes.Expr) -> str | None:
    match node:
        case nodes.Filter(name=name) | nodes.Getattr(attr=name) if name in FINISHING:
            return f"finishes a figure with {name}"
        case nodes.Getattr(node=of, attr="edition"):
            is_word = isinstance(of, nodes.Name) and of.name == "chrome"
            return None if is_word else "asks which edition it is"
        case nodes.Slice():
            constant = all(
                part is None or isinstance(part, nodes.Const)
                for part in (node.start, node.stop, node.step)
            )
            return None if constant else "cuts at a place that it works out"
    return "calculates" if isinstance(node, ARITHMETIC) else None


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_only_lays_out(template):
    source = (templates_folder() / template).read_text(encoding="utf-8")
    assert list(faults(source, environment(template))) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ page.share }}% of {{ chrome.edition }}", []),
        ("{{ one.rows | rows(6) }} {{ page.as_of | day }} {{ page.settings }}", []),
        ("{% for one in page.clients[:3] %}{{ one.name ~ 'x' }}{% endfor %}", []),
        ("a" * 120, []),
        ("a" * 121, ["line 1 has 121 signs"]),
        ("\n{{ page.a + 1 }}", ["line 2 calculates"]),
        ("{{ page.a - 1 }}{{ page.a * 2 }}", ["line 1 calculates"] * 2),
        ("{{ page.a / 2 }}{{ page.a // 2 }}{{ page.a % 2 }}", ["line 1 calculates"] * 3),
        ("{% if 'rows' in allowed %}x{% endif %}", ["looks into allowed"]),
        ("{{ settings.currency }}", ["looks into settings"]),
        ("{{ f(found) }}{{ report }}", ["looks into found", "looks into report"]),
        ("{% for one in site.clients %}{% endfor %}", ["looks into site"]),
        ("{% macro rows(found) %}{{ found }}{% endmacro %}", []),
        ("{{ page.edition }}", ["line 1 asks which edition it is"]),
        ("{{ '%.1f' | format(page.a) }}", ["line 1 finishes a figure with format"]),
        ("{{ '{:,}'.format(page.a) }}", ["line 1 finishes a figure with format"]),
        ("{{ page.a | round }}", ["line 1 finishes a figure with round"]),
        ("{{ page.a | int }}", ["line 1 finishes a figure with int"]),
        ("{{ page.day.strftime('%b') }}", ["line 1 finishes a figure with strftime"]),
        ("{{ page.rows[:page.most] }}", ["line 1 cuts at a place that it works out"]),
    ],
)
def test_a_fault_is_found(source, expected):
    assert list(faults(source, html())) == expected
