"""Public services in the admin: the list, who answers for which, and what is dead."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import (
    CreateView,
    DeleteView,
    EditView,
    IndexView,
)
from wagtail.admin.views.reports.base import ReportView
from wagtail.admin.viewsets.model import ModelViewSet

from pages.destinations import services_in, topics_by_service
from pages.models import PublicService, TopicPage
from pages.models.public_service import (
    CHANGE_SERVICES,
    SHOWN_FIELDS,
    all_services,
)
from pages.second_person import DecideView
from pages.sentences import SentenceInput
from workgroups.waiting import Waiting


class UsesColumn(Column):
    """The topics that lead to a service, with links to their editor."""

    cell_template_name = "pages/admin/service_topics.html"


COLUMNS = [
    Column("state", label=gettext_lazy("Last state"), accessor="get_state_display"),
    Column("answer", label=gettext_lazy("What it answered")),
    DateColumn("checked_at", label=gettext_lazy("Last check")),
    Column("who_answers", label=gettext_lazy("Who answers for it")),
]


class ServiceIndexView(IndexView):
    """The services as parents reach them, and above them what waits for a second person."""

    template_name = "pages/admin/service_index.html"

    def get_base_queryset(self):
        return PublicService.objects.select_related("owner", "workgroup")

    def get_context_data(self, **kwargs):
        waiting = PublicService.objects.waiting().select_related("proposed_by")
        return super().get_context_data(**kwargs) | {
            "waiting": [(s, s.can_be_confirmed_by(self.request.user)) for s in waiting]
        }


class ProposeMixin:
    """Keeps a new name or address aside for a second person; the rest is saved at once."""

    def save_instance(self):
        service, cleaned = self.form.instance, self.form.cleaned_data
        changed = set(self.form.changed_data)
        # Of one that is there, only what was changed here: what others did meanwhile stays.
        if stored := PublicService.objects.filter(pk=service.pk).first():
            service.name, service.url = stored.name, stored.url
            service.save(update_fields=changed.difference(SHOWN_FIELDS))
        self.proposes = bool(changed.intersection(SHOWN_FIELDS))
        if self.proposes:
            service.propose(self.request.user, cleaned["name"], cleaned["url"])
        self.object = service
        return service

    def save_action(self):
        text = (
            _("“%(service)s” is kept. Parents will be led there as soon as another person has "
              "confirmed it.")
            if self.proposes
            else _("“%(service)s” is saved.")
        )  # fmt: skip
        messages.success(self.request, text % {"service": self.form.cleaned_data["name"]})
        return redirect(self.index_url_name)


class ServiceCreateView(ProposeMixin, CreateView):
    pass


class ServiceEditView(ProposeMixin, EditView):
    pass


class ServiceDeleteView(DeleteView):
    """Says which topics lead to the service instead of deleting it."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(self.index_url_name)


class ServiceDecideView(DecideView):
    """What somebody proposes beside what parents are led to; the answer says, as `seen`, what
    was looked at."""

    model = PublicService
    permission = CHANGE_SERVICES
    context_name = "service"
    template_name = "pages/admin/service_change.html"
    header_icon = "link-external"
    page_title = gettext_lazy("Public service to confirm")
    list_url_name = "public_service:index"
    list_label = gettext_lazy("Public services")
    confirmed = gettext_lazy("Topics can lead to this service now.")

    def decide(self, confirms):
        decide = self.object.confirm if confirms else self.object.refuse
        decide(self.request.user, seen=self.request.POST.get("seen", ""))


class PublicServiceViewSet(ModelViewSet):
    model = PublicService
    name = "public_service"
    url_prefix = "services-publics"
    icon = "link-external"
    menu_label = gettext_lazy("Public services")
    list_display = ["__str__", "url", *COLUMNS]
    search_fields = ["name", "url", "purpose"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = ServiceIndexView
    index_template_name = ServiceIndexView.template_name
    add_view_class = ServiceCreateView
    edit_view_class = ServiceEditView
    delete_view_class = ServiceDeleteView
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("url"),
            FieldPanel("purpose", widget=SentenceInput),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("owner"), FieldPanel("workgroup")])],
                heading=gettext_lazy("Who answers for it"),
            ),
        ]
    )

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("a-confirmer/<int:pk>/", ServiceDecideView.as_view(), name="decide"),
        ]


class ServicesReportView(ReportView):
    """Every public service with its last state and the topics that lead to it, the dead
    ones first; for those who keep the list."""

    page_title = gettext_lazy("Public services and their state")
    header_icon = "link-external"
    index_url_name = "pages_services_report"
    index_results_url_name = "pages_services_report_results"
    permission_policy = None
    verbose_name_plural = gettext_lazy("public services")
    table_classname = "listing wide-list"
    columns = [
        Column("name", label=gettext_lazy("Public service")),
        Column("url", label=gettext_lazy("Address")),
        *COLUMNS,
        UsesColumn("topics", label=gettext_lazy("Used in")),
    ]
    list_export = ["name", "url", "get_state_display", "answer", "checked_at", "who_answers"]
    export_filename = "services-publics"

    def dispatch(self, request, *args, **kwargs):
        if not may_see_report(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def topics(self):
        return topics_by_service()

    def get_base_queryset(self):
        services = list(PublicService.objects.confirmed().select_related("owner", "workgroup"))
        for service in services:
            service.topics = self.topics.get(service.slug, [])
        return sorted(services, key=lambda s: (s.state != s.State.DEAD, s.name))


def may_see_report(user):
    return user.has_perm(CHANGE_SERVICES)


class ReportMenuItem(MenuItem):
    def is_shown(self, request):
        return may_see_report(request.user)


def report_menu_item():
    """For the hook register_reports_menu_item."""
    return ReportMenuItem(
        gettext_lazy("Public services"),
        reverse("pages_services_report"),
        icon_name="link-external",
        order=750,
    )


def waiting_for(user):
    """The changes that ``user`` may confirm, and the dead services for which she answers,
    for the admin's home (Waiting)."""
    for service in PublicService.objects.awaiting(user).select_related("proposed_by"):
        yield Waiting(
            title=service.proposed_name,
            why=_("Public service proposed by %(name)s: confirm or refuse it")
            % {"name": service.proposed_by},
            since=service.proposed_at,
            url=reverse("public_service:decide", args=[service.pk]),
        )
    may_change = user.has_perm(CHANGE_SERVICES)
    for service in PublicService.objects.dead().answered_for_by(user):
        yield Waiting(
            title=str(service),
            why=_("This public service does not answer any more (%(answer)s): find its new address")
            % {"answer": service.answer},
            since=service.state_since,
            # Whoever may not change the list looks at the address, and tells a coordinator.
            url=reverse("public_service:edit", args=[service.pk]) if may_change else service.url,
        )


def answered_for_by(thing):
    """For accounts.references: the services for which a User or a Workgroup answers."""
    field = "workgroup" if hasattr(thing, "memberships") else "owner"
    if not isinstance(thing, PublicService._meta.get_field(field).related_model):
        return
    for service in PublicService.objects.filter(**{field: thing.pk}):
        yield _("the public service “%(service)s”") % {"service": service}


def warn_of_dead_services(request, page):
    """Tell whoever opens a topic that leads to a dead service (hook before_edit_page)."""
    if request.method != "GET" or not isinstance(page, TopicPage):
        return
    # Read for the editor's list of them in any case.
    dead = [service for service in all_services() if service.is_dead]
    if not dead:
        return
    slugs = services_in(page.get_latest_revision_as_object())
    lines = [
        _("%(service)s (%(address)s), since %(day)s")
        % {
            "service": service,
            "address": service.url,
            "day": date_format(service.state_since, "DATE_FORMAT"),
        }
        for service in dead
        if service.slug in slugs
    ]
    if lines:
        told = _("This topic leads to a public service that does not answer any more:")
        listed = format_html_join("", "<br>{}", ((line,) for line in lines))
        messages.warning(request, format_html_join("", "{}", ((told,), (listed,))))


urlpatterns = [
    path("reports/services-publics/", ServicesReportView.as_view(), name="pages_services_report"),
    path(
        "reports/services-publics/resultats/",
        ServicesReportView.as_view(results_only=True),
        name="pages_services_report_results",
    ),
]
