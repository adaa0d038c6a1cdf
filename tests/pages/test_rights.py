"""Rights as they stand with real topics, themes and stages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from media.registry import holders, holders_of_many
from tests.factories.pages import placed, stream
from tests.factories.workgroups import illustration, person
from workgroups.waiting import waiting_besides_topics

REPORT = "/admin/reports/droits/"


def shown(picture):
    return stream(("picture", {"picture": placed(picture), "caption": ""}))


def queries(client, address):
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.any_database
def test_the_report_takes_as_many_queries_for_fifty_files_as_for_one(client, site):
    def add(number):
        for _ in range(number):
            picture = illustration(collection=site.group.collection)
            site.draft(lead_illustration=picture, body=shown(picture))

    def asked_by(user):
        client.force_login(user)
        return queries(client, REPORT)

    add(1)
    few = [asked_by(user) for user in (site.coordinator, site.author)]
    add(49)
    many = [asked_by(user) for user in (site.coordinator, site.author)]
    assert len(client.get(REPORT).context["object_list"]) == 50
    assert all(m <= f for m, f in zip(many, few, strict=True)), (few, many)


def test_asking_for_many_files_tells_the_same_as_asking_for_each(site):
    first, second, free = illustration(), illustration(), illustration()
    site.live(lead_illustration=first, body=shown(second))
    site.draft(lead_illustration=first, slug="b")
    site.theme.picture = second
    site.theme.save()
    site.stage.picture = first
    site.stage.save()
    found = holders_of_many([first, second, free])
    for picture in (first, second, free):
        told = [(h.label, h.url, h.frozen, h.past) for h in found[type(picture), picture.pk]]
        assert sorted(told) == sorted((h.label, h.url, h.frozen, h.past) for h in holders(picture))
    assert found[type(free), free.pk] == []


def test_one_picture_in_two_topics_counts_twice_and_in_one_topic_once(client, site):
    picture = illustration()
    site.live(lead_illustration=picture, body=shown(picture))
    site.live(lead_illustration=picture, slug="b", title="Encore")
    client.force_login(site.coordinator)
    (row,) = (r for r in client.get(REPORT).context["object_list"] if r.file == picture)
    assert row.number_of_places == 2


def test_coordinators_hear_of_the_licences_that_end_and_of_no_others(site):
    day = timezone.localdate() + timedelta(days=30)
    ending = illustration(title="Le bain", licence_until=day)
    site.draft(lead_illustration=ending)
    illustration(title="Inutile", licence_until=day)
    site.draft(lead_illustration=illustration(title="Sans fin"), slug="b")
    (waiting,) = waiting_besides_topics(site.coordinator)
    assert waiting.title == "Le bain"
    assert str(ending.pk) in waiting.url
    assert waiting_besides_topics(site.author) == []
    assert waiting_besides_topics(person("signatory")) == []


def test_a_picture_that_a_new_version_has_left_is_used_no_more(site):
    day = timezone.localdate() - timedelta(days=1)
    old = illustration(licence_until=day)
    topic = site.live(lead_illustration=old)
    assert waiting_besides_topics(site.coordinator)
    topic = topic.specific_class.objects.get(pk=topic.pk)
    new = topic.get_latest_revision_as_object()
    new.lead_illustration = illustration()
    from tests.factories.workgroups import publish
    from workgroups import workflow

    workflow.start_round(topic, site.author)
    new.save_revision(user=site.author)
    publish(topic, site.author, site.signatory)
    assert holders(old)
    assert waiting_besides_topics(site.coordinator) == []
