"""What stands in a .csv."""

from __future__ import annotations

from second_readers.values import Broken, Rows, Sheets


def read_csv(text: str, delimiter: str) -> Sheets:
    """A .csv, letter by letter: quotes only around a whole cell, doubled inside."""
    rows: Rows = {}
    row = column = at = 0
    while at < len(text):
        if text[at] == '"':
            end, said = at + 1, ""
            while True:
                close = text.find('"', end)
                if close < 0:
                    raise Broken
                said += text[end:close]
                if text[close : close + 2] != '""':
                    break
                said, end = said + '"', close + 2
            at = close + 1
            if at < len(text) and text[at] not in (delimiter, "\r", "\n"):
                raise Broken
        else:
            ends = [found for one in (delimiter, "\r", "\n") if (found := text.find(one, at)) >= 0]
            end = min(ends, default=len(text))
            said, at = text[at:end], end
        if said.strip():
            rows[row, column] = said.strip()
        column += 1
        if text[at : at + 1] in ("\r", "\n"):
            row, column = row + 1, 0
            at += text[at : at + 2] == "\r\n"
        at += 1
    return {"": rows}
