"""Themes: who writes there, what they ask for, and that they stay under live topics."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from accounts.deletion import UserReferredToError
from media.rules import FileInUseError
from pages.models import HomePage, ThemePage, TopicPage
from tests.factories.pages import theme_page
from tests.factories.workgroups import (
    WorkgroupFactory,
    bring_to_sign_off,
    illustration,
    member,
    person,
    publish,
    signatory,
    signature_for,
)
from tests.workgroups.doors import told
from workgroups import signing, translations
from workgroups.due import publish_due
from workgroups.models import EditorialRecord


def raise_to_two(theme):
    theme.required_signatures = 2
    theme.save_revision().publish()


def test_topics_take_over_what_their_theme_asks_for(site):
    draft, live = site.draft(title="En cours"), site.live(title="En ligne")
    raise_to_two(site.theme)
    needed = EditorialRecord.objects.values_list("required_signatures", flat=True)
    assert set(needed) == {2}
    assert TopicPage.objects.get(pk=live.pk).live
    assert (
        live.editorial_record.__class__.objects.get(page_id=live.pk).review_due_on
        == timezone.localdate()
    )
    assert EditorialRecord.objects.get(page_id=draft.pk).review_due_on is None


def test_a_draft_of_the_theme_asks_for_nothing_yet(site):
    live = site.live()
    site.theme.required_signatures = 2
    site.theme.save_revision()
    assert EditorialRecord.objects.get(page_id=live.pk).required_signatures == 1
    assert TopicPage.objects.get(pk=live.pk).required_signatures() == 1


def test_whoever_raises_the_number_is_told_which_topics_it_concerns(client, site):
    site.live(title="Déjà en ligne")
    client.force_login(person(is_superuser=True))
    form = {
        "title": "Sommeil",
        "slug": "sommeil",
        "wash": "sun",
        "required_signatures": "2",
        "workgroups": [site.group.pk],
        "action-publish": "1",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[site.theme.pk]), form, follow=True
    )
    assert "Déjà en ligne" in response.content.decode()
    assert ThemePage.objects.get().required_signatures == 2


def test_a_theme_may_name_its_own_signatories(site):
    topic = site.draft()
    assert set(topic.eligible_signatories()) == {site.signatory, site.second_signatory}
    site.theme.signatories = [site.second_signatory]
    site.theme.save()
    assert set(topic.eligible_signatories()) == {site.second_signatory}


def test_a_theme_asks_the_same_in_every_language(client, site):
    """The French one decides; the form of the others does not ask."""
    live = site.live()
    page, _made = translations.ask_for(live, "ar", site.coordinator)
    theme = ThemePage.objects.get(locale__language_code="ar")
    site.theme.signatories = [site.second_signatory]
    raise_to_two(site.theme)
    theme.refresh_from_db()
    theme.save_revision().publish()
    page = TopicPage.objects.get(pk=page.pk)
    assert page.required_signatures() == EditorialRecord.objects.get(page=page).required_signatures
    assert page.required_signatures() == 2
    assert set(page.eligible_signatories()) == {site.second_signatory}
    client.force_login(site.coordinator)
    for one, asks in ((site.theme, True), (theme, False)):
        form = client.get(reverse("wagtailadmin_pages:edit", args=[one.pk])).context["form"]
        assert ("required_signatures" in form.fields) is asks


def test_only_active_signatories_are_eligible(site):
    topic = site.draft()
    left = signatory(is_active=False)
    site.theme.signatories = [left, site.signatory, site.author]
    site.theme.save()
    assert set(topic.eligible_signatories()) == {site.signatory}


@pytest.mark.parametrize("above", ["theme", "home"])
def test_a_page_above_live_topics_is_not_unpublished(client, site, above):
    site.live(title="Lu par des parents")
    page = getattr(site, above)
    client.force_login(person(is_superuser=True))
    response = client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {}, follow=True)
    assert "Lu par des parents" in response.content.decode()
    with pytest.raises(PermissionDenied, match="Lu par des parents"):
        page.unpublish()
    page.refresh_from_db()
    page.live = False
    with pytest.raises(PermissionDenied):
        page.save(update_fields=["live"])
    assert type(page).objects.get(pk=page.pk).live


@pytest.mark.parametrize("above", ["theme", "home"])
def test_a_page_above_live_topics_is_not_deleted(client, site, above):
    topic = site.live(title="Lu par des parents")
    page = getattr(site, above)
    client.force_login(person(is_superuser=True))
    response = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), {}, follow=True)
    assert "Lu par des parents" in response.content.decode()
    with pytest.raises(PermissionDenied):
        page.delete()
    with pytest.raises(PermissionDenied):
        type(page).objects.filter(pk=page.pk).delete()
    assert TopicPage.objects.get(pk=topic.pk).live


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_nor_by_the_bulk_actions(client, site, action):
    site.live(title="Lu par des parents")
    client.force_login(person(is_superuser=True))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    back = reverse("wagtailadmin_explore", args=[site.home.pk])
    response = client.post(
        f"{url}?id={site.theme.pk}&next={back}", {"include_descendants": "on"}, follow=True
    )
    assert "Lu par des parents" in response.content.decode()
    assert ThemePage.objects.get().live
    assert TopicPage.objects.get().live


def test_a_theme_with_live_topics_stays_in_its_home(site):
    site.live()
    other = Page.get_first_root_node().add_child(
        instance=HomePage(title="Ailleurs", slug="ailleurs", locale=site.home.locale)
    )
    with pytest.raises(PermissionDenied):
        ThemePage.objects.get().move(other, pos="last-child")


def test_themes_change_their_order(site):
    site.live()
    second = theme_page(site.home, title="Repas", slug="repas")
    ThemePage.objects.get(slug="sommeil").move(second, pos="right")
    order = ThemePage.objects.order_by("path").values_list("slug", flat=True)
    assert list(order) == ["repas", "sommeil"]


def test_a_theme_without_live_topics_may_go(site):
    site.draft()
    site.theme.unpublish()
    assert not ThemePage.objects.get().live


def test_authors_of_the_theme_s_groups_add_topics_and_nobody_else(site):
    stranger = member(WorkgroupFactory(name="Ailleurs"))
    illustrator = member(site.group, "illustrator")

    def may_add(user):
        return site.theme.permissions_for_user(user).can_add_subpage()

    assert may_add(site.author)
    assert may_add(site.coordinator)
    assert not may_add(stranger)
    assert not may_add(illustrator)
    assert not may_add(site.signatory)
    site.group.active = False
    site.group.save()
    assert not may_add(site.author)


def test_nothing_goes_live_from_the_view_that_creates(site):
    for user in (site.author, site.coordinator, person(is_superuser=True)):
        assert not site.theme.permissions_for_user(user).can_publish_subpage()


@pytest.mark.parametrize("slug", ["recherche", "professionnels", "sante", "admin", "Embed"])
def test_the_addresses_of_the_site_are_taken(site, slug):
    with pytest.raises(ValidationError) as refused:
        theme_page(site.home, title="X", slug=slug)
    assert "slug" in refused.value.message_dict
    with pytest.raises(ValidationError):
        site.draft(slug=slug)


def test_a_number_raised_in_code_counts_at_once(site):
    """Saved without being published, or past the model."""
    scheduled = site.draft(title="Signé pour demain")
    bring_to_sign_off(scheduled, site.author)
    moment = timezone.now() + timedelta(days=1)
    signing.sign(scheduled.pk, site.signatory, signature_for(scheduled, publish_at=moment))
    site.theme.required_signatures = 2
    site.theme.save()
    draft = publish(site.draft(title="En cours"), site.author, site.signatory)
    assert not draft.live
    ThemePage.objects.filter(pk=site.theme.pk).update(required_signatures=3)
    signing.sign(draft.pk, site.second_signatory, signature_for(draft))
    assert not TopicPage.objects.get(pk=draft.pk).live
    record = EditorialRecord.objects.get(page_id=draft.pk)
    assert signing.signatures_missing(record) == 1

    EditorialRecord.objects.filter(page_id=scheduled.pk).update(publish_at=timezone.now())
    with pytest.raises(PermissionDenied):
        scheduled.get_latest_revision().publish()
    assert publish_due() == (0, 1)
    assert not TopicPage.objects.live().exists()


def test_the_only_signatory_of_a_theme_is_not_deleted(client, site):
    """An empty list would let anybody sign."""
    own = signatory()
    site.theme.signatories = [own]
    site.theme.save_revision().publish()
    client.force_login(person("administrator"))
    response = client.post(reverse("wagtailusers_users:delete", args=[own.pk]))
    assert site.theme.title in told(response)
    with pytest.raises(UserReferredToError), transaction.atomic():
        type(own).objects.filter(pk=own.pk).delete()
    assert list(ThemePage.objects.get(pk=site.theme.pk).signatories.all()) == [own]


def test_the_picture_of_a_themes_draft_stays(client, site):
    picture = illustration(title="Pour le thème")
    theme = ThemePage.objects.get(pk=site.theme.pk)
    theme.picture = picture
    theme.save_revision()
    client.force_login(site.coordinator)
    response = client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert theme.title in told(response)
    with pytest.raises(FileInUseError):
        picture.delete()
    theme.picture = None
    theme.save_revision()
    picture.delete()
