"""Every language that is offered has a catalogue, complete for what parents read."""

import gettext

import pytest
from django.conf import settings
from django.utils import translation

from tools import messages

pytestmark = pytest.mark.any_database


def test_the_settings_and_the_catalogues_name_the_same_languages():
    folders = {folder.name for folder in messages.LOCALE.iterdir()}
    assert folders == {code for code, _name in settings.LANGUAGES}


def test_every_public_text_is_in_every_language():
    """The French has its own test: see test_consistency."""
    lacking = [line for line in messages.problems() if "“fr”" not in line and "/fr/" not in line]
    assert lacking == []


def test_what_parents_read_is_told_from_the_rest():
    public = ("templates/404.html", "templates/components/sources.html", "templates/blocks/a.html")
    other = ("templates/pages/admin/guide.html", "templates/pages/mails/a.txt", "pages/guide.py")
    assert all(map(messages.is_public, (*public, "templates/pages/topic_page.html")))
    assert not any(map(messages.is_public, (*other, "templates/workgroups/card.html")))


@pytest.mark.parametrize("code", ["ar", "uk"])
def test_each_number_has_its_form(code):
    catalogue = gettext.translation("django", messages.LOCALE, [code])
    forms = {catalogue.ngettext("%(count)s topic", "%(count)s topics", n) for n in range(120)}
    # Ukrainian keeps its fourth for fractions.
    assert len(forms) == {"ar": 6, "uk": 3}[code]
    with translation.override(code):
        assert translation.gettext("Themes") != "Themes"
