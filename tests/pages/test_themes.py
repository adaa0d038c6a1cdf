"""Themes: who writes there, what they ask for, and that they stay under live topics."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from pages.models import HomePage, ThemePage, TopicPage
from tests.factories.pages import theme_page
from tests.factories.workgroups import WorkgroupFactory, member, person, signatory
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
