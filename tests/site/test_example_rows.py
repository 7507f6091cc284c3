"""Example rows never get onto a page: how many there are is said, and which among the data problems."""

from datetime import date

from reportgen.report.report import make_report
from reportgen.site.files import pages

OF_THE_EXAMPLES = ("Harbour", "Quill", "Periwinkle", "480", "Snowglobe", "Marzipan")


def test_of_an_example_row_only_its_name_is_shown_and_only_among_the_problems(book, settings):
    """
    # Business
    Setting  | Value
    Currency | GBP

    # Clients
    Client           | Contact     | Notes
    Example: Harbour | Quill       | Periwinkle
    Acme             | Ann Ash     |

    # Touchpoints
    Date       | Client           | Activity | Topic      | Minutes
    2026-06-02 | Example: Harbour | Call     | Snowglobe  | 30
    2026-06-02 | Acme             | Call     | The garden | 20

    # Sales
    Date       | Client           | Amount | Service
    2026-06-03 | Example: Harbour | 480    | Marzipan
    2026-06-03 | Acme             | 120    | Design
    """
    shown, said = {}, {}
    for file in pages(make_report(book, settings, date(2026, 6, 30))):
        content = file.render()
        text = content if isinstance(content, str) else content.decode(errors="replace")
        said[file.path] = text
        shown[file.path] = [word for word in OF_THE_EXAMPLES if word in text]
    assert {path: found for path, found in shown.items() if found} == {
        "problems.html": ["Harbour"],
        "markdown/problems.md": ["Harbour"],
        "report.json": ["Harbour"],
    }
    assert "leaves out 3 rows of totals or examples" in said["problems.html"]
    assert "3 data problems" in said["index.html"]
    assert "3 data problems" in said["clients/acme.html"]
