import pytest
from django.utils import translation
from django.utils.safestring import mark_safe

from pages.templatetags.typography import typography, typography_plain

pytestmark = pytest.mark.any_database

NBSP, NNBSP = "\u00a0", "\u202f"


@pytest.fixture(autouse=True)
def in_french():
    with translation.override("fr"):
        yield


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Que faire ?", f"Que faire{NNBSP}?"),
        ("Que faire?", f"Que faire{NNBSP}?"),
        ("Non !!", f"Non{NNBSP}!!"),
        ("Il dort; elle lit.", f"Il dort{NNBSP}; elle lit."),
        ("Le soir : un livre", f"Le soir{NBSP}: un livre"),
        ("Le soir: un livre", f"Le soir{NBSP}: un livre"),
        ("« Dors »", f"«{NBSP}Dors{NBSP}»"),
        ("«Dors»", f"«{NBSP}Dors{NBSP}»"),
        ("« Dort-il ? »", f"«{NBSP}Dort-il{NNBSP}?{NBSP}»"),
        ("l'enfant n'a pas", "l’enfant n’a pas"),
        ("0-3 mois", f"0–3{NBSP}mois"),
        ("4 - 11 mois", f"4–11{NBSP}mois"),
        ("38 °C", f"38{NBSP}°C"),
        ("0 800 00 34 56", f"0{NBSP}800{NBSP}00{NBSP}34{NBSP}56"),
        ("Attendez...", "Attendez…"),
    ],
)
def test_french_rules(typed, printed):
    assert typography_plain(typed) == printed
    # Twice changes nothing.
    assert typography_plain(printed) == printed


@pytest.mark.parametrize(
    "text",
    ["https://exemple.fr/?q=a;b", "12:30", "2026-11-10", "06-12-34-56-78", "porte-bébé", ""],
)
def test_what_is_not_prose_stays(text):
    assert typography_plain(text) == text


def test_ordinals_are_raised_in_markup_only():
    assert typography("le 1er mois, la 2ème nuit") == (
        "le 1<sup>er</sup> mois, la 2<sup>e</sup> nuit"
    )
    assert typography_plain("le 1er mois") == "le 1er mois"


def test_plain_text_is_escaped():
    assert typography("<b>l'eau</b> ?") == f"&lt;b&gt;l’eau&lt;/b&gt;{NNBSP}?"


def test_tags_attributes_and_entities_stay():
    html = mark_safe('<a href="/l\'eau?a=1;b" title="Quoi ?">l&#x27;eau</a> &amp; toi ?')
    assert typography(html) == (
        f'<a href="/l\'eau?a=1;b" title="Quoi ?">l’eau</a> &amp; toi{NNBSP}?'
    )


def test_code_and_scripts_stay():
    html = mark_safe("<code>a ?</code> <script>b ?</script>")
    assert typography(html) == html


def test_other_languages_are_left_as_they_are():
    with translation.override("en"):
        assert typography("Why ?") == "Why ?"
        assert typography_plain("Why ?") == "Why ?"


def test_nothing_shows_nothing():
    assert typography(None) == typography_plain(None) == ""
