"""The gathering of texts finds what people read, in code and in templates."""

import pytest

from tools import messages

pytestmark = pytest.mark.any_database


@pytest.fixture
def gathered(tmp_path, monkeypatch):
    """Give a function: the text of one Python file and one template → the texts found."""

    def gather(code="", template=""):
        (tmp_path / "pages").mkdir(exist_ok=True)
        (tmp_path / "pages" / "views.py").write_text(code)
        path = tmp_path / "page.html"
        path.write_text(template)
        monkeypatch.setattr(messages, "ROOT", tmp_path)
        monkeypatch.setattr(messages, "our_templates", lambda: [("page.html", path)])
        return set(messages.gathered())

    return gather


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('_("Sign")', (None, "Sign", None)),
        ('gettext_lazy("Sign " "now")', (None, "Sign now", None)),
        ('translation.gettext("Sign")', (None, "Sign", None)),
        ('ngettext("%(n)s page", "%(n)s pages", n)', (None, "%(n)s page", "%(n)s pages")),
        ('pgettext("verb", "Sign")', ("verb", "Sign", None)),
    ],
)
def test_texts_of_code(gathered, code, text):
    assert gathered(code=code) == {text}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('{% translate "Sign (now)" %}', (None, "Sign (now)", None)),
        ('{% translate "L\'été" as season %}', (None, "L'été", None)),
        ('{% trans "Sign" context "verb" %}', ("verb", "Sign", None)),
        ('{% include "x.html" with label=_("Sign") %}', (None, "Sign", None)),
        ("{% blocktranslate %}By {{ name }}{% endblocktranslate %}", (None, "By %(name)s", None)),
        (
            "{% blocktranslate count n=n %}one{% plural %}many{% endblocktranslate %}",
            (None, "one", "many"),
        ),
    ],
)
def test_texts_of_templates(gathered, template, text):
    assert gathered(template="{% load i18n %}<p>" + template + "</p>") == {text}


def test_what_is_no_text_is_left_alone(gathered):
    assert gathered(code="_(variable)\nfoo('Sign')", template="<p>_('x')</p>") == set()


def test_whoever_is_refused_without_an_account_reads_it_in_her_language():
    """Parents send public forms."""
    assert messages.is_public("templates/accounts/form_from_elsewhere.html")
    assert not messages.is_public("templates/accounts/session.html")
