"""What a topic's page shows, in as few queries as can be; and what its text alone does, in a
frame of somebody else's page.

Each helper below says what it costs; together at most eight, one more where it leads
to public services, whatever the number of blocks, pictures and topics beside it
(tests/pages/test_queries.py).
"""

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Page

from media.models import CaptionTrack, Illustration, Recording
from pages.models import HelpNumber, PublicService, TopicPage
from pages.pictures import absolute_picture_url, load_pictures
from pages.preloading import preloading
from pages.social_pictures import address_of
from pages.stored import stored_items, stored_references
from pages.structured_data import topic_structured_data
from pages.versions import versions_of

WORDS_PER_MINUTE = 180
NEXT_TOPICS = 3
NOT_BY_ITSELF = -1  # nearness of what is only shown where somebody chose it


@dataclass(frozen=True)
class Step:
    """A topic that one may read next, or that the text links to."""

    title: str
    url: str
    key_message: str = ""


def load_recordings(ids):
    """{id: Recording} with its caption tracks; one query where all have some."""
    tracks = defaultdict(list)
    recordings = {}
    for track in CaptionTrack.objects.filter(recording__in=ids).select_related("recording"):
        recordings.setdefault(track.recording_id, track.recording)
        tracks[track.recording_id].append(track)
    if missing := set(ids) - recordings.keys():
        recordings |= Recording.objects.in_bulk(missing)
    for pk, recording in recordings.items():
        recording._prefetched_objects_cache = {"caption_tracks": tracks[pk]}
    return recordings


def chosen_topics(page):
    """The ids of the topics that editors chose to be read after `page`, in their order; for
    a translation, what they choose now for its source."""
    of_source = page.source_choices
    chosen = stored_items(of_source["next_topics"]) if of_source else page.next_topics.raw_data
    return [item["value"] for item in chosen if item["value"]]


def other_topics(page, stages, linked_ids):
    """The topics that `page` links to or that editors chose to follow it, as far as its readers
    may read them, then those that come nearest: of its theme and age, of its theme, of its
    age, the newest; easy versions aside; as light TopicPages with `wanted_as`, the choice's id
    or None; one query."""
    same_age = Exists(
        TopicPage.stages.through.objects.filter(topicpage=OuterRef("pk"), stage__in=stages)
    )
    shelf = page.path[: -page.steplen] if page.path else ""
    same_theme = Q(path__startswith=shelf) if shelf else Q(pk=None)
    # Not in fewer or more words what one has just read.
    is_another = Q(easy_version_of=None) & ~Q(translation_key=page.easy_version_of)
    # A translation keeps its source's choices: each leads to the same topic in its language.
    wanted = Page.objects.filter(
        pk__in={*linked_ids, *chosen_topics(page)}, translation_key=OuterRef("translation_key")
    )
    topics = (
        TopicPage.objects.readable(beside=page)
        .filter(locale=page.locale_id)
        .exclude(pk=page.pk)
        .annotate(
            wanted_as=Subquery(wanted.order_by().values("pk")[:1]),
            nearness=Case(
                When(~is_another, then=Value(NOT_BY_ITSELF)),
                When(same_theme & Q(same_age), then=Value(3)),
                When(same_theme, then=Value(2)),
                When(same_age, then=Value(1)),
                default=Value(0),
            ),
        )
        .only("title", "url_path", "key_message", "locale", "first_published_at")
        .order_by(F("wanted_as").desc(nulls_last=True), "-nearness", "-first_published_at", "-pk")
    )
    return list(topics[: len(chosen_topics(page)) + len(linked_ids) + NEXT_TOPICS])


def linked_topics(page, linked_ids):
    """Of `other_topics`, those that `page` links to; one query, none where it links to none."""
    if not linked_ids:
        return []
    wanted = Page.objects.filter(pk__in=linked_ids)
    same = wanted.filter(translation_key=OuterRef("translation_key"))
    return list(
        TopicPage.objects.readable(beside=page)
        .filter(locale=page.locale_id, translation_key__in=wanted.values("translation_key"))
        .exclude(pk=page.pk)
        .annotate(wanted_as=Subquery(same.order_by().values("pk")[:1]))
        .only("title", "url_path", "locale")
    )


def next_topics(page, others):
    """What may be read after `page`, as Steps: first what editors chose, then the nearest of
    `others`, which come by nearness and date."""
    chosen = chosen_topics(page)
    place = {pk: number for number, pk in enumerate(chosen)}
    by_nearness = sorted(others, key=lambda topic: -topic.nearness)
    following = sorted(by_nearness, key=lambda topic: place.get(topic.wanted_as, len(chosen)))
    return [
        Step(topic.title, topic_url(topic.url_path), topic.key_message)
        for topic in following
        if topic.nearness != NOT_BY_ITSELF or topic.wanted_as in place
    ][:NEXT_TOPICS]


def other_version_of(page):
    """The easy version of a topic, or the topic of an easy version, as a dict with its
    address; None where parents read none. No query for a page of `with_other_version()`."""
    found = page.other_version
    return found and {**found, "url": topic_url(found["url_path"])}


def load_services(slugs):
    """{slug: PublicService} for the services of a page, if it leads to some; one query."""
    return {s.slug: s for s in PublicService.objects.confirmed().filter(slug__in=slugs)}


def reading_minutes(page):
    """Whole minutes to read the topic's body, at least one."""
    words = re.findall(r"\w+", strip_tags(" ".join(_texts(list(page.body.raw_data)))))
    return max(1, math.ceil(len(words) / WORDS_PER_MINUTE))


def _texts(raw):
    """Every string under a stored value, block types and ids left out."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        for name, value in raw.items():
            if name not in ("id", "type"):
                yield from _texts(value)
    elif isinstance(raw, (list, tuple)):
        for value in raw:
            yield from _texts(value)


def is_read_again(sign_offs):
    """Whether the review date of what they stand under has passed by more than is usual."""
    dates = [sign_off.page_review_due_on for sign_off in sign_offs if sign_off.page_review_due_on]
    grace = timedelta(days=settings.REVIEW_GRACE_DAYS)
    return bool(dates) and min(dates) + grace <= timezone.localdate()


def behind(page):
    """Of a translation whose source has changed since: of which day the version is that it
    says, since when there is another one, and where; else None."""
    record = getattr(page, "editorial_record", None)
    if record is None or not record.behind_since:
        return None
    french = next((v for v in versions_of(page) if v.code == settings.LANGUAGE_CODE), None)
    return {
        "of": page.source_published_at,
        "since": record.behind_since,
        "url": french and french.url,
    }


def topic_url(url_path):
    """The address of a topic in the language being read, from its place in the
    tree: Wagtail's way asks the database which site it stands on."""
    return reverse("topic", args=url_path.strip("/").split("/")[-2:])


def opinion_url(url_path):
    """Where parents say whether the topic at that place was useful; None for a draft
    that has no place yet."""
    return url_path and reverse("topic_opinion", args=url_path.strip("/").split("/")[-2:])


def topic_context(page, url=None):
    """The template context of a TopicPage, live or in a preview. *url*: its whole address,
    where that is known already."""
    references = _references(page)
    stages = list(page.stages.all())
    others = other_topics(page, stages, references["topic"])
    numbers = list(HelpNumber.objects.all())
    url = url or page.full_url
    text = _text_context(page, url, references, others, numbers)
    picture_url = absolute_picture_url(text["lead"], url)
    return text | {
        "stages": stages,
        "help_numbers": numbers,
        "opinion_url": opinion_url(page.url_path),
        "next_topics": next_topics(page, others),
        "picture_url": picture_url,
        "social_picture_url": address_of(page, url) if url else None,
        "structured_data": topic_structured_data(page, url, picture_url, stages, text["sign_offs"]),
    }


def text_context(page, url):
    """Of that, what the text of a live TopicPage needs, its head and its signatures: what
    stands around it on the site is not asked for."""
    references = _references(page)
    shown = page.help_numbers if page.help_block else []
    numbers = list(HelpNumber.objects.filter(slug__in=shown)) if shown else []
    others = linked_topics(page, references["topic"])
    text = _text_context(page, url, references, others, numbers)
    return text | {"stages": list(page.stages.all())}


def _references(page):
    """{kind: ids} of what the body names."""
    references = defaultdict(set)
    for kind, pk in stored_references(page.body.stream_block, page.body.raw_data):
        references[kind].add(pk)
    return references


def _text_context(page, url, references, others, numbers):
    """*others*: light TopicPages, those that the text links to among them; *numbers*: the
    HelpNumbers, those of the page among them."""
    pictures = load_pictures({page.lead_illustration_id, *references["picture"]})
    recordings = load_recordings(references["recording"]) if references["recording"] else {}
    with preloading({Illustration: pictures, Recording: recordings}):
        # Here and not in the template: this is where the blocks take them.
        blocks = list(page.body)
    near_you = [block for block in blocks if block.block_type == "near_you"]
    shown = set(page.help_numbers)
    sign_offs = page.valid_sign_offs
    page.lead_illustration = lead = pictures.get(page.lead_illustration_id)
    return {
        "url": url,
        "theme": page.theme_details,
        "theme_url": urljoin(url, "..") if url else None,
        "minutes": reading_minutes(page),
        "lead": lead,
        "blocks": [block for block in blocks if block not in near_you],
        "near_you": near_you,
        "services": load_services(references["service"]) if references["service"] else {},
        "links": {
            topic.wanted_as: topic_url(topic.url_path)
            for topic in others
            if topic.wanted_as in references["topic"]
        },
        "help_texts": [block.value["text"] for block in page.help_block],
        "topic_help_numbers": [number for number in numbers if number.slug in shown],
        "other_version": other_version_of(page),
        "sign_offs": sign_offs,
        "is_read_again": is_read_again(sign_offs),
        "behind": behind(page),
        "sources": [block.value for block in page.sources],
    }
