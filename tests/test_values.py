"""Values behave as the standard library's frozen dataclasses do, but that assignment goes unnoticed."""

from __future__ import annotations

import dataclasses
from dataclasses import field

from reportgen import values


def _made(decorator: object) -> type:
    class Coin:
        face: int
        edge: tuple[str, ...] = ()
        worn: bool = field(default=False, compare=False)
        kept: str = field(default="here", repr=False)

    Coin.__qualname__ = "Coin"
    return decorator(frozen=True, slots=True)(Coin)  # type: ignore[operator, no-any-return]


OURS, THEIRS = _made(values.dataclass), _made(dataclasses.dataclass)


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
