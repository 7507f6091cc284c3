"""What a letter may hold, and the letter filled in.

A letter may show values and choose between passages with ``if``, and nothing else: it has no loop, call,
attribute or arithmetic. Its size is bounded, so that filling one always ends, soon and small
(docs/decisions/0006-letters.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from reportgen import words
from reportgen.letters.letter import Filled, Letter, Unusable, short

FROM_THE_WORKBOOK: Mapping[str, str] = {
    "name": "the name to greet with",
    "client": "the client",
    "contact": "the contact's full name",
    "first_name": "the contact's first name",
    "business": "your business",
    "owner": "your name",
    "opening_days": "your working days",
    "opening_hours": "your working hours",
    "channels": "how you want to be reached",
    "preferred_channel": "how the client wants to be reached",
    "service": "what they bought last",
    "last_purchase": "the day of the last purchase",
    "first_purchase": "the day of the first purchase",
    "purchases": "how many purchases",
    "together": "how long they have been with you",
    "months_together": "how many months they have been with you",
    "anniversary": "the day of the anniversary",
    "anniversary_years": "how many years",
    "birthday": "the birthday",
    "last_contact": "the day of the last contact",
    "silence": "how long it has been quiet",
    "silence_days": "how many days it has been quiet",
    "last_meeting": "the day of the last meeting",
    "next_meeting": "the day of the next meeting",
    "topic": "what you talked about",
    "promise": "what you promised",
    "promised_for": "the day you promised it for",
    "complaint_date": "the day of the complaint",
    "complaint_topic": "what the complaint is about",
    "message_date": "the day of their message",
    "message_topic": "what they wrote about",
    "invoice": "the number of the invoice",
    "invoice_amount": "the amount of the invoice",
    "invoice_service": "what the invoice is for",
    "invoice_due": "the day the invoice is due",
    "overdue_invoice": "the number of the overdue invoice",
    "overdue_amount": "the overdue amount",
    "overdue_since": "the day it was due",
    "overdue_days": "how many days it is overdue",
}
"""Name → what stands in square brackets where the workbook does not say it."""

FROM_THE_OWNER: Mapping[str, str] = {
    "alternative": "what you can offer instead",
    "answer": "your answer",
    "answer_by": "the day you need an answer by",
    "consequence": "the step you will take then",
    "decision": "what was decided",
    "first_step": "the first step",
    "goal": "what they want to achieve, in their own words",
    "how_often": "how often you will be in touch",
    "included": "what is included",
    "main_topic": "the main topic",
    "my_task": "what you will do",
    "new_date": "the day you can do it by",
    "news": "what is new with you",
    "next_step": "the step after it",
    "not_included": "what is not included",
    "payment_terms": "when and how it is paid",
    "prevention": "what you have changed",
    "price": "the price",
    "proposed_day": "a day and a time",
    "reason": "your reason",
    "remedy": "what you have done to put it right",
    "reply_within": "how soon you answer",
    "request": "what they asked for",
    "someone_else": "someone who can help",
    "start_date": "the day you begin",
    "surprise": "what you have picked out for them",
    "time_available": "how long you have",
    "time_needed": "how long it takes",
    "urgent_means": "what counts as urgent",
    "urgent_phone": "your number for urgent matters",
    "what_happened": "what went wrong, in one sentence",
    "what_is_done": "what you have done, or where it is",
    "what_is_needed": "what you need from them",
    "what_reminded_you": "what made you think of them",
    "your_task": "what they will do",
}
"""Name → what stands in square brackets for the owner to write: no workbook says it."""

PLACEHOLDERS: Mapping[str, str] = {**FROM_THE_WORKBOOK, **FROM_THE_OWNER}
"""Every name that a letter may use, with the words for its place."""

MOST_VALUES = 100
"""How many values one letter may show."""

DEEPEST = 20
"""How deep a letter's conditions may stand inside each other."""


_MAY = "a letter may only show values, as in {{ name }}, and choose with {% if %}"
_WORDS: tuple[tuple[type[nodes.Node] | tuple[type[nodes.Node], ...], str], ...] = (
    (nodes.For, "a loop"),
    ((nodes.Call, nodes.CallBlock), "a call"),
    ((nodes.Getattr, nodes.Getitem), "a part of a value"),
    ((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends), "another file"),
    (nodes.Macro, "a macro"),
    ((nodes.Assign, nodes.AssignBlock), "an assignment"),
    ((nodes.BinExpr, nodes.UnaryExpr, nodes.Concat), "arithmetic"),
)
_HARMLESS = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.CondExpr,
    nodes.And,
    nodes.Or,
    nodes.Not,
)


class _Missing:
    """A value that is not known: false in a condition, its place in square brackets where it is shown."""

    def __init__(self, placeholder: str, seen: dict[str, None]) -> None:
        self._placeholder = placeholder
        self._seen = seen

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        self._seen[self._placeholder] = None
        return f"[{self._placeholder}]"


def _of_text(change: Callable[[str], str]) -> Callable[[object], object]:
    """A filter for text that leaves a missing value missing."""
    return lambda value: value if isinstance(value, _Missing) else change(str(value))


_ENVIRONMENT = Environment(autoescape=False)
"""It reads letters, and runs none. Nothing is escaped: a letter is plain text, which its page escapes."""

_FILTERS = {
    "capitalize": _of_text(words.sentence_case),
    "lower": _of_text(str.lower),
    "upper": _of_text(str.upper),
}


@lru_cache(maxsize=512)
def checked(source: str) -> nodes.Template:
    """The parsed template, in which everything is harmless.

    Raises: Unusable for the first thing that is not, and for too many values.
    """
    try:
        tree = _ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        raise Unusable(
            f"the brackets in {_line(source, error.lineno)!r} cannot be read; {_MAY} … {{% endif %}}"
        ) from None
    except (RecursionError, ValueError, OverflowError):
        raise Unusable(f"its brackets cannot be read; {_MAY} … {{% endif %}}") from None
    for node, line, depth in _walk(tree):
        fault = "too many conditions inside each other" if depth > DEEPEST else _fault(node)
        if fault:
            raise Unusable(f"the line {_line(source, line)!r} has {fault}; {_MAY} … {{% endif %}}")
    shown = sum(
        not isinstance(part, nodes.TemplateData)
        for output in tree.find_all(nodes.Output)
        for part in output.nodes
    )
    if shown > MOST_VALUES:
        raise Unusable(
            f"it shows {shown:,} values, and {MOST_VALUES} are the most; make it shorter"
        )
    return tree


def _line(source: str, number: int) -> str:
    lines = source.split("\n")
    return short(lines[min(number, len(lines)) - 1])


def _walk(tree: nodes.Node) -> Iterator[tuple[nodes.Node, int, int]]:
    """Every node with its line and its depth, in the order of the text.

    It keeps its own list of nodes, so that no depth of nesting can exhaust the stack.
    """
    waiting: list[tuple[nodes.Node, int, int]] = [(tree, 1, 0)]
    while waiting:
        node, line, depth = waiting.pop()
        yield node, line, depth
        # Jinja leaves some nodes without a line of their own.
        below = [(child, child.lineno or line, depth + 1) for child in node.iter_child_nodes()]
        waiting.extend(reversed(below))


def _fault(node: nodes.Node) -> str | None:
    """What a node has that letters may not have, in the owner's words; None where it is harmless."""
    if isinstance(node, _HARMLESS):
        return None
    if isinstance(node, nodes.Name):
        if node.ctx != "load":
            return f"an assignment to {short(node.name)}"
        return None if node.name in PLACEHOLDERS else _unknown(node.name)
    if isinstance(node, nodes.Const):
        return None if isinstance(node.value, str) else "something other than text"
    if isinstance(node, nodes.Compare | nodes.Operand):
        operands = node.ops if isinstance(node, nodes.Compare) else [node]
        plain = all(operand.op in ("eq", "ne") for operand in operands)
        return None if plain else "a comparison other than == and !="
    if isinstance(node, nodes.Filter):
        if node.name in _FILTERS and not (node.args or node.kwargs):
            return None
        return f"the filter {short(node.name)}, while there are only {_filters()}"
    return next(
        (word for kinds, word in _WORDS if isinstance(node, kinds)),
        "a command that letters do not have",
    )


def _filters() -> str:
    return words.listed(sorted(_FILTERS), most=len(_FILTERS))


def _unknown(name: str) -> str:
    from rapidfuzz import fuzz, process  # only where there is something to suggest

    nearest = process.extractOne(name, list(PLACEHOLDERS), scorer=fuzz.ratio, score_cutoff=60)
    hint = f" (is it {nearest[0]}?)" if nearest else ""
    return f"a value of the name {short(name)}, which is not known{hint}"


def fill(letter: Letter, known: Mapping[str, str]) -> Filled:
    """The letter with the values in their places, and square brackets for each that is not known."""
    missing: dict[str, None] = {}
    subject = fill_text(letter.subject, known, missing)
    body = fill_text(letter.body, known, missing)
    return Filled(" ".join(subject.split()), body, tuple(missing))


def fill_text(source: str, known: Mapping[str, str], missing: dict[str, None]) -> str:
    """A part of a letter with the values in their places; what is not known is noted in ``missing``.

    Values go in as they are: nothing in them is read as a template.
    """
    shown = {
        name: known.get(name) or _Missing(placeholder, missing)
        for name, placeholder in PLACEHOLDERS.items()
    }
    text = "".join(_filled(checked(source).body, shown))
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    # A passage that is left out leaves its empty lines behind.
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")


_Values = Mapping[str, object]


def _filled(body: Sequence[nodes.Node], values: _Values) -> Iterator[str]:
    """The text of a checked passage, piece by piece."""
    for node in body:
        if isinstance(node, nodes.If):
            yield from _filled(_chosen(node, values), values)
        elif isinstance(node, nodes.Output):
            for part in node.nodes:
                yield part.data if isinstance(part, nodes.TemplateData) else str(_of(part, values))


def _chosen(node: nodes.If, values: _Values) -> Sequence[nodes.Node]:
    """The passage whose condition is the first that holds, else the last; nothing where there is none."""
    for one in (node, *node.elif_):
        if _of(one.test, values):
            return one.body
    return node.else_


def _of(node: nodes.Node, values: _Values) -> object:
    """What a checked expression comes to."""
    match node:
        case nodes.Name():
            return values[node.name]
        case nodes.Const():
            return node.value
        case nodes.And():
            return _of(node.left, values) and _of(node.right, values)
        case nodes.Or():
            return _of(node.left, values) or _of(node.right, values)
        case nodes.Not():
            return not _of(node.node, values)
        case nodes.CondExpr(test=test, expr1=one, expr2=other):
            if _of(test, values):
                return _of(one, values)
            return "" if other is None else _of(other, values)
        case nodes.Filter(node=nodes.Expr() as of):
            return _FILTERS[node.name](_of(of, values))
        case nodes.Compare():
            sides = [_of(side, values) for side in (node.expr, *(one.expr for one in node.ops))]
            return all(
                (left == right) == (one.op == "eq")
                for left, one, right in zip(sides, node.ops, sides[1:], strict=False)
            )
    raise AssertionError(f"{type(node).__name__} is not checked")
