"""What is wrong with a setting, in words."""

from __future__ import annotations

from pydantic import ValidationError


def plain_error(error: ValidationError) -> str:
    """The first thing that pydantic found wrong, as half a sentence: ``expected 1 or more``."""
    first = error.errors()[0]
    words = {
        "greater_than_equal": "expected {ge} or more",
        "less_than_equal": "expected {le} or less",
        "int_parsing": "expected a whole number",
        "int_from_float": "expected a whole number",
        "int_type": "expected a whole number",
        "float_parsing": "expected a number",
        "decimal_parsing": "expected a number",
        "literal_error": "expected {expected}",
        "enum": "expected {expected}",
        "time_parsing": "expected a time such as 09:00",
    }
    template = words.get(first["type"])
    if template is not None:
        return template.format(**first.get("ctx", {})).replace("'", "")
    return str(first["msg"]).removeprefix("Value error, ")
