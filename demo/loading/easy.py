"""The demo's easy versions: begun on their topics, then on the way of every topic."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pages import easy_versions
from pages.models import TopicPage

from .content import FOLDER, read
from .manuscript import Manuscript, key_of
from .people import load_workgroups
from .pictures import Library
from .stories import Story


def load_easy_versions(now):
    """Make the easy versions that lack, of topics that parents read. Returns how many."""
    made = 0
    contents = [read(f"easy/{path.stem}") for path in sorted((FOLDER / "easy").glob("*.toml"))]
    there = set(TopicPage.objects.values_list("easy_version_of", flat=True))
    for content in contents:
        key = key_of(content["easy_version_of"])
        if key in there:
            continue
        original = TopicPage.objects.filter(translation_key=key, live=True).first()
        if original is None:
            continue
        group = load_workgroups()[content["workgroup"]]
        library = Library(group.collection, now)
        library.take_over(original)
        with transaction.atomic():
            story = EasyStory(content, group, library, now, original)
            story.begin()
            story.go_on(links={})
        made += 1
    return made


class EasyStory(Story):
    """As a topic's; it begins on the topic, and is read by people concerned."""

    def __init__(self, topic, group, library, now, original):
        super().__init__(topic, group, library, now, history=topic)
        self.original = original

    def begin(self):
        with self.later():
            page, _made = easy_versions.begin(self.original, self.first_author)
        self.page_id = page.pk
        with self.later():
            self.write(self.first_author, Manuscript(self.topic, self.library).notes())

    def pass_to_illustration(self, manuscript):
        super().pass_to_illustration(manuscript)
        with self.later(5):
            read_on = timezone.localdate(self.last) - timedelta(days=1)
            understood = {"understood_by": self.topic["understood_by"], "understood_on": read_on}
            self.write(self.second_author, understood)
