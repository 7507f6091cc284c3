"""reportgen: from a spreadsheet of clients and touchpoints to a site on how the relationships stand.

One way through: file → tables → :class:`~reportgen.model.Book` → findings → report → pages → folder.
"""

from __future__ import annotations

__version__ = "0.1.0"
