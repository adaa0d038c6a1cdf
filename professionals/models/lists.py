"""The official lists of the directory: kinds, sectors, priorities, eligibility grounds.

They come from professionals/data/directory.json after every migrate (professionals.lists) and
are changed nowhere else.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from professionals import names


class Sector(models.TextChoices):
    HEALTH = "sante", _("Health")
    FAMILIES = "familles", _("Services for families")
    CULTURE = "culture", _("Culture")
    SPORT = "sport-nature", _("Sport and nature")
    PROTECTION = "protection", _("Child protection")
    OTHER = "autre", _("Other")


class Listed(models.Model):
    """One line of an official list. *name*: its official French name; *number*: its place."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    number = models.PositiveSmallIntegerField(_("number"))

    translated = {}  # {slug: its name in the language being read}

    class Meta:
        abstract = True
        ordering = ["number"]

    def __str__(self):
        return str(self.label)

    @property
    def label(self):
        """Its name in the language being read: in French the official one."""
        return self.label_of(self.slug, self.name)

    @classmethod
    def label_of(cls, slug, name):
        """The same of a line with that slug and official name."""
        if (get_language() or settings.LANGUAGE_CODE).startswith("fr"):
            return name
        return cls.translated.get(slug, name)


class Kind(Listed):
    """What a professional is. *examples*: words by which people look for it."""

    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    examples = models.JSONField(default=list, blank=True)

    translated = names.KINDS

    class Meta(Listed.Meta):
        verbose_name = _("kind of professional")
        verbose_name_plural = _("kinds of professionals")


class Priority(Listed):
    """One of the ten priorities of the first 1000 days, *number* 1 to 10."""

    examples = models.JSONField(default=list, blank=True)

    translated = names.PRIORITIES

    class Meta(Listed.Meta):
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")

    @property
    def bit(self):
        """What stands for it in a set of priorities kept as one whole number."""
        return 1 << (self.number - 1)


class EligibilityGround(Listed):
    """Why a public body trusts the professional."""

    translated = names.GROUNDS

    class Meta(Listed.Meta):
        verbose_name = _("eligibility ground")
        verbose_name_plural = _("eligibility grounds")
