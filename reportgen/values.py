"""Values: dataclasses that are made quickly, and that the type checker alone holds frozen.

The standard library writes and compiles seven functions for each frozen dataclass. With some four hundred
classes that is a quarter of a second in each run, more than anything else that a build imports. Here
nothing is compiled for one class: all with as many fields share the code of ``__init__``, under names of
their own, and the other functions are the same for all. What ``dataclasses.fields`` wants to know is made
when somebody asks.

``cached_property`` is the standard library's without its lock, which takes longer than most of our parts
(from Python 3.12 on it has none); no value of ours is shared by threads.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import cache, partial
from operator import attrgetter, eq, ge, gt, le, lt
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

__all__ = ["cached_property", "dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
    from functools import cached_property
else:

    class cached_property:
        """A part of a value, worked out when it is first asked for."""

        def __init__(self, work_out):
            self._work_out = work_out
            self.__doc__ = work_out.__doc__

        def __set_name__(self, owner, name):
            self._name = name

        def __get__(self, one, owner=None):
            if one is None:
                return self
            made = one.__dict__[self._name] = self._work_out(one)
            return made

    def dataclass(*, frozen=False, slots=False, order=False, unsafe_hash=False):
        """What makes a class a dataclass; called as the standard library's is."""
        return partial(_value, slots=slots, order=order, hashable=frozen or unsafe_hash)


def _value(cls: type, *, slots: bool, order: bool, hashable: bool) -> Any:
    shared = {"__eq__": _eq, "__repr__": _repr, "__hash__": _hash if hashable else None}
    if order:
        shared |= _ORDER
    return (_quick if _is_plain(cls) else _thorough)(cls, slots, shared)


def _is_plain(cls: type) -> bool:
    """Whether its fields have names, types and defaults and nothing else."""
    own = cls.__dict__
    return (
        cls.__bases__ == (object,)
        and "__post_init__" not in own
        and not any(isinstance(value, dataclasses.Field) for value in own.values())
        and not any(
            kind.startswith(("ClassVar", "KW_ONLY")) for kind in cls.__annotations__.values()
        )
    )


def _quick(cls: type, slots: bool, shared: dict[str, Any]) -> Any:
    names = tuple(cls.__annotations__)
    own = dict(cls.__dict__)
    defaults = tuple(own.pop(name) for name in names if name in own)
    for name in ("__dict__", "__weakref__"):  # a new class gets its own, or none
        own.pop(name, None)
    init: Any = FunctionType(_keeping(names), {}, "__init__", defaults)
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    parts = shared | _told(names, names) | own
    parts |= {"__init__": init, "__match_args__": names, "__dataclass_fields__": _Fields()}
    if slots:
        parts["__slots__"] = names
    made = type(cls)(cls.__name__, cls.__bases__, parts)
    made.__qualname__ = cls.__qualname__
    return made


def _keeping(names: tuple[str, ...]) -> CodeType:
    """The code of an ``__init__`` that keeps what it is given under these names."""
    return _keeping_so_many(len(names)).replace(co_varnames=("self", *names), co_names=names)


@cache
def _keeping_so_many(many: int) -> CodeType:
    names = [f"_{number}" for number in range(many)]
    body = "; ".join(f"self.{name} = {name}" for name in names) or "pass"
    found: dict[str, Any] = {}
    exec(f"def __init__({', '.join(['self', *names])}): {body}", found)
    code: CodeType = found["__init__"].__code__
    return code


class _Fields:
    """The fields of a class as the standard library knows them, made when it first looks."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner: Any = owner

    def __get__(self, one: object, cls: type) -> Any:
        owner = self._owner
        names, defaults = owner.__match_args__, owner.__init__.__defaults__ or ()
        alike = {name: getattr(owner, name) for name in ("__module__", "__annotations__")}
        alike["__doc__"] = owner.__name__  # without any, the library would write the signature
        alike |= zip(names[len(names) - len(defaults) :], defaults, strict=True)
        plain = type(owner.__name__, (), alike)
        known: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(plain)
        owner.__dataclass_params__ = known.__dataclass_params__
        owner.__dataclass_fields__ = known.__dataclass_fields__
        return known.__dataclass_fields__


def _thorough(cls: type, slots: bool, shared: dict[str, Any]) -> Any:
    cls.__doc__ = cls.__doc__ or cls.__name__  # without any, the library would write the signature
    made: Any = dataclasses.dataclass(slots=slots, eq=False, repr=False)(cls)
    fields = dataclasses.fields(made)
    told = _told(
        [field.name for field in fields if field.compare],
        [field.name for field in fields if field.repr],
    )
    for name, part in (shared | told).items():
        if name not in cls.__dict__:
            setattr(made, name, part)
    return made


def _told(compared: Sequence[str], shown: Sequence[str]) -> dict[str, Any]:
    """What the shared functions need to know of a class."""
    return {
        "_compared": staticmethod(attrgetter(*compared) if compared else type),
        "_shown": shown,
    }


def _by(operator: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """How two values of one class compare: by their compared fields, in order."""

    def compare(self: Any, other: Any) -> Any:
        if self.__class__ is other.__class__:
            return operator(self._compared(self), self._compared(other))
        return NotImplemented

    return compare


_ORDER = {"__lt__": _by(lt), "__le__": _by(le), "__gt__": _by(gt), "__ge__": _by(ge)}
_eq = _by(eq)


def _hash(self: Any) -> int:
    return hash(self._compared(self))


def _repr(self: Any) -> str:
    said = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._shown)
    return f"{type(self).__qualname__}({said})"
