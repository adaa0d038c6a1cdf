"""Times of a family's life, from the wish for a child to the third birthday."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Orderable


class StageQuerySet(models.QuerySet):
    def at_day(self, day):
        """The stages that hold the day `day`, counted from birth (day 0)."""
        return self.filter(from_day__lte=day, to_day__gte=day)


class Stage(Orderable):
    """A time of life: a label and a range of days around birth."""

    label = models.CharField(
        _("label"),
        max_length=40,
        help_text=_("Short, as parents read it on a topic: “0-3 months”."),
    )
    name = models.CharField(
        _("full name"),
        max_length=80,
        help_text=_("“The first three months”."),
    )
    slug = models.SlugField(_("name in addresses"), max_length=40, unique=True)
    from_day = models.IntegerField(
        _("from day"),
        help_text=_("Days from birth; before birth, with a minus sign: -280."),
    )
    to_day = models.IntegerField(_("to day"), help_text=_("This day included."))
    picture = models.ForeignKey(
        "media.Illustration",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Shown on the home page. Without one, the picture of a topic is used."),
    )

    objects = StageQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_day__lte=models.F("to_day")),
                name="pages_stage_days_in_order",
            )
        ]

    def __str__(self):
        return self.label

    def clean(self):
        super().clean()
        if None not in (self.from_day, self.to_day) and self.from_day > self.to_day:
            raise ValidationError({"to_day": _("The last day cannot come before the first one.")})
