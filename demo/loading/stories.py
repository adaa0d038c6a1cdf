"""How the demo's topics came to where they stand, by the same doors as people go through.

Whose turn it is, who may, and what is still missing is decided by the workflow and by
workgroups.signing, as for everybody; nothing here writes a record, a signature or `live`.
"""

import random
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.models import PageLogEntry

from demo.clock import at
from pages.models import ThemePage, TopicPage
from workgroups import signing, workflow
from workgroups.models import EditorialRecord
from workgroups.models import Stage as WorkStage

from .content import read, topics
from .manuscript import Manuscript, key_of
from .people import account, load_workgroups
from .pictures import Library

REVIEW_AFTER = timedelta(days=365)
FRIDAY = 4


def load_topics(now):
    """Make the topics that lack, each with its history up to `now`. Returns how many.

    All or none: a load that was interrupted starts again from where it began. A topic that
    somebody has renamed or moved is known by its translation key, and one that somebody has
    deleted by its entry in the log.
    """
    content = topics()
    keys = {key_of(slug): slug for slug in content}
    there = {
        keys[key]
        for key in TopicPage.objects.filter(translation_key__in=keys).values_list(
            "translation_key", flat=True
        )
    }
    deleted = set(
        PageLogEntry.objects.filter(action="wagtail.create").values_list("label", flat=True)
    )
    missing = {
        slug: topic
        for slug, topic in content.items()
        if slug not in there and topic["title"] not in deleted
    }
    if not missing:
        return 0
    groups = load_workgroups()
    libraries = {key: Library(group.collection, now) for key, group in groups.items()}
    with transaction.atomic():
        stories = [
            Story(topic, groups[topic["workgroup"]], libraries[topic["workgroup"]], now)
            for topic in missing.values()
        ]
        for story in stories:
            story.begin()
        links = {
            keys[t.translation_key]: t.pk
            for t in TopicPage.objects.all()
            if t.translation_key in keys
        }
        for story in stories:
            story.go_on(links)
    return len(stories)


class Story:
    """One topic's way. Time goes forward from step to step, on working days and hours."""

    def __init__(self, topic, group, library, now, history=None):
        self.topic = topic
        self.history = history or read("histories")[topic["slug"]]
        self.group = group
        self.library = library
        self.now = now
        self.random = random.Random(topic["slug"])  # noqa: S311 - the same history each time
        self.day = now - timedelta(days=self.history["begun"])
        self.last = None
        self.added = self.history.get("added", [])
        authors = [m.user for m in group.memberships.authors().select_related("user")]
        self.random.shuffle(authors)
        self.first_author, self.second_author = authors[:2]
        self.illustrator = self._illustrator()
        self.signatories = [account(name) for name in self.history.get("signed_by", [])]
        self.page_id = None

    def _illustrator(self):
        """Whoever drew the lead picture, if she belongs to the group."""
        drawing = [m.user for m in self.group.memberships.illustrators().select_related("user")]
        credit = self.library.texts[self.topic["lead"]]["credit"]
        return next((user for user in drawing if user.display_name == credit), drawing[0])

    # Time

    def later(self, days=0):
        """`days` on, at some working hour: the block of the next step."""
        self.day += timedelta(days=days)
        local = timezone.localtime(self.day)
        moment = local.replace(hour=self.random.randint(8, 17), minute=self.random.randint(0, 59))
        moment -= timedelta(days=max(0, moment.weekday() - FRIDAY))
        if self.last:
            moment = max(moment, self.last + timedelta(minutes=self.random.randint(20, 50)))
        self.last = min(moment, self.now - timedelta(minutes=5))
        return at(self.last)

    # Steps

    @property
    def page(self):
        return TopicPage.objects.get(pk=self.page_id)

    def write(self, user, values):
        """Save a draft as `user`."""
        page = self.page.get_latest_revision_as_object()
        for name, value in values.items():
            setattr(page, name, value)
        page.save_revision(user=user, log_action=True)

    def hand_over(self, user):
        page = self.page
        page.current_workflow_task.on_action(page.current_workflow_task_state, user, "approve")

    def begin(self):
        """The first author opens the topic and writes down some notes."""
        manuscript = Manuscript(self.topic, self.library)
        with self.later():
            slug = next(
                t["slug"] for t in read("themes")["themes"] if t["key"] == self.topic["theme"]
            )
            theme = ThemePage.objects.get(locale__language_code="fr", slug=slug)
            page = TopicPage(
                slug=self.topic["slug"],
                translation_key=key_of(self.topic["slug"]),
                locale=theme.locale,
                owner=self.first_author,
                live=False,
            )
            for name, value in manuscript.notes().items():
                setattr(page, name, value)
            page.initial_workgroup = self.group
            theme.add_child(instance=page)
            page.save_revision(user=self.first_author, log_action=True)
        self.page_id = page.pk

    def go_on(self, links):
        """All that follows, as far as the history goes."""
        manuscript = Manuscript(self.topic, self.library, links)
        for stop, step in (
            ("notes", None),
            ("text", self.write_text),
            ("illustration", self.pass_to_illustration),
            ("sign_off", self.illustrate),
            ("returned", self.be_returned),
            ("first_signature", self.sign_first),
            ("scheduled", self.sign_last),
            ("published", None),
            ("second_round", self.revise),
        ):
            if step:
                step(manuscript)
            if stop == self.history["until"]:
                return

    def write_text(self, manuscript):
        with self.later(4):
            written = timezone.localdate()
            self.write(self.second_author, manuscript.text(written, without=self.added))
        if self.history.get("drawn_early"):
            with self.later(2):
                self.write(self.illustrator, manuscript.lead_picture())

    def pass_to_illustration(self, manuscript):
        with self.later(7):
            self.write(self.first_author, manuscript.finishing())
        with self.later(3):
            self.hand_over(self.second_author)

    def illustrate(self, manuscript):
        with self.later(10):
            self.write(self.illustrator, manuscript.pictures(without=self.added))
        with self.later(2):
            self.hand_over(self.illustrator)

    def be_returned(self, manuscript):
        """Where the history says so, the first signatory sends the topic back; where it
        goes on, the authors add what was missing."""
        once = self.history.get("returned_once")
        reason = once or self.history.get("reason")
        if not reason:
            return
        with self.later(4):
            record = EditorialRecord.objects.get(page_id=self.page_id)
            revision = signing.revision_to_sign(record)
            signing.return_page(
                self.page_id, self.signatories[0], revision.pk, WorkStage.DRAFT, reason
            )
        if once:
            with self.later(3):
                self.write(self.second_author, manuscript.pictures())
                self.hand_over(self.second_author)
            with self.later(3):
                self.hand_over(self.illustrator)

    def sign_first(self, manuscript):
        with self.later(4):
            self.sign(self.signatories[0])

    def sign_last(self, manuscript):
        for signatory in self.signatories[1:]:
            with self.later(3):
                self.sign(signatory)

    def sign(self, signatory):
        """Sign exactly what waits, with what the sign-off screen would send."""
        record = EditorialRecord.objects.get(page_id=self.page_id)
        revision = signing.revision_to_sign(record)
        signing.sign(
            self.page_id,
            signatory,
            signing.Signature(
                revision_id=revision.pk,
                content_hash=revision.as_object().content_hash(),
                review_due_on=timezone.localdate() + REVIEW_AFTER,
                publish_at=self.publish_at(),
            ),
        )

    def publish_at(self):
        if "publish_in" not in self.history:
            return None
        day = timezone.localtime(self.now + timedelta(days=self.history["publish_in"]))
        return day.replace(hour=7, minute=30, second=0, microsecond=0)

    def revise(self, manuscript):
        """Two weeks ago, an author opened a second round; now it waits to be signed."""
        self.day = self.now - timedelta(days=14)
        with self.later():
            workflow.start_round(self.page, self.first_author)
            self.write(self.first_author, manuscript.pictures())
        with self.later(2):
            self.hand_over(self.second_author)
        with self.later(5):
            self.hand_over(self.illustrator)
