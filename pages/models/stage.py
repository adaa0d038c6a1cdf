"""Times of a family's life, from the wish for a child to the third birthday."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Orderable

from pages.names import NamesInLanguages


class StageQuerySet(models.QuerySet):
    def delete(self):
        """Refuse while a topic is about one of them (ValidationError)."""
        for stage in self:
            stage.refuse_while_in_use()
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True


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

    in_languages = NamesInLanguages(
        _("in other languages"),
        names=("label", "name"),
        help_text=_("What is left empty is read in French."),
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
        if self._slug_differs():
            try:
                self.refuse_while_in_use()
            except ValidationError as error:
                raise ValidationError({"slug": error}) from error

    def save(self, *args, **kwargs):
        """As Django's, but the slug, which is signed with each topic, stays as
        it is once a topic is about this stage (ValidationError)."""
        if self._slug_differs():
            self.refuse_while_in_use()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Refuse while a topic is about it (ValidationError with the topics)."""
        self.refuse_while_in_use()
        return super().delete(*args, **kwargs)

    def topics_about_it(self):
        """The topics about this stage, as parents read them or in their latest
        draft, as a list."""
        from .topic import TopicPage

        return [
            topic
            for topic in TopicPage.objects.select_related("latest_revision").order_by("title")
            if self.pk in topic.stages.values_list("pk", flat=True)
            or (topic.latest_revision and self.pk in topic.latest_revision.content["stages"])
        ]

    def refuse_while_in_use(self):
        """Raise a ValidationError that names the topics about this stage."""
        if topics := self.topics_about_it():
            raise ValidationError(
                gettext("“%(stage)s” stays as it is: it stands in %(topics)s.")
                % {"stage": self, "topics": ", ".join(topic.draft_title for topic in topics[:10])}
            )

    def _slug_differs(self):
        stored = type(self).objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        return stored not in (None, self.slug)
