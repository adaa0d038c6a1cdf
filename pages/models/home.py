"""The first page that a parent sees."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.models import Page, PageManager, PageQuerySet

from pages.reserved import refuse_reserved_slug
from pages.sentences import SentenceInput
from workgroups.deletion import why_page_stays
from workgroups.privacy import restrictions_above

# What a page tells search engines, in words that editors understand.
SEARCH_PANEL = MultiFieldPanel(
    [
        FieldPanel(
            "slug",
            heading=gettext_lazy("End of the page's address"),
            help_text=gettext_lazy(
                "A few words without accents, joined by hyphens. It comes from the title by itself."
            ),
        ),
        FieldPanel(
            "seo_title",
            heading=gettext_lazy("Title in search engines"),
            help_text=gettext_lazy(
                "The line that people press in a list of results. Empty: the title of the page."
            ),
        ),
        FieldPanel(
            "search_description",
            heading=gettext_lazy("Text in search engines"),
            help_text=gettext_lazy(
                "One or two sentences, read below that line. Empty: the sentence that "
                "opens the page."
            ),
        ),
    ],
    heading=gettext_lazy("Address and search engines"),
)


def tabs(heading, panels, form_class=None):
    """The editor of a page: what it says, then its address and how search
    engines show it; no dates and no menus, which this site does not have."""
    return TabbedInterface(
        [
            ObjectList(panels, heading=heading),
            ObjectList([SEARCH_PANEL], heading=gettext_lazy("Address and search engines")),
        ],
        base_form_class=form_class or WagtailAdminPageForm,
    )


class HeldPageQuerySet(PageQuerySet):
    def readable(self, beside=None):
        """Those that everybody may read: online, and neither they nor a page above them for
        some people alone. With `beside`, a page, those that whoever reads it may read."""
        restrictions = restrictions_above("path")
        if path := beside and beside.path:
            ends = range(Page.steplen, len(path) + 1, Page.steplen)
            restrictions = restrictions.exclude(page__path__in=[path[:end] for end in ends])
        return self.live().exclude(Exists(restrictions))

    def delete(self, *args, **kwargs):
        """Refuse while topics stand under one of them, or signatures under a
        topic (PermissionDenied with what holds it). Every way of deleting a page
        comes by here; in the permission tester it would hide its reason."""
        for page in self:
            if reason := why_page_stays(page):
                raise PermissionDenied(reason)
        return super().delete(*args, **kwargs)

    delete.alters_data = True
    delete.queryset_only = True


class ShelfPage(Page):
    """A page under which signed topics stand: it never takes them off."""

    private_page_options = []

    objects = PageManager.from_queryset(HeldPageQuerySet)()

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        # No expiry date, and no menus but our own.
        self.go_live_at = self.expire_at = None
        self.show_in_menus = False
        refuse_reserved_slug(self.slug)

    def live_topics(self):
        """The topics under this page that parents can read."""
        from .topic import TopicPage

        return TopicPage.objects.live().descendant_of(self)

    def why_it_stays(self):
        """Why this page cannot be taken off, moved away or deleted, as a
        sentence with the list of topics; None where nothing holds it."""
        titles = self.live_topics().order_by("title").values_list("title", flat=True)
        if not titles:
            return None
        return _(
            "“%(page)s” stays where it is: parents read these topics under it. "
            "Withdraw them first, each with its reason: %(topics)s."
        ) % {"page": self.title, "topics": ", ".join(titles[:20])}

    def refuse_to_hide_topics(self):
        """Raise PermissionDenied, with the list, while topics are live here."""
        if reason := self.why_it_stays():
            raise PermissionDenied(reason)

    def save(self, *args, **kwargs):
        update_fields = kwargs.get("update_fields")
        if (
            self.pk
            and not self.live
            and (update_fields is None or "live" in update_fields)
            and type(self).objects.filter(pk=self.pk, live=True).exists()
        ):
            self.refuse_to_hide_topics()
        super().save(*args, **kwargs)


class HomePage(ShelfPage):
    """Home, one per language: ages first, then themes and what is new."""

    template = "pages/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.ThemePage"]

    question = models.CharField(
        gettext_lazy("question at the top"),
        max_length=80,
        blank=True,
        help_text=gettext_lazy("Empty: “How old is your child?”"),
    )
    introduction = models.CharField(
        gettext_lazy("introduction"),
        max_length=255,
        blank=True,
        help_text=gettext_lazy("One or two sentences that say what parents find here."),
    )

    edit_handler = tabs(
        gettext_lazy("The home page"),
        [
            TitleFieldPanel("title"),
            FieldPanel("question"),
            FieldPanel("introduction", widget=SentenceInput),
        ],
    )

    class Meta:
        verbose_name = gettext_lazy("home page")
        verbose_name_plural = gettext_lazy("home pages")

    def get_context(self, request, *args, **kwargs):
        from pages.listings import home_context

        context = super().get_context(request, *args, **kwargs)
        return context | home_context(self, request)
