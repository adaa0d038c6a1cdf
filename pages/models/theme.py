"""A shelf of topics."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Case, Q, When
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import PageManager

from accounts.roles import Role
from pages.permissions import ThemePermissionTester
from pages.sentences import SentenceInput
from workgroups.models import Membership

from .home import HeldPageQuerySet, ShelfPage, tabs


class Wash(models.TextChoices):
    """The pale colours of the site: a closed set of CSS classes."""

    LAGOON = "lagoon", _("lagoon")
    SUN = "sun", _("sun")
    LEAF = "leaf", _("leaf")
    CORAL = "coral", _("coral")
    PLUM = "plum", _("plum")


class ThemePageForm(WagtailAdminPageForm):
    """Asks who signs, and how many, for the French theme alone: it decides for them all."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.decided_in_french:
            for name in ("required_signatures", "signatories"):
                self.fields.pop(name, None)


class ThemePageQuerySet(HeldPageQuerySet):
    def of_topic(self, topic):
        """The theme under which the page `topic` stands, as stored."""
        parent_path = topic.path[: -topic.steplen] if topic.path else ""
        return self.filter(path=parent_path)

    def deciding_for(self, topic):
        """The theme that says how many sign the page `topic`, and who may: that under which
        it stands or, first, the French one of which that is a translation; as stored."""
        above = self.of_topic(topic)
        french = Q(locale__language_code=settings.LANGUAGE_CODE)
        kin = Q(translation_key__in=above.values("translation_key"))
        return self.filter(french & kin | Q(pk__in=above.values("pk"))).order_by(
            Case(When(french, then=0), default=1)
        )

    def written_by(self, user):
        """The themes that a group in which `user` is an author writes for."""
        return self.filter(
            workgroups__active=True,
            workgroups__memberships__user=user,
            workgroups__memberships__role=Membership.Role.AUTHOR,
        ).distinct()

    @transaction.atomic
    def update(self, **values):
        """As Django's; the topics follow a number of signatures changed this way too."""
        from pages.themes import take_over_required_signatures

        themes = list(self) if "required_signatures" in values else []
        number = super().update(**values)
        for theme in ThemePage.objects.filter(pk__in=[theme.pk for theme in themes]):
            take_over_required_signatures(theme)
        return number

    update.alters_data = True


class ThemePage(ShelfPage):
    """One theme: sleep, feeding, language…"""

    template = "pages/theme_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.TopicPage"]

    introduction = models.CharField(
        _("introduction"),
        max_length=255,
        blank=True,
        help_text=_("One or two sentences that parents read at the top of the theme."),
    )
    picture = models.ForeignKey(
        "media.Illustration",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Without one, the picture of a topic is used."),
    )
    wash = models.CharField(_("colour"), max_length=10, choices=Wash.choices, default=Wash.LAGOON)
    required_signatures = models.PositiveSmallIntegerField(
        _("number of signatures"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_(
            "How many professionals must sign a topic of this theme. Health: 2. "
            "If you raise it, the topics that lack a signature are to be read again."
        ),
    )
    workgroups = ParentalManyToManyField(
        "workgroups.Workgroup",
        verbose_name=_("workgroups"),
        blank=True,
        related_name="themes",
        help_text=_("The groups that write topics for this theme."),
    )
    signatories = ParentalManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signatories"),
        blank=True,
        related_name="+",
        limit_choices_to={"is_active": True, "groups__name": Role.SIGNATORY.value},
        help_text=_(
            "Only if this theme has its own signatories. "
            "Otherwise any professional who signs may sign here."
        ),
    )

    objects = PageManager.from_queryset(ThemePageQuerySet)()

    edit_handler = tabs(
        _("The theme"),
        [
            TitleFieldPanel("title"),
            FieldPanel("introduction", widget=SentenceInput),
            MultiFieldPanel([FieldPanel("picture"), FieldPanel("wash")], heading=_("How it looks")),
            MultiFieldPanel(
                [
                    FieldPanel("workgroups", widget=CheckboxSelectMultiple),
                    FieldPanel("required_signatures"),
                    FieldPanel("signatories", widget=CheckboxSelectMultiple),
                ],
                heading=_("Who writes and who signs"),
            ),
        ],
        ThemePageForm,
    )

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    @property
    def decided_in_french(self):
        """The French theme of which this is a translation: how many sign, and who may, is
        said there for all languages. None for what is no translation."""
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return None
        return ThemePage.objects.filter(
            translation_key=self.translation_key, locale__language_code=settings.LANGUAGE_CODE
        ).first()

    @property
    def signatures_asked(self):
        """How many people must sign a topic of this theme."""
        return (self.decided_in_french or self).required_signatures

    def permissions_for_user(self, user):
        return ThemePermissionTester(user, self)

    def get_context(self, request, *args, **kwargs):
        from pages.listings import theme_context

        context = super().get_context(request, *args, **kwargs)
        return context | theme_context(self)
