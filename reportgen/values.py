"""Values: dataclasses that are made quickly, and that the type checker alone holds frozen.

The standard library writes and compiles seven functions for each frozen dataclass. With some four hundred
classes that is a quarter of a second in each run, more than anything else that a build imports. Here
only ``__init__`` is compiled, and the other functions are shared by all.

``cached_property`` is the standard library's without its lock, which takes longer than most of our parts
(from Python 3.12 on it has none); no value of ours is shared by threads.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
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

    def dataclass(*, frozen: bool, slots: bool):
        """What makes a class a dataclass; called as the standard library's is."""
        assert frozen
        assert slots
        return _value


def _value(cls: type) -> Any:
    own = cls.__dict__
    made: Any = dataclasses.dataclass(slots=True, eq=False, repr=False)(cls)
    fields = dataclasses.fields(made)
    compared = [field.name for field in fields if field.compare]
    made._compared = staticmethod(attrgetter(*compared) if compared else type)
    made._shown = tuple(field.name for field in fields if field.repr)
    for name, function in (("__eq__", _eq), ("__hash__", _hash), ("__repr__", _repr)):
        if name not in own:
            setattr(made, name, function)
    return made


def _eq(self: Any, other: Any) -> Any:
    if self.__class__ is not other.__class__:
        return NotImplemented
    return self._compared(self) == self._compared(other)


def _hash(self: Any) -> int:
    return hash(self._compared(self))


def _repr(self: Any) -> str:
    said = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._shown)
    return f"{type(self).__qualname__}({said})"
