"""An export as a file, read."""

from reportgen.reading.book import read
from reportgen.settings.configuration import DEFAULTS


def exported(folder, name, text, encoding="utf-8", configuration=DEFAULTS):
    """The book of a text file of that name; without a text, of what stands there."""
    path = folder / name
    if text is not None:
        path.write_bytes(text.encode(encoding))
    return read(path, configuration)[0]
