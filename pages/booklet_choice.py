"""Which topics somebody puts into a booklet: the choice lives in the address, in its order."""

from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from pages.models import TopicPage
from pages.versions import with_versions

MOST = 24  # topics: sixty pages or so, and what the server prints in half a minute


@dataclass
class Choice:
    """What an address asks for. *topics*: those that can be had, in order; *unknown*: how many
    keys name no topic; *withdrawn*: how many name one that is not online any more;
    *elsewhere*: how many are online in other languages only; *left_out*: how many came after
    the last that fits."""

    topics: list = field(default_factory=list)
    unknown: int = 0
    withdrawn: int = 0
    elsewhere: int = 0
    left_out: int = 0

    @property
    def keys(self):
        return [str(topic.translation_key) for topic in self.topics]

    @property
    def is_whole(self):
        return not (self.unknown or self.withdrawn or self.elsewhere or self.left_out)

    def address(self, name="booklet"):
        return address_of(self.keys, name)

    def rows(self):
        """Yield (topic, address without it, with it one place up, one place down); None for
        a place that there is not."""
        keys = self.keys
        for place, topic in enumerate(self.topics):
            without = [*keys[:place], *keys[place + 1 :]]
            up = [*without[: place - 1], keys[place], *without[place - 1 :]] if place else None
            last = place == len(keys) - 1
            down = None if last else [*without[: place + 1], keys[place], *without[place + 1 :]]
            yield (
                topic,
                address_of(without),
                up and address_of(up),
                down and address_of(down),
            )


def address_of(keys, name="booklet"):
    """The address of the booklet of these topic keys, in the language being read."""
    query = f"?{urlencode({'sujets': ','.join(keys)}, safe=',')}" if keys else ""
    return reverse(name) + query


def keys_asked(parameters):
    """The keys in the parameters of an address, each once, as typed: `sujets`, between commas,
    then each `sujet`, as a form's boxes send them."""
    typed = [*parameters.get("sujets", "").split(","), *parameters.getlist("sujet")]
    return list(dict.fromkeys(key.strip() for key in typed if key.strip()))


def topics_of(language):
    """The topics in that language that everybody may read, each with its theme; easy
    versions among them, which whoever has their key may put into a booklet."""
    return TopicPage.objects.readable().filter(locale__language_code=language).with_theme()


def chosen(parameters, language):
    """The Choice that the parameters of an address make; two queries, more only where
    something cannot be had."""
    asked = keys_asked(parameters)
    known = {key: uuid for key in asked if (uuid := _uuid(key))}
    # With what a booklet is known and made by (pages.booklet).
    wanted = (
        with_versions(topics_of(language))
        .with_other_version()
        .select_related("locale", "editorial_record")
        .filter(translation_key__in=known.values())
    )
    found = {topic.translation_key: topic for topic in wanted}
    topics = list(dict.fromkeys(found[uuid] for uuid in known.values() if uuid in found))
    choice = Choice(
        topics=topics[:MOST],
        unknown=len(asked) - len(known),
        left_out=len(topics[MOST:]),
    )
    missing = {uuid for uuid in known.values() if uuid not in found}
    if missing:
        _tell_missing(choice, missing)
    return choice


def _tell_missing(choice, missing):
    published = TopicPage.objects.filter(
        translation_key__in=missing, first_published_at__isnull=False
    )
    online = {}
    for key, live in published.values_list("translation_key", "live"):
        online[key] = online.get(key, False) or live
    choice.elsewhere = sum(online.values())
    choice.withdrawn = len(online) - choice.elsewhere
    choice.unknown += len(missing) - len(online)


def _uuid(text):
    try:
        return UUID(text)
    except ValueError:
        return None
