"""Topics for search alone: rows past the workflow, indexed by the indexing code itself, and
the list of what parents ask (tests/pages/search/)."""

import tomllib
from pathlib import Path

from bs4 import BeautifulSoup
from wagtail.models import Page

from demo.loading import content
from pages.models import Stage, ThemePage, TopicPage
from pages.search import documents, index
from pages.search.questions import understood
from pages.search.ranking import find

FOLDER = Path(__file__).resolve().parents[1] / "pages" / "search"
MUST_BE_AMONG = 3


def read(name):
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def topic_row(theme, number, title, slug, **fields):
    """The rows of a topic under `theme` (its `number`th), with nothing around them; the
    database lets them be live only where its rules were lifted."""
    values = {
        "title": title,
        "draft_title": title,
        "slug": slug,
        "path": theme.path + Page._int2str(number).rjust(4, "0"),
        "depth": theme.depth + 1,
        "url_path": f"{theme.url_path}{slug}/",
        "locale": theme.locale,
        "live": False,
        **fields,
    }
    topic = TopicPage(content_type=_topic_type(), **values)
    row = Page(**{f.attname: getattr(topic, f.attname) for f in Page._meta.concrete_fields})
    row.save_base(raw=True, force_insert=True)
    topic.pk = topic.page_ptr_id = row.pk
    topic.save_base(raw=True, force_insert=True)
    return topic


def _topic_type():
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(TopicPage)


def listed_topics():
    """The demo's topics and those of the list: dicts as in their files."""
    return [*content.topics().values(), *read("topics")["topics"]]


def texts(value):
    """Every text under a topic's "body", as typed."""
    if isinstance(value, str):
        yield BeautifulSoup(value, "html.parser").get_text()
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("type", "picture", "answer", "tone", "recording"):
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def index_listed_topics(home):
    """Put them all into the index. Returns {topic's id: slug}."""
    themes = {}
    for row in content.read("themes")["themes"]:
        themes[row["key"]] = home.add_child(
            instance=ThemePage(title=row["title"], slug=row["slug"], locale=home.locale)
        )
    stages = {
        row["slug"]: Stage.objects.create(sort_order=number, **row)
        for number, row in enumerate(content.read("stages")["stages"])
    }
    slugs, found = {}, []
    for number, topic in enumerate(listed_topics(), start=1):
        theme = themes[topic["theme"]]
        page = topic_row(theme, number, topic["title"], topic["slug"])
        slugs[page.pk] = topic["slug"]
        passage = documents.Passage
        found.append(
            documents.Document(
                page.pk,
                theme.pk,
                "fr",
                [
                    passage(documents.TITLE, topic["title"]),
                    passage(documents.KEY_MESSAGE, topic["key_message"]),
                    *(passage(documents.IN_BRIEF, point) for point in topic["in_brief"]),
                    *(
                        passage(documents.BODY, text)
                        for part in (topic["body"], topic.get("help_text", ""))
                        for text in texts(part)
                        if text.strip()
                    ),
                    *(
                        passage(documents.BODY, source["title"])
                        for source in topic.get("sources", [])
                    ),
                    passage(documents.AROUND, theme.title),
                    *(
                        passage(documents.AROUND, name)
                        for slug in topic["stages"]
                        for name in (stages[slug].label, stages[slug].name)
                    ),
                ],
                [stages[slug].pk for slug in topic["stages"]],
            )
        )
    index.add(found)
    return slugs


def ranks(slugs):
    """Yield (question, the topic that must come, its place from 1 or None, the best three)."""
    for asked, wanted in read("questions")["questions"]:
        order = [slugs[pk] for pk in find(understood(asked, "fr")).topic_ids]
        place = order.index(wanted) + 1 if wanted in order else None
        yield asked, wanted, place, order[:MUST_BE_AMONG]


def pairs_apart():
    """The pairs of words of which one does not find the other: their terms do not meet."""
    apart = []
    for one, other in read("questions")["pairs"]:
        found = [understood(word, "fr").words[0] for word in (one, other)]
        if not (found[0].texts & found[1].texts):
            apart.append((one, other))
    return apart
