"""The check of templates sees what it says it sees."""

import pytest

from tools import templates

pytestmark = pytest.mark.any_database


@pytest.fixture
def found(tmp_path, monkeypatch):
    """Give a function: a template's text → the problems that the check finds in it."""

    def find(text):
        path = tmp_path / "templates" / "page.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        monkeypatch.setattr(templates, "ROOT", tmp_path)
        monkeypatch.setattr(templates, "get_template", lambda name: None)
        return [line for line in templates.problems() if "nothing uses it" not in line]

    return find


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color:red">',
        "<p\n  style = 'x'>",
        "<style>p {}</style>",
        '<a href="#" onclick="go()">',
        "<body class='x' onLoad=go()>",
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<a href="javascript:go()">',
        "{{ text|safe }}",
        "{{ text | safe }}",
        "{% autoescape off %}{{ text }}{% endautoescape %}",
    ],
)
def test_what_is_forbidden_is_found(found, text):
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        '<script src="/static/js/x.js" defer></script>',
        '<script type="application/ld+json">{}</script>',
        '<script id="x" type="application/json">{}</script>',
        "{# never style= nor |safe #}<p class='style'>",
        "{% comment %}style={% endcomment %}",
        '<a href="{{ url }}">one = two</a>',
        "<p>onglet = rien</p>",
    ],
)
def test_what_is_allowed_is_not(found, text):
    assert found(text) == []


def test_a_template_that_nothing_mentions_is_found(tmp_path, monkeypatch):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "forgotten.html").write_text("<p>")
    monkeypatch.setattr(templates, "ROOT", tmp_path)
    monkeypatch.setattr(templates, "get_template", lambda name: None)

    assert list(templates.problems()) == ["templates/forgotten.html: nothing uses it"]
