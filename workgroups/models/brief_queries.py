"""How far a picture that was asked for has come, and which briefs there are for whom."""

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.roles import Role

from .groups import Membership, Workgroup
from .records import EditorialRecord, oversees
from .stages import IN_WORK


class BriefRefusalError(PermissionDenied):
    """What was asked of a brief does not follow, or is not this person's to do: its
    text is the sentence to show. Nothing was changed."""


class BriefState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("of a brief", "asked")
    SKETCH = "sketch", gettext_lazy("sketch delivered")
    COLOUR = "colour", gettext_lazy("colour delivered")
    FINAL = "final", gettext_lazy("final picture delivered")
    ACCEPTED = "accepted", pgettext_lazy("of a brief", "accepted")
    GIVEN_UP = "given_up", gettext_lazy("given up")


OPEN = (BriefState.ASKED, BriefState.SKETCH, BriefState.COLOUR, BriefState.FINAL)


class PictureFormat(models.TextChoices):
    LANDSCAPE = "landscape", gettext_lazy("landscape")
    PORTRAIT = "portrait", gettext_lazy("portrait")
    SQUARE = "square", gettext_lazy("square")
    ANY = "any", gettext_lazy("as you like")


def _in_group(**conditions):
    """Whether the topic's group has a member who can act, as an expression."""
    group = OuterRef("page__editorial_record__workgroup")
    return Exists(Membership.objects.can_act().filter(workgroup=group, **conditions))


def _nobody_draws():
    """An active group in which nobody draws: any illustrator of the site does."""
    active = Q(page__editorial_record__workgroup__active=True)
    return active & ~Q(_in_group(role=Membership.Role.ILLUSTRATOR))


class IllustrationBriefQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN)

    def visible_to(self, user):
        """Those of the groups of ``user``, and for an illustrator those of groups in
        which nobody draws; all of them for who oversees all groups."""
        if oversees(user):
            return self
        reachable = Q(page__editorial_record__workgroup__in=Workgroup.objects.of(user).values("pk"))
        if user.has_role(Role.ILLUSTRATOR):
            reachable |= _nobody_draws()
        return self.filter(reachable)

    def to_draw(self, user):
        """The open ones that ``user`` is to draw, what is due first on top."""
        return self.open().drawn_by(user).order_by("due_on", "pk")

    def drawn_by(self, user):
        """Those that are hers by name, and those of her groups that are nobody else's."""
        hers = Q(_in_group(user=user, role=Membership.Role.ILLUSTRATOR))
        if user.has_role(Role.ILLUSTRATOR):
            hers |= _nobody_draws()
        taken = Q(illustrator__is_active=True) & (
            Q(_in_group(user=OuterRef("illustrator"), role=Membership.Role.ILLUSTRATOR))
            | _nobody_draws()
        )
        others = self.model.objects.filter(taken).exclude(illustrator=user)
        return self.filter(hers).exclude(pk__in=others.values("pk"))

    def directed_by(self, user):
        """Those on which ``user``, an author of the group, decides."""
        return self.filter(_in_group(user=user, role=Membership.Role.AUTHOR))

    def accepted_for(self, page_id):
        """What has been accepted for this page, the newest first; never fewer than before."""
        return self.filter(page=page_id, state=BriefState.ACCEPTED).order_by("-closed_at")

    def with_topics(self):
        """With all that a list shows of them, in a few queries for however many."""
        return self.select_related(
            "page__editorial_record__workgroup", "illustrator", "asked_by"
        ).prefetch_related("versions__remarks")

    def ask(self, page, user, **fields):
        """A new brief for ``page``, asked by ``user``. ``fields``: the model's own.

        Raises BriefRefusalError, and ValidationError for what ``fields`` lack.
        """
        from workgroups import brief_mails

        with transaction.atomic():
            record = EditorialRecord.objects.hold(page.pk)
            refuse_to_ask(record, user)
            brief = self.model(page_id=page.pk, asked_by=user, **fields)
            brief.name_the_place(record)
            brief.full_clean(validate_constraints=False)
            if self.open().filter(page=page.pk, place=brief.place).exists():
                raise BriefRefusalError(
                    _("There is an open brief for this place already: nothing was asked twice.")
                )
            brief.save()
            brief.keep_in_step(record)
            brief.log("asked", user, to=[str(person) for person in brief.illustrators])
            brief_mails.tell_asked(brief, user)
        return brief


def refuse_to_ask(record, user):
    """Raise BriefRefusalError unless ``user`` may ask for pictures of this topic now."""
    if record is None or not (oversees(user) or record.is_written_by(user)):
        raise BriefRefusalError(_("The group's authors ask for its pictures."))
    if record.stage not in IN_WORK:
        raise BriefRefusalError(
            _("Pictures are asked for while a topic is being worked on; this one is at: %(stage)s.")
            % {"stage": record.get_stage_display()}
        )
