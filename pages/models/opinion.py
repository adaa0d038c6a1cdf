"""“Was this useful?”: what parents answer, with nothing about who they are."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_SENTENCE = 300  # characters


class OpinionQuerySet(models.QuerySet):
    def counted(self):
        """{page id: {"yes", "no", "sentences"}}, one query."""
        counts = (
            self.order_by()
            .values("topic")
            .annotate(
                yes=Count("pk", filter=Q(useful=True)),
                no=Count("pk", filter=Q(useful=False)),
                sentences=Count("pk", filter=~Q(sentence="")),
            )
        )
        return {row.pop("topic"): row for row in counts}

    def with_sentence(self):
        """Those that say something, newest first."""
        return self.exclude(sentence="").order_by("-day", "-pk")

    def forget_sentences(self):
        """Empty the sentences that are older than OPINION_SENTENCE_DAYS: somebody may have
        written a name in one. The answers stay. Returns how many were emptied."""
        oldest = timezone.localdate() - timedelta(days=settings.OPINION_SENTENCE_DAYS)
        return self.exclude(sentence="").filter(day__lt=oldest).update(sentence="")


class Opinion(models.Model):
    """One answer. The day and no time; no address, no name, no key."""

    topic = models.ForeignKey(
        "pages.TopicPage",
        verbose_name=_("topic"),
        on_delete=models.CASCADE,
        related_name="opinions",
    )
    language = models.CharField(_("language"), max_length=10)
    day = models.DateField(_("day"), default=timezone.localdate)
    useful = models.BooleanField(_("useful"))
    sentence = models.CharField(_("sentence"), max_length=LONGEST_SENTENCE, blank=True)

    objects = OpinionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        indexes = [models.Index(fields=["topic", "-day"])]

    def __str__(self):
        return f"{self.topic}, {self.day}"


class OpinionSaltQuerySet(models.QuerySet):
    def of_today(self):
        """The salt of this day, made where there is none yet; those before it are gone then."""
        today = timezone.localdate()
        found, made = self.get_or_create(day=today, defaults={"salt": secrets.token_hex(32)})
        if made:
            self.forget_past()
        return found.salt

    def forget_past(self):
        """Delete the salts of the days before this one. Returns how many there were."""
        return self.filter(day__lt=timezone.localdate()).delete()[0]


class OpinionSalt(models.Model):
    """What makes the limit's hashes of addresses say nothing once the day is over. A row
    and no entry of a cache, which may drop it in the middle of the day, and the limit with it."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)

    objects = OpinionSaltQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.day}"
