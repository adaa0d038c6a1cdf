"""The lists of briefs: the illustrator's desk, a topic's, a group's, and all one may see."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports.base import ReportView
from wagtail.admin.widgets import HeaderButton

from accounts.roles import Role
from workgroups import briefs
from workgroups.brief_forms import BriefForm, DeliverForm
from workgroups.models import IllustrationBrief, Workgroup
from workgroups.models.brief_queries import BriefRefusalError, BriefState, refuse_to_ask
from workgroups.models.records import oversees
from workgroups.room import own_groups
from workgroups.working_days import working_days_after

from .briefs import places_to_ask_for, sentences
from .editorial import EditorialView

# What a picture takes where the illustration stage has no due date yet.
WORKING_DAYS_FOR_A_PICTURE = 15


def may_draw(user):
    """Whether there is a desk for ``user``."""
    return user.is_active and user.has_role(Role.ILLUSTRATOR)


def may_list_briefs(user):
    """Those who oversee all groups, and whoever belongs to one or draws for others."""
    return oversees(user) or may_draw(user) or bool(own_groups(user))


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """What the user is to draw, what is due first on top; files are dropped on a card."""

    template_name = "workgroups/desk.html"
    page_title = gettext_lazy("My drawings")
    header_icon = "image"

    def dispatch(self, request, *args, **kwargs):
        if not may_draw(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(_("All briefs"), url=reverse("briefs"), icon_name="list-ul", priority=10)
        ]

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        uploads = briefs.unfinished_uploads(self.request.user)
        cards = [
            {
                "brief": brief,
                "deliver_form": DeliverForm(brief=brief),
                "uploads": uploads.get(brief.pk, []),
            }
            for brief in briefs.to_draw(self.request.user)
        ]
        return super().get_context_data(cards=cards, **kwargs)


class TopicBriefsView(EditorialView):
    """The briefs of one topic, open ones first."""

    template_name = "workgroups/topic_briefs.html"
    page_title = gettext_lazy("Illustration briefs")
    header_icon = "image"

    def allowed(self):
        return oversees(self.request.user) or self.record.has_member(self.request.user)

    def get_context_data(self, **kwargs):
        found = IllustrationBrief.objects.filter(page=self.record.page_id)
        found = briefs.share_members(found.with_topics().order_by("due_on", "pk"))
        try:
            refuse_to_ask(self.record, self.request.user)
            why_not = ""
        except BriefRefusalError as refusal:
            why_not = str(refusal)
        return super().get_context_data(
            topic=self.topic,
            briefs=sorted(found, key=lambda brief: not brief.is_open),
            why_not=why_not,
            **kwargs,
        )


class AskView(EditorialView):
    """A new brief."""

    template_name = "workgroups/brief_form.html"
    page_title = gettext_lazy("Ask for a picture")
    header_icon = "image"

    def allowed(self):
        return oversees(self.request.user) or self.record.is_written_by(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        if not self.allowed():
            raise PermissionDenied
        try:
            refuse_to_ask(self.record, request.user)
            return super().dispatch(request, *args, **kwargs)
        except (BriefRefusalError, ValidationError) as refusal:
            messages.error(request, sentences(refusal))
            return redirect("topic_briefs", self.record.page_id)

    def form(self, data=None):
        due = self.record.due_on if self.record.stage == "illustration" else None
        place = self.request.GET.get("place")
        places = places_to_ask_for(self.topic)
        return BriefForm(
            data,
            places=places,
            drawing=self.record.drawn_by(),
            initial={
                "due_on": due
                or working_days_after(timezone.localdate(), WORKING_DAYS_FOR_A_PICTURE),
                "licence": "full_rights",
                "place": place if place in dict(places) else None,
            },
        )

    def post(self, request, *args, **kwargs):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            brief = IllustrationBrief.objects.ask(self.topic, request.user, **form.asked)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.render_to_response(self.get_context_data(form=form))
        names = ", ".join(str(person) for person in brief.illustrators)
        text = _("Asked. It is now with: %(names)s.") if names else _("Asked. Nobody draws yet.")
        messages.success(request, text % {"names": names})
        return redirect("brief", brief.pk)

    def get_context_data(self, **kwargs):
        back = reverse("topic_briefs", args=[self.record.page_id])
        defaults = {"form": self.form(), "action": _("Ask for it"), "back": back}
        return super().get_context_data(**{**defaults, **kwargs})


def _groups(request):
    return Workgroup.objects.all() if oversees(request.user) else Workgroup.objects.of(request.user)


class BriefFilter(WagtailFilterSet):
    """What narrows the list; it stands in the address."""

    groupe = ModelChoiceFilter(
        field_name="page__editorial_record__workgroup",
        label=gettext_lazy("Group"),
        queryset=_groups,
        empty_label=gettext_lazy("All groups"),
    )
    etat = ChoiceFilter(
        field_name="state",
        label=gettext_lazy("State"),
        choices=[(value, capfirst(label)) for value, label in BriefState.choices],
        empty_label=gettext_lazy("All states"),
    )

    class Meta:
        model = IllustrationBrief
        fields = []


def state_label(brief):
    return capfirst(brief.get_state_display())


def due_label(brief):
    """The due date, and how late it is, in words; nothing once the brief is closed."""
    if not brief.is_open:
        return ""
    day = date_format(brief.due_on, "j N Y")
    if not brief.days_late:
        return day
    late = ngettext("%(days)s day late", "%(days)s days late", brief.days_late)
    return f"{day} · {late % {'days': brief.days_late}}"


class BriefListView(ReportView):
    """Every brief that the user may see, what is open and due first on top."""

    table_classname = "listing wide-list"
    page_title = gettext_lazy("Illustration briefs")
    header_icon = "image"
    index_url_name = "briefs"
    index_results_url_name = "briefs_results"
    filterset_class = BriefFilter
    model = IllustrationBrief
    permission_policy = None
    verbose_name_plural = gettext_lazy("illustration briefs")
    is_exportable = False
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Topic"),
            accessor=lambda brief: brief.page.draft_title,
            get_url=lambda brief: reverse("brief", args=[brief.pk]),
            width="25%",
        ),
        Column("place_label", label=gettext_lazy("Place")),
        Column("state", label=gettext_lazy("State"), accessor=state_label),
        Column(
            "illustrators",
            label=gettext_lazy("Drawn by"),
            accessor=lambda brief: ", ".join(str(person) for person in brief.illustrators),
        ),
        Column("due", label=gettext_lazy("Due"), accessor=due_label),
    ]

    def dispatch(self, request, *args, **kwargs):
        if not may_list_briefs(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        found = IllustrationBrief.objects.visible_to(self.request.user).with_topics()
        return found.order_by(F("closed_at").desc(nulls_first=True), "due_on", "pk")

    def paginate_queryset(self, queryset, page_size):
        paginator, page, found, more = super().paginate_queryset(queryset, page_size)
        return paginator, page, briefs.share_members(found), more


class BriefsPanel(Component):
    """The open briefs of one group, on a page about it."""

    name = "briefs"
    order = 300
    template_name = "workgroups/briefs_panel.html"

    class Media:
        css = {"all": ["css/briefs.css"]}

    def __init__(self, request, workgroup):
        self.request = request
        self.workgroup = workgroup

    def get_context_data(self, parent_context):
        found = IllustrationBrief.objects.visible_to(self.request.user).open()
        found = found.filter(page__editorial_record__workgroup=self.workgroup).with_topics()
        return {"briefs": briefs.share_members(found.order_by("due_on", "pk"))}


def briefs_panel(request, workgroup):
    """The panel of the open briefs of ``workgroup``, for the group's room."""
    return BriefsPanel(request, workgroup)
