"""What moderators and whoever runs the directory write for it: mails, and the badge's picture."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from media.models import Illustration


class DecisionMail(models.Model):
    """The mail that goes with a decision, where moderators wrote another one than
    professionals.moderation.mails has. *language*: that in which the professional is written
    to."""

    class About(models.TextChoices):
        ACCEPT = "accept", _("accepted and online")
        ACCEPT_UNLISTED = "accept_unlisted", _("accepted, not listed yet")
        REFUSE = "refuse", _("refused")
        ACCEPT_CHANGE = "accept_change", _("change accepted")
        CHANGE_EXPIRED = "change_expired", _("change accepted, no longer confirmed")
        REFUSE_CHANGE = "refuse_change", _("change refused")
        WITHDRAW = "withdraw", pgettext_lazy("an entry", "withdrawn")
        PUBLISH_AGAIN = "publish_again", _("online again")

    about = models.CharField(_("decision"), max_length=20, choices=About.choices)
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"), max_length=5000)

    class Meta:
        verbose_name = _("mail about a decision")
        verbose_name_plural = _("mails about decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["about", "language"], name="professionals_one_mail_a_decision"
            )
        ]

    def __str__(self):
        return str(self.get_about_display())


@register_setting(icon="globe")
class DirectorySettings(BaseGenericSetting):
    """What whoever runs the site decides for the whole directory."""

    badge_picture = models.ForeignKey(
        Illustration,
        verbose_name=_("picture of the badge"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_(
            "The drawing that accepted professionals show: square, best as SVG. Without one "
            "the badge has its words and its code alone."
        ),
    )

    panels = [FieldPanel("badge_picture")]

    class Meta:
        verbose_name = _("directory of professionals")

    def __str__(self):
        return str(self._meta.verbose_name)
