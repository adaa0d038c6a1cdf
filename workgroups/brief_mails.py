"""The mails about a brief: to who draws it, and to who asked for it."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.models import MailRhythm

from .models import Membership
from .notifications import absolute, mail

# What one person says or delivers in a row makes one mail.
IN_A_ROW = timedelta(minutes=30)


def _tell(people, template, brief, by, **context):
    """Whoever wants fewer mails finds it in the next reminder."""
    people = [p for p in people if p != by and p.mail_rhythm == MailRhythm.AT_ONCE]
    context = {
        "brief": brief,
        "title": brief.page.draft_title,
        "place": brief.place_label,
        "by": by,
        "url": absolute(reverse("brief", args=[brief.pk])),
        **context,
    }
    mail(people, f"brief_{template}", context)


def authors_of(brief):
    """The authors of the brief's group who can act, as a list."""
    members = brief.record.able_members
    return [member.user for member in members if member.role == Membership.Role.AUTHOR]


def tell_asked(brief, by, again=False):
    _tell(brief.illustrators, "asked", brief, by, again=again)


def tell_delivered(version):
    others = version.brief.versions.filter(
        by=version.by, kind=version.kind, delivered_at__gte=timezone.now() - IN_A_ROW
    )
    if not others.exclude(pk=version.pk).exists():
        _tell(authors_of(version.brief), "delivered", version.brief, version.by, version=version)


def tell_remarked(remark):
    others = remark.version.remarks.filter(
        author=remark.author, made_at__gte=timezone.now() - IN_A_ROW
    )
    if not others.exclude(pk=remark.pk).exists():
        brief = remark.version.brief
        _tell(brief.illustrators, "remark", brief, remark.author, remark=remark)


def tell_closed(brief, by):
    _tell(brief.illustrators, "closed", brief, by)
