"""Compiled templates are kept from run to run, and only where nobody else can put code."""

import os
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, UndefinedError
from markupsafe import Markup

from reportgen import environments
from reportgen.environments import Compiled, cache_folders, own_folder

HELLO = "Good morning, {{ name }}"


def greeted(folder: Path, template: str = HELLO) -> str:
    """What a new run, which keeps its templates in the folder, makes of the template."""
    loader = DictLoader({"hello": template})
    environment = Environment(loader=loader, bytecode_cache=Compiled(folder))
    return environment.get_template("hello").render(name="Ada")


def compiles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fills with the source of each template that is compiled from now on."""
    found = []
    compile_one = Environment.compile

    def noted(self: Environment, source: str, *given: object, **named: object) -> object:
        found.append(source)
        return compile_one(self, source, *given, **named)

    monkeypatch.setattr(Environment, "compile", noted)
    return found


def test_a_second_run_does_not_compile(tmp_path, monkeypatch):
    compiled = compiles(monkeypatch)
    assert greeted(tmp_path) == greeted(tmp_path) == "Good morning, Ada"
    assert compiled == [HELLO]


def test_a_template_that_was_edited_is_compiled_anew(tmp_path):
    assert greeted(tmp_path) == "Good morning, Ada"
    assert greeted(tmp_path, "Good evening, {{ name }}") == "Good evening, Ada"


def test_what_another_compiler_or_other_filters_made_is_not_used(tmp_path, monkeypatch):
    compiled = compiles(monkeypatch)
    greeted(tmp_path)
    monkeypatch.setattr(environments, "_compiler", lambda: b"of another version")
    greeted(tmp_path)
    assert compiled == [HELLO, HELLO]


def test_a_damaged_file_is_as_good_as_none(tmp_path):
    """Cut off after each byte, and with each byte changed: no code runs that was not compiled."""
    greeted(tmp_path)
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    for at in range(len(whole)):
        for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
            kept.write_bytes(damaged)
            assert greeted(tmp_path) == "Good morning, Ada"


def test_nothing_is_lost_where_nothing_can_be_kept(tmp_path):
    assert greeted(tmp_path / "is not there") == "Good morning, Ada"


def test_the_folder_is_made_for_the_user_alone(tmp_path):
    folder = tmp_path / "cache" / "templates"
    assert own_folder(folder)
    assert own_folder(folder), "the second run finds it"
    assert folder.stat().st_mode & 0o777 == 0o700
    greeted(folder)
    assert [one.stat().st_mode & 0o777 for one in folder.iterdir()] == [0o600]


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o702, 0o777])
def test_a_folder_that_others_can_enter_is_not_used(tmp_path, mode):
    folder = tmp_path / "templates"
    folder.mkdir()
    folder.chmod(mode)
    assert not own_folder(folder)


def test_a_folder_of_somebody_else_is_not_used(tmp_path, monkeypatch):
    folder = tmp_path / "templates"
    assert own_folder(folder)
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    assert not own_folder(folder)


def test_a_link_to_a_folder_and_a_file_are_not_used(tmp_path):
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").touch(mode=0o700)
    assert own_folder(tmp_path / "real")
    assert not own_folder(tmp_path / "link")
    assert not own_folder(tmp_path / "file")


def test_the_cache_is_in_the_users_home_or_where_she_says(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    beside = Path(environments.__file__).parent / "__pycache__" / "templates"
    assert list(cache_folders()) == [beside, tmp_path / ".cache" / "reportgen"]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    assert list(cache_folders()) == [beside, tmp_path / "elsewhere" / "reportgen"]
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert list(cache_folders()) == [beside]
    monkeypatch.setenv("HOME", str(tmp_path / "is not there"))
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert list(cache_folders()) == [beside], "no home is made for somebody who has none"


def test_a_value_in_html_is_escaped_and_markup_is_not():
    """In the body, in a macro, in a loop, joined to others and after a filter; a number as it is."""
    for source in (
        "{{ name }}",
        "{% macro of(one) %}{{ one }}{% endmacro %}{{ of(name) }}",
        "{% for one in [name] %}{{ one }}{% endfor %}",
        "{% set one %}{{ name }}{% endset %}{{ one }}",
        '{{ "" ~ name }}',
        "{{ name | sentence_case }}",
        "{{ name if name }}",
    ):
        template = environments.html().from_string(source)
        assert template.render(name='A <b> & "C" d\'E') == "A &lt;b&gt; &amp; &#34;C&#34; d&#39;E"
        assert template.render(name=Markup("Plain")) == "Plain"
    shown = environments.html().from_string("{{ one }}{{ other }}")
    assert shown.render(one=Markup("<b>"), other=7) == "<b>7"


def test_a_value_in_markdown_is_escaped_and_markup_is_not():
    """A macro's own text is not escaped a second time."""
    for source in (
        "{{ name }}",
        "{% macro of(one) %}{{ one }}{% endmacro %}{{ of(name) }}",
        "{% for one in [name] %}{{ one }}{% endfor %}",
        "{{ name | sentence_case }}",
    ):
        template = environments.markdown().from_string(source)
        assert template.render(name="A |*<b> & c\nd") == r"A \|\*&lt;b> & c d".replace(">", "&gt;")
        assert template.render(name=Markup("*Plain*")) == "*Plain*"
    assert environments.markdown().from_string("{{ one }}").render(one=7) == "7"


@pytest.mark.parametrize(
    "blank", [one for one in map(chr, range(0x10000)) if one.isspace() and one != "\u00a0"]
)
def test_a_value_in_markdown_is_one_line_whatever_blanks_are_in_it(blank):
    shown = environments.markdown_text
    assert shown(f"a{blank}b") == shown(f"a {blank}b") == shown(f"{blank}a b{blank}") == "a b"
    assert shown(f"a\u00a0b{blank}") == "a\u00a0b"


def test_what_is_not_there_is_no_empty_place():
    with pytest.raises(UndefinedError):
        environments.html().from_string("{{ nothing }}").render()
    with pytest.raises(UndefinedError):
        environments.markdown().from_string("{{ nothing }}").render()


def test_a_macro_takes_its_parameters_by_place_by_name_and_by_default():
    macro = "{% macro of(one, other='b', third='c') %}{{ one }}{{ other }}{{ third }}{% endmacro %}"

    def made(call):
        return environments.html().from_string(f"{macro}{{{{ {call} }}}}").render()

    assert made("of('1')") == "1bc"
    assert made("of('1', '2')") == "12c"
    assert made("of('1', third='3')") == "1b3"
    assert made("of(other='2', one='1')") == "12c"
    for wrong in ("of()", "of('1', fourth='4')", "of('1', one='2')", "of('1', '2', '3', '4')"):
        with pytest.raises((TypeError, UndefinedError)):
            made(wrong)
