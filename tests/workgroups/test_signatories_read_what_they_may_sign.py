"""A signatory reads what she may sign and what she signed, and takes off what
parents read or will read; the rest is its group's business."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from pages.models import ThemePage, TopicPage
from tests.factories.workgroups import (
    WorkgroupFactory,
    bring_to_sign_off,
    publish,
    signatory,
    signature_for,
)
from workgroups import signing, workflow
from workgroups.models import Membership, SignOff

SECRET = "Secretissime"


def sign_off_of(page):
    return reverse("editorial_sign_off", args=[page.pk])


def withdrawal_of(page):
    return reverse("editorial_withdraw", args=[page.pk])


def reads(client, address):
    """Whether the user is let in; the title stands nowhere else."""
    response = client.get(address, follow=True)
    let_in = response.status_code == HTTPStatus.OK and not response.redirect_chain
    assert let_in is (SECRET in response.content.decode())
    return let_in


@pytest.fixture
def reserved(world):
    """A topic at sign-off that one of its theme's two signatories has signed;
    the world's signatory is none of them."""
    theme = ThemePage.objects.get(pk=world.theme.pk)
    theme.signatories = [world.second_signatory, signatory()]
    theme.required_signatures = 2
    theme.save()
    page = world.make_topic(SECRET)
    bring_to_sign_off(page, world.author)
    signing.sign(page.pk, world.second_signatory, signature_for(page))
    return page


def test_what_another_theme_has_at_sign_off_is_told_to_its_signatories(world, login, reserved):
    client = login(world.signatory)
    for address in (sign_off_of(reserved), withdrawal_of(reserved)):
        assert not reads(client, address)
    client = login(world.second_signatory)
    for address in (sign_off_of(reserved), withdrawal_of(reserved)):
        assert reads(client, address)


def test_nobody_ends_signatures_on_what_she_may_not_sign(world, login, reserved):
    login(world.signatory).post(withdrawal_of(reserved), {"reason": "Non."})
    with pytest.raises(PermissionDenied):
        signing.withdraw(reserved, world.signatory, "Non.")
    assert not reserved.withdrawals.exists()
    assert SignOff.objects.in_force(reserved.pk, reserved.latest_revision_id).count() == 1


def test_any_signatory_takes_off_what_parents_will_read(world, login):
    theme = ThemePage.objects.get(pk=world.theme.pk)
    theme.signatories = [world.second_signatory]
    theme.save()
    page = world.make_topic(SECRET)
    bring_to_sign_off(page, world.author)
    later = timezone.now() + timedelta(days=3)
    signing.sign(page.pk, world.second_signatory, signature_for(page, publish_at=later))
    client = login(world.signatory)
    assert reads(client, withdrawal_of(page))
    client.post(withdrawal_of(page), {"reason": "Une source a changé."})
    assert page.withdrawals.count() == 1


@pytest.fixture
def next_round(world):
    """A published topic whose next version is at sign-off; who signed the first
    has lost her role and writes for another group."""
    page = publish(world.make_topic("Titre"), world.author, world.signatory)
    workflow.start_round(page, world.author)
    page = TopicPage.objects.get(pk=page.pk)
    page.key_message = SECRET
    page.save_revision(user=world.author)
    bring_to_sign_off(page, world.author)
    world.signatory.groups.clear()
    Membership.objects.create(
        user=world.signatory, workgroup=WorkgroupFactory(name="Repas"), role="author"
    )
    return TopicPage.objects.get(pk=page.pk)


def test_a_signature_under_another_version_opens_nothing(world, login, next_round):
    revision = signing.revision_to_sign(next_round.get_record())
    preview = reverse("editorial_sign_off_preview", args=[next_round.pk, revision.pk])
    client = login(world.signatory)
    for address in (sign_off_of(next_round), preview):
        assert not reads(client, address)
    client = login(world.second_signatory)
    for address in (sign_off_of(next_round), preview):
        assert reads(client, address)
    signing.sign(next_round.pk, world.second_signatory, signature_for(next_round))
    assert client.get(sign_off_of(next_round)).url == reverse("wagtailadmin_home")
