"""Another e-mail address counts once it is confirmed, and opens nothing to whoever reads the one
before."""

import io
import re

import pytest
from django.urls import reverse

from pages.site_languages import prepare, switch
from professionals import links
from professionals.changes import apply_change
from professionals.exchange.importing import import_file
from professionals.links import Purpose
from professionals.models import Professional
from professionals.states import accept
from tests.factories.accounts import UserFactory
from tests.factories.professionals import ProfessionalFactory
from tests.factories.translations import shelves

pytestmark = pytest.mark.django_db
ASK = "/fr/professionnels/modifier/"
OLD, NEW, WRONG = "vraie@exemple.invalid", "neuve@exemple.invalid", "fausse@exemple.invalid"


@pytest.fixture
def entry():
    return ProfessionalFactory(published=True, name="Les Lucioles", email=OLD)


def stored():
    return Professional.objects.get()


def opened(entry):
    return reverse("change", args=[links.signed_address(entry, Purpose.EDIT)])


def who(entry, email):
    said = {"name": entry.name, "is_natural_person": "no", "kind": entry.kind_id}
    return said | {"email": email}


def links_of(mail):
    return [part.split()[0] for part in mail.body.split("http://localhost:8000")[1:]]


def test_the_old_address_stays_until_the_new_one_is_confirmed(visitor, entry):
    here = opened(entry)
    visitor.send(f"{here}qui/", who(entry, WRONG))
    assert stored().email == OLD
    assert [mail.to for mail in visitor.mails] == [[WRONG], [OLD]]
    assert WRONG in visitor.mails[-1].body
    page = visitor.get(here).content.decode()
    assert "data-new-email" in page
    assert WRONG in visitor.get(f"{here}qui/").content.decode()
    # Sent again, nothing more happens; to the wrong address nothing of the entry is ever sent.
    visitor.send(f"{here}qui/", who(entry, WRONG))
    visitor.send(ASK, {"who": WRONG})
    assert len(visitor.mails) == 2
    visitor.send(ASK, {"who": OLD})
    assert visitor.mails[-1].to == [OLD]
    [first] = links_of(visitor.mails[0])
    # Meant is another one: the link that went to the wrong one is over.
    visitor.send(f"{here}qui/", who(entry, NEW))
    assert visitor.send(first).status_code == 410
    [link] = links_of(visitor.mails[-2])
    assert visitor.mails[-2].to == [NEW]
    assert "<button" in visitor.get(link).content.decode()
    assert stored().email == OLD
    edit = links.create(entry, Purpose.EDIT)
    done = visitor.send(link)
    assert stored().email == NEW
    assert "data-new-email" not in visitor.get(done.url).content.decode()
    assert visitor.mails[-1].to == [OLD]
    # What was opened from the old address is over, but for the link that undoes it.
    assert visitor.get(here).status_code == 410
    assert visitor.send(f"{here}offre/", {"description": "x"}).status_code == 410
    assert visitor.get(f"{ASK}lien/{edit}/").status_code == 410
    assert visitor.send(links_of(visitor.mails[-1])[0]).status_code == 303
    assert visitor.send(link).status_code == 410
    assert list(Professional.objects.to_look_at()) == [entry]


def test_among_arabic_words_it_is_read_as_it_was_typed(visitor, entry, site):
    prepare("ar")
    shelves("ar")
    switch("ar", True, site.coordinator)
    here = opened(entry)
    visitor.send(f"{here}qui/", who(entry, WRONG))
    page = visitor.get(here.replace("/fr/", "/ar/")).content.decode()
    assert re.findall(r'<bdi dir="ltr">(\S+)</bdi>', page)[:2] == [WRONG, OLD]


def test_one_may_keep_the_old_one_or_have_the_mail_again(visitor, entry):
    here = opened(entry)
    visitor.send(f"{here}qui/", who(entry, NEW))
    [link] = links_of(visitor.mails[0])
    answer = visitor.send(here, {"mail_again": "1"}).url
    assert visitor.mails[-1].to == [NEW]
    assert 'data-mailed="parti"' in visitor.get(answer).content.decode()
    for _number in range(2):
        answer = visitor.send(here, {"mail_again": "1"}).url
    assert 'data-mailed="attendre"' in visitor.get(answer).content.decode()
    visitor.send(here, {"keep_email": "1"})
    assert "data-new-email" not in visitor.get(here).content.decode()
    assert visitor.send(link).status_code == 410
    for _number in range(4):
        page = visitor.send(f"{here}qui/", who(entry, NEW))
        visitor.send(here, {"keep_email": "1"})
    assert page.status_code == 429
    assert stored().email == OLD


def test_a_registrations_wrong_address_opens_nothing_once_it_is_corrected(visitor):
    here = visitor.begin(email=WRONG).url.replace("/ou/", "/qui/")
    strangers = visitor.send(visitor.mailed()).url.replace("/ou/", "/qui/")
    following = visitor.send(here, visitor.steps.who | {"email": NEW}).url
    assert stored().email == NEW
    assert visitor.get(following).status_code == 200
    assert visitor.mails[-1].to == [NEW]
    assert visitor.get(strangers).status_code == 410
    taken = visitor.send(strangers, visitor.steps.who | {"email": WRONG})
    assert (taken.status_code, stored().email) == (410, NEW)


def test_a_moderators_change_counts_at_once_and_ends_what_the_old_address_had(visitor, entry):
    here = opened(entry)
    visitor.send(f"{here}qui/", who(entry, WRONG))
    tokens = {purpose: links.create(entry, purpose) for purpose in ("edit", "confirm")}
    apply_change(entry, {"email": NEW}, UserFactory())
    assert stored().email == NEW
    for purpose, token in tokens.items():
        with pytest.raises(links.UsedLink):
            links.look(token, purpose)
    assert visitor.get(here).status_code == 410
    assert visitor.send(links_of(visitor.mails[0])[0]).status_code == 410
    assert stored().email == NEW


def test_no_import_changes_the_address_of_what_was_accepted():
    header = "source;identifiant;nom;type;code_postal;organisme_public;criteres;priorites"
    header += ";courriel;ages\n"

    reports = []

    def take(email, ages, write=True):
        row = f"x;1;La Bulle;laep;69007;Caf;conventionne;8;{email};{ages}\n"
        file = io.BytesIO((header + row).encode())
        import_file(file, write=write, told=reports.append)
        return stored()

    accept(take(OLD, "0–3 ans"), UserFactory())
    entry = take(WRONG, "0–4 ans")
    assert (entry.email, entry.ages) == (OLD, "0–4 ans")
    # Before, and while it imports, it says that the address stays.
    take(NEW, "0–4 ans", write=False)
    assert take(NEW, "0–4 ans").email == OLD
    assert reports[-1] == reports[-2]
    assert (reports[-1].what, reports[-1].kept) == ("left", [("courriel", OLD, NEW)])
