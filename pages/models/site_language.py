"""Which languages parents find."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from .home import HomePage


class SiteLanguageQuerySet(models.QuerySet):
    def shown(self):
        """The Locales in which parents find the site: French, and those that are switched
        on, each while its home page is online."""
        home = HomePage.objects.live().filter(locale=OuterRef("pk"))
        on = Q(site_language__is_on=True) | Q(language_code=settings.LANGUAGE_CODE)
        return Locale.objects.filter(on).filter(Exists(home))


class SiteLanguage(models.Model):
    """The switch of one language; without one, the language is off."""

    locale = models.OneToOneField(
        Locale,
        verbose_name=_("language"),
        on_delete=models.CASCADE,
        related_name="site_language",
    )
    is_on = models.BooleanField(_("on"), default=False)

    objects = SiteLanguageQuerySet.as_manager()

    class Meta:
        verbose_name = _("language of the site")
        verbose_name_plural = _("languages of the site")

    def __str__(self):
        return dict(settings.LANGUAGES).get(self.locale.language_code, self.locale.language_code)
