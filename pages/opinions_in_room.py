"""What parents answered to “Was this useful?”, shown to the group beside its topic."""

from django.core.paginator import Paginator
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button, HeaderButton
from wagtail.models import Page

from pages.models import Opinion, TopicPage
from workgroups.models import EditorialRecord
from workgroups.views.editorial import EditorialView

A_PAGE = 50  # sentences
NO_ANSWER = {"yes": 0, "no": 0, "sentences": 0}


class OpinionsView(EditorialView):
    """The counts of one topic, and the sentences, newest first: for its group and for
    those who oversee all groups."""

    template_name = "pages/admin/opinions.html"
    page_title = gettext_lazy("What parents say")
    header_icon = "comment"

    def allowed(self):
        return self.record.is_answered_for_by(self.request.user)

    @property
    def header_buttons(self):
        editor = reverse("wagtailadmin_pages:edit", args=[self.topic.pk])
        return [HeaderButton(_("Open the topic"), url=editor, icon_name="edit", priority=10)]

    def get_context_data(self, **kwargs):
        opinions = Opinion.objects.filter(topic=self.topic.pk)
        sentences = Paginator(opinions.with_sentence(), A_PAGE)
        return super().get_context_data(
            topic=self.topic,
            counts=opinions.counted().get(self.topic.pk, NO_ANSWER),
            sentences=sentences.get_page(self.request.GET.get("p")),
            **kwargs,
        )


class OpinionsPanel(Component):
    """The room's: each topic that parents answered about."""

    template_name = "pages/admin/opinions_panel.html"

    def __init__(self, rows):
        self.rows = rows

    def get_context_data(self, parent_context):
        return {"rows": self.rows}


def room_panel(request, group):
    """For workgroups.room.register_room_panel; the room knows who may enter."""
    pages = EditorialRecord.objects.filter(workgroup=group).values("page")
    counts = Opinion.objects.filter(topic__in=pages).counted()
    if not counts:
        return None
    topics = TopicPage.objects.filter(pk__in=counts).only("draft_title").order_by("draft_title")
    return OpinionsPanel([(topic, counts[topic.pk]) for topic in topics])


def header_buttons(page, user, next_url=None, view_name=None):
    """For the hook register_page_header_buttons."""
    page = page.specific if type(page) is Page else page
    if not isinstance(page, TopicPage) or not page.first_published_at:
        return
    record = page.get_record()
    if record and record.is_answered_for_by(user):
        url = reverse("pages_opinions", args=[page.pk])
        yield Button(_("What parents say"), url, icon_name="comment", priority=55)


urlpatterns = [
    path("sujets/<int:page_id>/avis-des-parents/", OpinionsView.as_view(), name="pages_opinions")
]
