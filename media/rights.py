"""What is used where, under which licence, and what ends or lacks something."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.permissions import policy_registry

from . import registry
from .models import Illustration, Recording
from .rules import LICENCE_ENDS_SOON


@dataclass(frozen=True)
class FileRights:
    """What the report says of one *file*, an Illustration or a Recording, to *user*
    (None: to code, which is told everything) on the date *today*."""

    file: object
    holders: list
    today: date
    user: object = None

    @property
    def title(self):
        return self.file.title

    @property
    def url(self):
        """Its address in the admin."""
        return edit_address(self.file)

    @property
    def kind(self):
        """ "picture", "video" or "audio"."""
        return "picture" if isinstance(self.file, Illustration) else self.file.type

    @property
    def kind_label(self):
        return {"picture": _("Picture"), "video": _("Film"), "audio": _("Sound")}[self.kind]

    @property
    def credit(self):
        return self.file.credit

    @property
    def licence_label(self):
        label = self.file.get_licence_display()
        return f"{label} ({self.file.licence_text})" if self.file.licence_text else label

    @property
    def until(self):
        """The last day of its licence, or None."""
        return self.file.licence_until

    @property
    def has_ended(self):
        return bool(self.until) and self.until < self.today

    @property
    def ends_soon(self):
        return bool(self.until) and self.today <= self.until <= self.today + LICENCE_ENDS_SOON

    @property
    def until_label(self):
        if not self.until:
            return _("no end")
        day = date_format(self.until, "DATE_FORMAT")
        if self.has_ended:
            return _("ended on %(day)s") % {"day": day}
        if self.ends_soon:
            return _("ends soon: on %(day)s") % {"day": day}
        return day

    @cached_property
    def places(self):
        """[(label, address or None)] of the pages and settings that use it and that
        the user may know of, each once; a page may both be signed and have a draft."""
        told = {}
        for holder in self._distinct.values():
            if self.user is None or holder.told_to(self.user):
                told.setdefault(holder.url or holder.label, (holder.label, holder.url))
        return list(told.values())

    @cached_property
    def _distinct(self):
        """{address or label: Holder}; a draft calls its page by the title alone."""
        now = [holder for holder in self.holders if not holder.past]
        now.sort(key=lambda holder: holder.frozen, reverse=True)
        return {holder.url or holder.label: holder for holder in now}

    @property
    def number_of_places(self):
        """In how many pages and settings it is used, those of other groups included."""
        return len(self._distinct)

    @property
    def others_label(self):
        """How many of them the user does not see, as a sentence, or ""."""
        others = self.number_of_places - len(self.places)
        text = ngettext("%(count)d that you do not see", "%(count)d that you do not see", others)
        return text % {"count": others} if others else ""

    @property
    def places_text(self):
        return ", ".join([*(label for label, _url in self.places), self.others_label]).strip(", ")

    @cached_property
    def lacking(self):
        """What parents or the law would miss, as {code: words}: "text", "credit"."""
        found = {}
        if text := self._lacking_text():
            found["text"] = text
        if not self.credit.strip():
            found["credit"] = _("who made it")
        return found

    def _lacking_text(self):
        if self.kind == "picture":
            said = self.file.is_decorative or self.file.description.strip()
            return "" if said else _("alternative text")
        parts = []
        if self.kind == "video" and not self.file.caption_tracks.all():
            parts.append(_("captions"))
        if not self.file.transcript.strip():
            parts.append(_("transcript"))
        return ", ".join(parts)

    @property
    def lacking_text(self):
        return ", ".join(self.lacking.values())


def edit_address(file):
    """Where *file* is edited in the admin."""
    name = "wagtailimages:edit" if isinstance(file, Illustration) else "wagtailmedia:edit"
    return reverse(name, args=[file.pk])


def _described(files, user=None):
    holders = registry.holders_of_many(files)
    today = timezone.localdate()
    return [FileRights(f, holders[type(f), f.pk], today, user) for f in files]


def rights_of_files(user):
    """The FileRights of every file that *user* may change, by title; in a number of
    queries that does not depend on how many files there are."""
    files = []
    for model, related in ((Illustration, ()), (Recording, ("caption_tracks",))):
        policy = policy_registry.get_by_type(model)
        found = policy.instances_user_has_permission_for(user, "change")
        files += found.prefetch_related(*related)
    return _described(sorted(files, key=lambda file: (file.title.casefold(), file.pk)), user)


def used_and_ending():
    """The FileRights of the files in use whose licence has ended or ends soon,
    what ends first before."""
    latest = timezone.localdate() + LICENCE_ENDS_SOON
    files = [
        file
        for model in (Illustration, Recording)
        for file in model.objects.filter(licence_until__lte=latest)
    ]
    files.sort(key=lambda file: (file.licence_until, file.title))
    return [rights for rights in _described(files) if rights.number_of_places]


def may_see_report(user):
    """Whoever may change some file."""
    return any(
        policy_registry.get_by_type(model).user_has_permission(user, "change")
        for model in (Illustration, Recording)
    )
