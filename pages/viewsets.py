"""Stages and help numbers in the admin, for coordinators."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import (
    CreateView,
    DeleteView,
    EditView,
    IndexView,
)
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from pages.models import HelpNumber, HelpNumberChange, Stage
from pages.models.help_number import CHANGE_NUMBERS, SHOWN_FIELDS, refuse_to_delete
from pages.second_person import DecideView
from pages.sentences import SentenceInput
from pages.services_admin import PublicServiceViewSet


class StageDeleteView(DeleteView):
    """Says which topics are about the stage instead of deleting it."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(self.index_url_name)


class StageViewSet(ModelViewSet):
    model = Stage
    name = "stage"
    url_prefix = "etapes"
    icon = "calendar"
    menu_label = gettext_lazy("Stages")
    list_display = ["label", "name", "from_day", "to_day"]
    search_fields = ["label", "name"]
    search_backend_name = None
    copy_view_enabled = False
    delete_view_class = StageDeleteView
    edit_handler = ObjectList(
        [
            FieldPanel("label"),
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldRowPanel(
                [FieldPanel("from_day"), FieldPanel("to_day")],
                heading=gettext_lazy("Days around birth"),
            ),
            FieldPanel("picture"),
            FieldPanel("in_languages"),
        ]
    )


class HelpNumberIndexView(IndexView):
    """The numbers as parents read them, and above them what waits."""

    template_name = "pages/admin/help_number_index.html"

    def get_context_data(self, **kwargs):
        waiting = HelpNumberChange.objects.waiting().select_related("proposed_by")
        return super().get_context_data(**kwargs) | {
            "waiting": [(c, c.can_be_confirmed_by(self.request.user)) for c in waiting]
        }


class ProposeMixin:
    """Keeps what the form says aside, for a second person to confirm."""

    def save_instance(self):
        values = {name: self.form.cleaned_data[name] for name in SHOWN_FIELDS}
        self.change = self.propose(HelpNumberChange.objects, values)
        return self.form.instance

    def save_action(self):
        messages.success(
            self.request,
            _(
                "“%(number)s” is kept. Parents will read it as soon as another "
                "person has confirmed it."
            )
            % {"number": self.change},
        )
        return redirect(self.index_url_name)


class HelpNumberCreateView(ProposeMixin, CreateView):
    def propose(self, changes, values):
        return changes.propose_new(self.request.user, **values)


class HelpNumberEditView(ProposeMixin, EditView):
    def propose(self, changes, values):
        return changes.propose(self.request.user, self.object.slug, **values)


class HelpNumberDeleteView(DeleteView):
    """Says that a number is changed instead; no button leads here."""

    def dispatch(self, request, *args, **kwargs):
        try:
            refuse_to_delete()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(self.index_url_name)


class HelpNumberDecideView(DecideView):
    model = HelpNumberChange
    permission = CHANGE_NUMBERS
    context_name = "change"
    template_name = "pages/admin/help_number_change.html"
    header_icon = "help"
    page_title = gettext_lazy("Help number to confirm")
    list_url_name = "help_number:index"
    list_label = gettext_lazy("Help numbers")
    confirmed = gettext_lazy("Parents now read this number.")


class HelpNumberViewSet(ModelViewSet):
    model = HelpNumber
    name = "help_number"
    url_prefix = "numeros"
    icon = "help"
    menu_label = gettext_lazy("Help numbers")
    list_display = ["number", "name", "hours", "checked_on"]
    search_fields = ["number", "name", "purpose"]
    search_backend_name = None
    copy_view_enabled = False
    index_view_class = HelpNumberIndexView
    index_template_name = HelpNumberIndexView.template_name
    add_view_class = HelpNumberCreateView
    edit_view_class = HelpNumberEditView
    delete_view_class = HelpNumberDeleteView
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("number"), FieldPanel("tel")]),
            FieldPanel("name"),
            FieldPanel("purpose", widget=SentenceInput),
            MultiFieldPanel(
                [FieldPanel("hours"), FieldPanel("url"), FieldPanel("checked_on")],
                heading=gettext_lazy("As the service itself says"),
            ),
            FieldPanel("in_languages"),
            FieldPanel("sort_order"),
        ]
    )

    def get_common_view_kwargs(self, **kwargs):
        # No button to delete a number.
        return super().get_common_view_kwargs(**kwargs) | {"delete_url_name": None}

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("a-confirmer/<int:pk>/", HelpNumberDecideView.as_view(), name="decide"),
        ]


class ParentsPagesGroup(ModelViewSetGroup):
    items = (HelpNumberViewSet, PublicServiceViewSet, StageViewSet)
    menu_label = gettext_lazy("Ages and numbers")
    menu_icon = "help"
    menu_order = 320
