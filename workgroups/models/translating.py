"""What a page and its record say of its being a translation."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, override
from wagtail.models import Page

from accounts.roles import Role
from workgroups.remembered import remembered

from .readiness import ReadinessProblem
from .remembering import RememberingPage


def translators():
    """The active users who translate, as a QuerySet."""
    return get_user_model().objects.active().with_role(Role.TRANSLATOR)


def translated_by(user):
    """Which records are translations into a language that ``user`` translates, as a Q."""
    if not (user.is_active and user.has_role(Role.TRANSLATOR)):
        return Q(pk__in=[])
    return Q(source__isnull=False, locale__language_code__in=user.languages_read)


def nobody_translates():
    """Which records are translations into a language that nobody translates, as a Q."""
    able = translators().reading(OuterRef("locale__language_code"))
    return Q(source__isnull=False) & ~Q(Exists(able))


class TranslatedPage(RememberingPage):
    """The fields of an EditorialPage that say what it translates."""

    # Of a translation: which version of its source it says, by the hash that was signed
    # there, and when parents got that version.
    source_hash = models.CharField(max_length=64, blank=True, editable=False)
    source_published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def why_not_online(self):
        """What keeps this version from going online, its signatures aside, as a sentence;
        None where nothing does."""
        from workgroups.translations import why_source_forbids

        return why_source_forbids(self.get_record(), self)

    def serve_preview(self, request, mode_name):
        """As Wagtail's, in the page's own language, whoever looks at it."""
        code = self.locale.language_code
        request.LANGUAGE_CODE = code
        with override(code):
            response = super().serve_preview(request, mode_name)
            return response.render() if hasattr(response, "render") else response


class TranslationRecord(models.Model):
    """The part of an EditorialRecord that is about its being a translation."""

    # The page that it translates; None for what is written in its own language.
    source = models.ForeignKey(
        Page,
        verbose_name=_("translated from"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="translation_records",
    )
    # Since when the translation that parents read is of an earlier version of its source.
    behind_since = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_translation(self):
        return self.source_id is not None

    @property
    def language(self):
        """The code of the language that it is written in."""
        return self.locale.language_code

    @property
    def language_name(self):
        return dict(settings.LANGUAGES).get(self.language, self.language)

    def is_translated_by(self, user):
        """Whether ``user`` is one of those who translate into this language."""
        able = user.is_active and user.has_role(Role.TRANSLATOR)
        return self.is_translation and able and user.reads(self.language)

    def all_translators(self):
        """Those who translate into this language, as a list."""
        people = translators().reading(self.language).order_by("pk")
        return remembered(("translators", self.language), lambda: list(people))


def untranslated_problem(number):
    """The ReadinessProblem of a translation that lacks ``number`` of its segments."""
    text = gettext_noop("%(number)s of its texts still to be translated.")
    return ReadinessProblem("translation", text, {"number": number})
