"""What no browser sends is refused in plain words: never an error of ours."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from pages.models import TopicPage

from .admin_addresses import addresses
from .doors import page_url
from .test_story import editor_data

TOO_LONG = "9" * 30
# No address may take more digits than Python reads at once, either.
FAR_TOO_LONG = "9" * 5000
# What no choice and no count of blocks can be.
NO_NUMBERS = ("abc", "-1", "1.5", TOO_LONG, str(2**31))


@pytest.fixture
def visitor(client, world):
    client.raise_request_exception = False
    client.force_login(world.superuser)
    return client


def is_found(visitor, address):
    """Whether something stands there; the site looks for a page of that name,
    in the visitor's language, before it says no."""
    return visitor.get(address, follow=True).status_code != HTTPStatus.NOT_FOUND


def test_a_number_that_no_row_has_is_not_found(visitor, target):
    numbers = {word for word in target if isinstance(target[word], int)}
    absurd = {**target, **dict.fromkeys(numbers, TOO_LONG)}
    asked = {url: name for name, url in addresses(absurd) if TOO_LONG in url}
    assert not {name for url, name in asked.items() if is_found(visitor, url)}


@pytest.mark.parametrize("number", ["abc", "", "-1", TOO_LONG, FAR_TOO_LONG])
@pytest.mark.parametrize(
    "address",
    [
        "bulk/wagtailcore/page/delete/?id=",
        "bulk/wagtailcore/page/publish/?id=all&childOf=",
        "bulk/accounts/user/delete/?id=",
        "bulk/media/illustration/delete/?id=",
        "choose-page/chosen-multiple/?id=",
        "images/chooser/chosen-multiple/?id=",
        "media/chooser/?p=1&collection_id=",
        "choose-page/?target_pages[]=",
        "api/main/pages/?offset=",
    ],
)
def test_a_number_behind_the_question_mark_is_one(visitor, address, number):
    may_be_empty = number == "" and ("collection_id" in address or "target" in address)
    assert is_found(visitor, f"{reverse('wagtailadmin_home')}{address}{number}") is may_be_empty


def test_what_is_meant_by_words_is_no_number(visitor, world, draft_topic):
    compare = page_url("revisions_compare", draft_topic.pk, "earliest", "latest")
    assert is_found(visitor, compare)
    block = TopicPage._meta.get_field("body").stream_block.child_blocks["text"]
    preview = reverse("wagtailadmin_block_preview")
    assert is_found(visitor, f"{preview}?id={block.definition_prefix}")


@pytest.mark.parametrize("chooser", ["wagtailimages_chooser", "wagtaildocs_chooser"])
def test_a_chooser_chooses_numbers(visitor, chooser):
    assert not is_found(visitor, reverse(f"{chooser}:chosen", args=["abc"]))


def test_no_database_takes_a_nul(visitor):
    for address in ("api/main/pages/?search=%00", "images/chooser/chosen/%00/", "pages/?q=a%00b"):
        response = visitor.get(f"{reverse('wagtailadmin_home')}{address}")
        assert response.status_code == HTTPStatus.BAD_REQUEST


def test_a_coordinator_chooses_where_a_topic_begins(visitor, world):
    visitor.force_login(world.coordinator)
    choose = reverse("wagtailadmin_pages:choose_parent", args=["pages", "topicpage"])
    assert visitor.get(choose).status_code < HTTPStatus.BAD_REQUEST


def absurd_forms(world):
    for field in ("stages", "lead_illustration", "workgroup"):
        for value in NO_NUMBERS:
            yield {field: [value] if field == "stages" else value}
    for value in (*NO_NUMBERS, "99999999", "3"):
        yield {"body-count": value}
    for field in ("body-0-value", "body-0-order", "sources-0-order"):
        yield {field: "abc"}


def test_a_form_that_no_browser_sends_is_refused(visitor, world):
    visitor.force_login(world.author)
    page = world.make_topic()
    before = page.latest_revision_id
    add = reverse("wagtailadmin_pages:add", args=["pages", "topicpage", world.theme.pk])
    for changes in absurd_forms(world):
        for address in (page_url("edit", page), page_url("preview_on_edit", page), add):
            data = {**editor_data(world), **changes}
            answer = visitor.post(address, data)
            if address == page_url("edit", page) and "workgroup" in changes:
                continue  # kept out of the author's hands: whatever is sent is not looked at
            assert answer.status_code == HTTPStatus.BAD_REQUEST, (address, changes)
    assert TopicPage.objects.get().latest_revision_id == before
    missing = editor_data(world)
    del missing["in_brief-count"]
    assert visitor.post(add, missing).status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("model", ["abc", "abc.Def", "", "a.b.c", "workgroups.Nothing"])
def test_a_kind_of_task_that_there_is_not_is_not_found(visitor, model):
    for name in ("task_chooser", "task_chooser_create"):
        address = reverse(f"wagtailadmin_workflows:{name}")
        assert not is_found(visitor, f"{address}?create_model={model}")


@pytest.mark.parametrize(
    "data", [{}, {"external-link-chooser-url": "abc"}, {"external-link-chooser-url": "http://["}]
)
def test_a_link_that_is_none_is_no_error_of_ours(visitor, data):
    answer = visitor.post(reverse("wagtailadmin_choose_page_external_link"), data)
    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
