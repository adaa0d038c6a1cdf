"""A topic: one page for parents about one question."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject, Length, Substr
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page, PageManager
from wagtail_localize.fields import SynchronizedField
from wagtailmedia.edit_handlers import MediaChooserPanel

from accounts.roles import Role
from pages.blocks import BodyBlock, HelpBlock, NextTopicsBlock, PointsBlock, SourcesBlock
from pages.content import canonical_topic, used_files
from pages.content_labels import block_labels, placed_picture_labels, recording_labels
from pages.easy_panel import EasyVersionPanel
from pages.fields import MigrationFreeStreamField, OwnInEachLanguage
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

    def listed(self):
        """Those that lists and searches show: online, and no easy version, to which its
        topic leads."""
        return self.live().filter(easy_version_of=None)

    def easy_versions_of(self, topic):
        """The easy version of `topic`, in its language."""
        return self.filter(easy_version_of=topic.translation_key, locale=topic.locale_id)

    def with_other_version(self):
        """Add `other_version` to the same query: title, place, and whether it was published
        later, of the live easy version of a topic or of the topic of an easy version; None
        where there is none."""
        other = TopicPage.objects.live().filter(
            Q(easy_version_of=OuterRef("translation_key"))
            | Q(translation_key=OuterRef("easy_version_of")),
            locale=OuterRef("locale"),
        )
        newer = Case(
            When(last_published_at__gt=OuterRef("last_published_at"), then=True), default=False
        )
        details = JSONObject(title="title", url_path="url_path", is_newer=newer)
        return self.annotate(
            other_version=Subquery(other.order_by("pk").values(details=details)[:1])
        )

    def with_source_choices(self):
        """Add `source_choices` to the same query: {"next_topics": what editors chose to be
        read after the topic that this one translates}; None for what is no translation."""
        source = TopicPage.objects.filter(translation_records__page=OuterRef("pk"))
        chosen = source.values(chosen=JSONObject(next_topics="next_topics"))
        return self.annotate(source_choices=Subquery(chosen[:1]))

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

    recording = models.ForeignKey(
        "media.Recording",
        verbose_name=_("recorded version"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"type": "audio"},
        help_text=_(
            "A sound in which somebody reads this very text. Without one, the reader's own "
            "device reads it aloud where it can."
        ),
    )
    # The translation key of the topic of which this is the easy version: each of its
    # languages has its own. Set when it is made, and never after.
    easy_version_of = models.UUIDField(null=True, editable=False, db_index=True)
    understood_by = models.CharField(
        _("read and understood by"),
        max_length=120,
        blank=True,
        help_text=_(
            "People for whom easy French is made read it and said what they understood: "
            "a group, a place, first names."
        ),
    )
    understood_on = models.DateField(_("on"), null=True, blank=True)

    # What wagtail-localize translates is worked out from the fields. A translation keeps the
    # address of its source and, since they are read in French, its sources. A voice reads one
    # language, and who understood the source did not read the translation.
    exclude_fields_in_copy = ["recording", "understood_by", "understood_on"]
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("sources", overridable=False),
        *map(OwnInEachLanguage, exclude_fields_in_copy),
    ]

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
            MediaChooserPanel("recording", media_type="audio"),
            EasyVersionPanel(
                [FieldPanel("understood_by"), FieldPanel("understood_on")],
                heading=_("Read and understood"),
            ),
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
        "recording": _("recorded version"),
        **recording_labels("recording"),
        "easy_to_read": _("easy to read"),
        "understood": _("read and understood"),
        "understood.by": _("by"),
        "understood.on": _("on"),
        "seo_title": _("title for search engines"),
        "search_description": _("description for search engines"),
    }

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def save(self, *args, **kwargs):
        if self._state.adding and self.is_easy:
            kin = TopicPage.objects.filter(
                easy_version_of=self.easy_version_of, locale=self.locale_id
            )
            if kin.exists():
                # A topic has one easy version: a copy of it is a topic of its own.
                self.easy_version_of = self.understood_on = None
                self.understood_by = ""
        super().save(*args, **kwargs)

    def with_content_json(self, content):
        """As Wagtail's; of which topic this is the easy version, no revision decides."""
        version = super().with_content_json(content)
        version.easy_version_of = self.easy_version_of
        return version

    def clean(self):
        super().clean()
        refuse_reserved_slug(self.slug)
        if self.understood_on and self.understood_on > timezone.localdate():
            message = gettext("This day is still to come: when was it read?")
            raise ValidationError({"understood_on": message})

    @property
    def is_easy(self):
        """Whether this is the easy version of another topic."""
        return self.easy_version_of is not None

    @property
    def originals(self):
        """The topic of which this is the easy version, in this language (a QuerySet)."""
        return TopicPage.objects.filter(
            translation_key=self.easy_version_of, locale=self.locale_id
        ).exclude(translation_key=None)

    @property
    def original_is_online(self):
        return self.originals.live().exists()

    @cached_property
    def theme_details(self):
        """Title and wash of the theme, as a dict; None before there is one."""
        return ThemePage.objects.of_topic(self).values("title", "wash").first()

    @cached_property
    def other_version(self):
        """As with_other_version() adds it."""
        found = TopicPage.objects.filter(pk=self.pk).with_other_version().first()
        return found.other_version if found else None

    @cached_property
    def source_choices(self):
        """As with_source_choices() adds it."""
        found = TopicPage.objects.filter(pk=self.pk).with_source_choices().first()
        return found.source_choices if found else None

    @property
    def help_numbers(self):
        """The slugs of the help numbers that this version shows."""
        return [slug for block in self.help_block for slug in block.value["numbers"]]

    # What EditorialPage asks for

    def readiness_problems(self, stage):
        return topic_problems(self, stage)

    def canonical_content(self):
        return canonical_topic(self)

    def why_not_online(self):
        if self.easy_version_of and not self.original_is_online:
            return gettext("The topic of which this is the easy version is not online.")
        if not ThemePage.objects.of_topic(self).live().exists():
            return gettext("Its theme is not online in this language yet.")
        return super().why_not_online()

    def withdrawn_with_it(self):
        """Its translations, and the easy versions of them all: what is wrong in a topic is
        wrong in fewer words too."""
        return super().withdrawn_with_it() | Q(topicpage__easy_version_of=self.translation_key)

    def used_files(self):
        return used_files(self)

    def picture_places(self):
        return [(place.key, place.label) for place in places_of(self)]

    def place_picture(self, place, illustration, alt_text, decorative):
        place_picture(self, place, illustration, alt_text, decorative)

    def required_signatures(self):
        # The stored theme: a draft of the theme asks for nothing yet.
        theme = ThemePage.objects.deciding_for(self).first()
        return theme.required_signatures if theme else 1

    def eligible_signatories(self):
        users = get_user_model().objects.active().with_role(Role.SIGNATORY)
        theme = ThemePage.objects.deciding_for(self).first()
        own = [user.pk for user in theme.signatories.all()] if theme else []
        return users.filter(pk__in=own) if own else users

    # The public page

    def get_context(self, request, *args, **kwargs):
        from pages.topic_context import topic_context

        context = super().get_context(request, *args, **kwargs)
        return context | topic_context(self)
