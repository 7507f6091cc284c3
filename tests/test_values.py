"""Values behave as the standard library's frozen dataclasses do, but that assignment goes unnoticed."""

from __future__ import annotations

import dataclasses
import inspect
from dataclasses import field

import pytest

from reportgen import values


def _made(decorator: object) -> type:
    """A class with fields that only the standard library knows."""

    class Coin:
        face: int
        edge: tuple[str, ...] = ()
        worn: bool = field(default=False, compare=False)
        kept: str = field(default="here", repr=False)

    Coin.__qualname__ = "Coin"
    return decorator(frozen=True, slots=True)(Coin)  # type: ignore[operator, no-any-return]


def _plain(decorator: object, **options: bool) -> type:
    """A class whose fields have names, types and defaults."""

    class Note:
        words: str
        pages: int = 1
        kept: str = "here"

        def shout(self) -> str:
            """The words in capitals."""
            return self.words.upper()

    Note.__qualname__ = "Note"
    return decorator(**options)(Note)  # type: ignore[operator, no-any-return]


OURS, THEIRS = _made(values.dataclass), _made(dataclasses.dataclass)
SHAPES = (
    {"frozen": True, "slots": True},
    {"frozen": True},
    {"slots": True},
    {"slots": True, "unsafe_hash": True},
    {"frozen": True, "slots": True, "order": True},
)


@pytest.mark.parametrize("options", SHAPES, ids=" ".join)
def test_a_plain_class_is_what_theirs_is(options: dict[str, bool]):
    ours, theirs = _plain(values.dataclass, **options), _plain(dataclasses.dataclass, **options)
    assert repr(ours("a", kept="there")) == repr(theirs("a", kept="there"))
    assert ours("a").shout() == "A"
    assert ours.__match_args__ == theirs.__match_args__
    assert (ours.__hash__ is None) == (theirs.__hash__ is None)
    assert hasattr(ours("a"), "__dict__") == hasattr(theirs("a"), "__dict__")
    assert inspect.signature(ours).parameters.keys() == inspect.signature(theirs).parameters.keys()
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'words'"):
        ours()


def test_the_standard_library_knows_the_fields_of_a_plain_class():
    ours = _plain(values.dataclass, frozen=True, slots=True)
    known = [(field.name, field.type, field.default) for field in dataclasses.fields(ours)]
    assert known == [
        ("words", "str", dataclasses.MISSING),
        ("pages", "int", 1),
        ("kept", "str", "here"),
    ]
    assert dataclasses.is_dataclass(ours)
    assert dataclasses.astuple(ours("a", 2)) == ("a", 2, "here")
    assert dataclasses.replace(ours("a"), pages=3) == ours("a", 3)


def test_values_with_an_order_sort_by_their_fields_in_turn():
    note = _plain(values.dataclass, frozen=True, order=True)
    assert sorted([note("b"), note("a", 2), note("a", 1)]) == [
        note("a", 1),
        note("a", 2),
        note("b"),
    ]
    assert (note("a") < note("b"), note("a") >= note("b")) == (True, False)
    with pytest.raises(TypeError):
        assert note("a") < "b"


def test_a_class_on_top_of_another_has_the_fields_of_both():
    @values.dataclass(frozen=True, slots=True)
    class Below:
        low: int

    @values.dataclass(frozen=True, slots=True)
    class Above(Below):
        high: int = 2

    assert dataclasses.astuple(Above(1)) == (1, 2)
    assert [field.name for field in dataclasses.fields(Above)] == ["low", "high"]


def test_two_of_the_same_fields_are_equal_and_hash_alike():
    one, same, other = OURS(2, ("a",)), OURS(2, ("a",), worn=True), OURS(3, ("a",))
    assert (one == same, one == other, hash(one) == hash(same)) == (True, False, True)
    assert one != THEIRS(2, ("a",))
    assert len({one, same, other}) == 2


def test_it_shows_replaces_and_lists_its_fields_as_theirs_do():
    ours, theirs = OURS(2), THEIRS(2)
    assert repr(ours) == repr(theirs)
    assert dataclasses.asdict(dataclasses.replace(ours, face=5)) == dataclasses.asdict(
        dataclasses.replace(theirs, face=5)
    )
    assert not hasattr(ours, "__dict__")


def test_a_class_keeps_what_it_defines_itself():
    @values.dataclass(frozen=True, slots=True)
    class Word:
        text: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Word) and self.text.lower() == other.text.lower()

        def __hash__(self) -> int:
            return hash(self.text.lower())

    assert Word("A") == Word("a")
    assert {Word("A")} == {Word("a")}


def test_a_part_is_worked_out_once_and_only_when_asked_for():
    asked: list[int] = []

    class Purse:
        @values.cached_property
        def coins(self) -> int:
            """How many."""
            asked.append(1)
            return 3

    purse, other = Purse(), Purse()
    assert asked == []
    assert (purse.coins, purse.coins, other.coins) == (3, 3, 3)
    assert asked == [1, 1]
    assert Purse.coins.__doc__ == "How many."
