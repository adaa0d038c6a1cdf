"""What parents read goes off by a withdrawal, with a reason, and by nothing else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from pages.models import ThemePage, TopicPage
from tests.factories.workgroups import bring_to_sign_off, signature_for
from tests.workgroups.doors import (
    admin_api,
    assert_parents_read_only,
    bulk,
    page_url,
    told,
)
from workgroups import signing
from workgroups.models import EditorialRecord, SignOff, Withdrawal

YESTERDAY = timezone.now() - timezone.timedelta(days=1)


@pytest.fixture
def live(live_topic):
    return live_topic


@pytest.fixture
def strict(world):
    """A theme that asks for two signatures."""
    theme = ThemePage(title="Santé", slug="sante-du-bebe", required_signatures=2)
    return world.home.add_child(instance=theme)


@pytest.mark.parametrize("who", ["coordinator", "superuser"])
def test_not_by_unpublishing(world, login, live, who):
    client = login(getattr(world, who))
    for page in (live, world.theme, world.home):
        response = client.post(page_url("unpublish", page), {"include_descendants": "on"})
        assert response.status_code == 302
        assert told(response)
        assert_parents_read_only(live)
        response = bulk(client, "unpublish", page, include_descendants="on")
        assert response.status_code in (200, 302)
        response = admin_api(client, page, "unpublish", recursive=True)
        assert response.status_code == 403
        assert_parents_read_only(live)
        assert Page.objects.get(pk=page.pk).live


def test_not_by_unpublishing_in_code(world, live):
    for page in (live, world.theme, world.home):
        with pytest.raises(PermissionDenied):
            page.unpublish()
        with pytest.raises(PermissionDenied):
            type(page).objects.get(pk=page.pk).unpublish(user=world.superuser)
    assert_parents_read_only(live)
    assert set(Page.objects.live()) >= {world.home.page_ptr, world.theme.page_ptr}


@pytest.mark.parametrize("who", ["coordinator", "superuser"])
def test_not_by_deleting_it_or_what_is_above(world, login, live, who):
    client = login(getattr(world, who))
    for page in (live, world.theme, world.home):
        for confirm in ({}, {"wagtail_site_name": "Mes Infos Bébé"}):
            response = client.post(page_url("delete", page), confirm)
            assert response.status_code == 302
            assert told(response)
            response = bulk(client, "delete", page, **confirm)
            assert response.status_code in (200, 302)
        assert admin_api(client, page, "delete").status_code == 403
        assert_parents_read_only(live)


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_topic_that_was_ever_signed_is_not_deleted(world, login, live, strict, withdrawn):
    if withdrawn:
        signing.withdraw(live, world.coordinator, "Une source a changé.")
    for page in (live, world.theme, world.home):
        with pytest.raises((PermissionDenied, ProtectedError)), transaction.atomic():
            type(page).objects.get(pk=page.pk).delete()
    client = login(world.superuser)
    for page in (live, world.theme, world.home):
        response = client.post(page_url("delete", page), {"wagtail_site_name": "Mes Infos Bébé"})
        assert response.status_code == 302
        assert told(response)
        response = bulk(client, "delete", page)
        assert response.status_code in (200, 302)
    assert TopicPage.objects.filter(pk=live.pk).exists()
    assert SignOff.objects.count() == 1
    with pytest.raises((PermissionDenied, ProtectedError)), transaction.atomic():
        TopicPage.objects.filter(pk=live.pk).delete()
    with pytest.raises((PermissionDenied, ProtectedError)), transaction.atomic():
        Page.objects.filter(pk=live.pk).delete()


def test_not_by_an_expiry_date(live):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE wagtailcore_page SET expire_at = %s WHERE id = %s", [YESTERDAY, live.pk]
        )
    call_command("publish_scheduled")
    call_command("run_due")
    assert_parents_read_only(live)
    live.refresh_from_db()
    assert live.expire_at is None
    assert not live.expired


def test_not_by_an_expiry_date_of_a_theme(world, live):
    Page.objects.filter(pk__in=[world.theme.pk, world.home.pk]).update(expire_at=YESTERDAY)
    call_command("run_due")
    assert_parents_read_only(live)
    assert ThemePage.objects.get().live


def test_a_language_with_topics_is_not_deleted(world, login, live):
    english = Locale.objects.create(language_code="en")
    home = world.home.copy_for_translation(english)
    client = login(world.superuser)
    for locale in (english, live.locale):
        response = client.post(reverse("wagtaillocales:delete", args=[locale.pk]))
        assert response.status_code in (200, 302)
        assert Locale.objects.filter(pk=locale.pk).exists()
    assert home.locale == english
    with pytest.raises(ProtectedError), transaction.atomic():
        live.locale.delete()
    assert_parents_read_only(live)


def test_a_language_with_signed_topics_keeps_its_code(world, login, client, live, settings):
    """French would be served as English, under the same signature."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("fr", "F"), ("en", "E")]
    french = reverse("wagtaillocales:edit", args=[live.locale_id])
    login(world.superuser)
    assert client.get(french).status_code == 200
    assert live.title in told(client.post(french, {"language_code": "en"}))
    live.locale.language_code = "en"
    with pytest.raises(PermissionDenied, match=live.title):
        live.locale.save()
    assert Locale.objects.get(pk=live.locale_id).language_code == "fr"


def test_a_language_without_any_may_change_its_code(world):
    english = Locale.objects.create(language_code="en")
    english.language_code = "de"
    english.save()
    assert Locale.all_objects.filter(language_code="de").exists()


@pytest.mark.parametrize("who", ["author", "signatory"])
def test_who_may_not_change_languages_is_told_nothing(world, login, live, who):
    address = reverse("wagtaillocales:edit", args=[live.locale_id])
    response = login(getattr(world, who)).post(address, {"language_code": "en"})
    assert live.title not in told(response)


@pytest.mark.parametrize("who", ["coordinator", "superuser"])
def test_a_live_topic_does_not_move_to_a_stricter_theme(world, login, live, strict, who):
    client = login(getattr(world, who))
    response = client.post(page_url("move_confirm", live, strict))
    assert response.status_code in (200, 302)
    assert told(response)
    response = bulk(client, "move", live, chooser=strict.pk)
    assert response.status_code in (200, 302)
    assert admin_api(client, live, "move", destination_page_id=strict.pk).status_code == 403
    with pytest.raises(PermissionDenied):
        live.move(strict, pos="last-child")
    live.refresh_from_db()
    assert live.get_parent().pk == world.theme.pk
    assert_parents_read_only(live)


def test_a_live_topic_moves_to_a_theme_that_asks_for_no_more(world, login, live, strict):
    ThemePage.objects.filter(pk=strict.pk).update(required_signatures=1)
    response = login(world.coordinator).post(page_url("move_confirm", live, strict))
    assert response.status_code == 302
    live.refresh_from_db()
    assert live.get_parent().pk == strict.pk
    assert_parents_read_only(live)


def test_a_draft_takes_over_the_number_of_its_new_theme(world, draft_topic, strict):
    bring_to_sign_off(draft_topic, world.author)
    TopicPage.objects.get(pk=draft_topic.pk).move(
        ThemePage.objects.get(pk=strict.pk), pos="last-child"
    )
    assert draft_topic.get_record().required_signatures == 2
    outcome = signing.sign(draft_topic.pk, world.signatory, signature_for(draft_topic))
    assert outcome is signing.Outcome.WAITS_FOR_ANOTHER
    assert_parents_read_only()
    theme = ThemePage.objects.get(pk=world.theme.pk)
    TopicPage.objects.get(pk=draft_topic.pk).move(theme, pos="last-child")
    assert_parents_read_only(draft_topic)


def theme_data(world, **changes):
    none = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}
    comments = {f"comments-{key}": value for key, value in none.items()}
    return {
        **comments, "title": "Sommeil", "slug": "sommeil", "introduction": "", "picture": "",
        "wash": "lagoon", "required_signatures": 1, "workgroups": [world.group.pk],
        "signatories": [], "seo_title": "", "search_description": "",
        "action-publish": "1", **changes,
    }  # fmt: skip


def test_a_themes_number_is_raised(world, login, live):
    waiting = world.make_topic("Il attend", slug="il-attend")
    bring_to_sign_off(waiting, world.author)
    response = login(world.coordinator).post(
        page_url("edit", world.theme), theme_data(world, required_signatures=2)
    )
    assert live.title in told(response)
    assert_parents_read_only(live)
    record = EditorialRecord.objects.get(page_id=live.pk)
    assert (record.stage, record.required_signatures) == ("published", 2)
    assert record.review_due_on == timezone.localdate()
    assert waiting.get_record().required_signatures == 2


def test_the_way_off_is_a_withdrawal_with_a_reason(world, login, live):
    address = reverse("editorial_withdraw", args=[live.pk])
    client = login(world.author)
    assert client.post(address, {"reason": "Non."}).status_code == 302
    assert_parents_read_only(live)
    client = login(world.signatory)
    assert client.post(address, {"reason": " "}).context["form"].errors["reason"]
    assert client.post(address, {"reason": "x", "title": "y"}).context["form"].errors
    assert_parents_read_only(live)
    assert client.post(address, {"reason": "Une source a changé."}).status_code == 302
    assert_parents_read_only()
    again = client.post(address, {"reason": "Une source a changé."})
    assert "rien n’a été retiré" in told(again)
    assert Withdrawal.objects.count() == 1


def test_the_database_holds_what_code_does_not(live):
    for statement in (
        "DELETE FROM pages_topicpage WHERE page_ptr_id = %s",
        "UPDATE pages_topicpage SET key_message = '' WHERE page_ptr_id = %s",
        "DELETE FROM pages_topicpage_stages WHERE topicpage_id = %s",
        "UPDATE wagtailcore_page SET live = FALSE, live_revision_id = NULL WHERE id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [live.pk])
    with pytest.raises(IntegrityError), transaction.atomic():
        live.stages.through.objects.filter(topicpage=live).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=live.get_parent().pk).update(live=False)
    assert_parents_read_only(live)
