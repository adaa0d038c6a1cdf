"""A topic: one page for parents about one question."""

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject, Length, Substr
from django.forms import CheckboxSelectMultiple
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page, PageManager

from accounts.roles import Role
from pages.blocks import BodyBlock, HelpBlock, NextTopicsBlock, PointsBlock, SourcesBlock
from pages.content import canonical_topic, used_files
from pages.content_labels import block_labels, placed_picture_labels
from pages.fields import MigrationFreeStreamField
from pages.picture_places import place_picture, places_of
from pages.readiness import topic_problems
from pages.reserved import refuse_reserved_slug
from pages.sentences import SentenceInput
from pages.topic_form import TopicPageForm
from workgroups.models import EditorialPage

from .home import HeldPageQuerySet, tabs
from .theme import ThemePage


class TopicPageQuerySet(HeldPageQuerySet):
    def newest_first(self):
        """As parents see them: what was published last comes first."""
        return self.order_by("-first_published_at", "-pk")

    def with_theme(self):
        """Add `theme_details`, the theme's title and wash, to the same query."""
        parent_path = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
        theme = ThemePage.objects.filter(path=parent_path)
        return self.annotate(
            theme_details=Subquery(theme.values(details=JSONObject(title="title", wash="wash"))[:1])
        )


class TopicPage(EditorialPage):
    """What a workgroup wrote about one question, signed word for word."""

    template = "pages/topic_page.html"
    parent_page_types = ["pages.ThemePage"]
    subpage_types = []
    private_page_options = []
    base_form_class = TopicPageForm

    key_message = models.CharField(
        _("key message"),
        max_length=160,
        blank=True,
        help_text=_("The one sentence that a parent should remember."),
    )
    stages = ParentalManyToManyField(
        "pages.Stage",
        verbose_name=pgettext_lazy("of a topic", "stages"),
        blank=True,
        related_name="topics",
        help_text=_("The ages that this topic is about."),
    )
    lead_illustration = models.ForeignKey(
        "media.Illustration",
        verbose_name=_("picture at the top"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lead_alt_text = models.CharField(
        _("what one sees"),
        max_length=250,
        blank=True,
        help_text=_("One sentence, for those who cannot see the picture."),
    )
    lead_is_decorative = models.BooleanField(
        _("the picture only decorates"),
        default=False,
        help_text=_("Tick only if it tells nothing that the text does not."),
    )
    in_brief = MigrationFreeStreamField(
        PointsBlock(),
        verbose_name=_("in brief"),
        blank=True,
        help_text=_("Two to four points: what one reads when in a hurry."),
    )
    body = MigrationFreeStreamField(
        BodyBlock(),
        verbose_name=_("the text, block by block"),
        blank=True,
        help_text=_("Short sentences. Press + to add a block."),
    )
    help_block = MigrationFreeStreamField(
        HelpBlock(), verbose_name=_("when to ask for help"), blank=True
    )
    sources = MigrationFreeStreamField(
        SourcesBlock(),
        verbose_name=_("sources"),
        blank=True,
        help_text=_("At least one: where what you write can be checked."),
    )
    # Not signed: it says nothing about health, and each of them carries its own signatures.
    next_topics = MigrationFreeStreamField(
        NextTopicsBlock(),
        verbose_name=_("what to read next"),
        blank=True,
        help_text=_("Up to three topics. Those you leave out are found by theme and age."),
    )

    objects = PageManager.from_queryset(TopicPageQuerySet)()

    edit_handler = tabs(
        _("The topic"),
        [
            TitleFieldPanel("title"),
            FieldPanel("workgroup"),
            FieldPanel("key_message", widget=SentenceInput),
            FieldPanel("stages", widget=CheckboxSelectMultiple),
            MultiFieldPanel(
                [
                    FieldPanel("lead_illustration"),
                    FieldPanel("lead_alt_text", widget=SentenceInput),
                    FieldPanel("lead_is_decorative"),
                ],
                heading=_("Picture at the top"),
            ),
            FieldPanel("in_brief"),
            FieldPanel("body"),
            FieldPanel("help_block"),
            FieldPanel("sources"),
            FieldPanel("next_topics"),
        ],
        TopicPageForm,
    )

    # What the parts of the canonical content are called on the sign-off page.
    content_labels = {
        "title": _("title"),
        "key_message": _("key message"),
        "stages": pgettext_lazy("of a topic", "stages"),
        "lead": _("picture at the top"),
        **placed_picture_labels("lead"),
        "in_brief": _("in brief"),
        **block_labels(in_brief.stream_block, "in_brief"),
        "body": "",
        **block_labels(body.stream_block, "body"),
        "help": _("when to ask for help"),
        **block_labels(help_block.stream_block, "help"),
        "sources": _("sources"),
        **block_labels(sources.stream_block, "sources"),
        "seo_title": _("title for search engines"),
        "search_description": _("description for search engines"),
    }

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def clean(self):
        super().clean()
        refuse_reserved_slug(self.slug)

    @cached_property
    def theme_details(self):
        """Title and wash of the theme, as a dict; None before there is one."""
        return ThemePage.objects.of_topic(self).values("title", "wash").first()

    @property
    def help_numbers(self):
        """The slugs of the help numbers that this version shows."""
        return [slug for block in self.help_block for slug in block.value["numbers"]]

    # What EditorialPage asks for

    def readiness_problems(self, stage):
        return topic_problems(self, stage)

    def canonical_content(self):
        return canonical_topic(self)

    def used_files(self):
        return used_files(self)

    def picture_places(self):
        return [(place.key, place.label) for place in places_of(self)]

    def place_picture(self, place, illustration, alt_text, decorative):
        place_picture(self, place, illustration, alt_text, decorative)

    def required_signatures(self):
        # The stored theme: a draft of the theme asks for nothing yet.
        theme = ThemePage.objects.of_topic(self).first()
        return theme.required_signatures if theme else 1

    def eligible_signatories(self):
        users = get_user_model().objects.active().with_role(Role.SIGNATORY)
        theme = ThemePage.objects.of_topic(self).first()
        own = [user.pk for user in theme.signatories.all()] if theme else []
        return users.filter(pk__in=own) if own else users

    # The public page

    def get_context(self, request, *args, **kwargs):
        from pages.topic_context import topic_context

        context = super().get_context(request, *args, **kwargs)
        return context | topic_context(self)
