"""The entries in the Wagtail admin: the list with its filters, the form, what happened."""

import django_filters
from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import EditView as GenericEditView
from wagtail.admin.widgets import Button
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from professionals.departements import departements
from professionals.models import Kind, Professional
from professionals.models.choices import State
from professionals.states import StepError
from professionals.versions import keep_version

from .entry_form import EntryForm


class EntryFilters(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Where it stands"), choices=State.choices
    )
    kind = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Kind of professional"), queryset=Kind.objects.all()
    )
    departement = django_filters.ChoiceFilter(
        label=gettext_lazy("Département"),
        field_name="commune__departement",
        choices=lambda: [(one.code, f"{one.code} {one.name}") for one in departements().values()],
    )
    is_verified = django_filters.BooleanFilter(label=gettext_lazy("Checked by us"))

    class Meta:
        model = Professional
        fields = ["state", "kind", "departement", "is_verified"]


class PrivatePanel(Panel):
    """Contact persons, evidence and notes: in tables of their own, in no revision."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "professionals/admin/private_parts.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            private = [
                (name, rows.model._meta.verbose_name_plural, rows)
                for name, rows in self.form.private.items()
            ]
            return context | {"private": private, "form": self.form}


def _row(*names):
    return FieldRowPanel([FieldPanel(name) for name in names])


EDIT_HANDLER = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("is_natural_person"),
                _row("legal_person", "siret"),
                FieldPanel("kind"),
                FieldPanel("sector"),
                FieldPanel("specialities"),
                FieldPanel("priorities"),
            ],
            heading=gettext_lazy("Who it is"),
        ),
        MultiFieldPanel(
            [FieldPanel("grounds"), FieldPanel("public_body")],
            heading=gettext_lazy("Why it may be listed"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("address_more"),
                _row("postal_code", "commune"),
                _row("latitude", "longitude"),
                FieldPanel("area_served"),
            ],
            heading=gettext_lazy("Where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("opening_hours"),
                _row("telephone", "website"),
                FieldPanel("email"),
                FieldPanel("email_is_public"),
                FieldPanel("languages"),
                FieldPanel("cost"),
                FieldPanel("accessibility"),
                FieldPanel("accessibility_words"),
                FieldPanel("ages"),
                FieldPanel("description"),
            ],
            heading=gettext_lazy("When, how, for whom"),
        ),
        MultiFieldPanel(
            [FieldPanel("picture"), FieldPanel("picture_text")], heading=gettext_lazy("Picture")
        ),
        PrivatePanel(heading=gettext_lazy("Never public")),
    ],
    base_form_class=EntryForm,
)


class EntryIndexView(IndexView):
    table_classname = "listing wide-list"

    @property
    def columns(self):
        """Without boxes to tick: there is nothing to do with many at once."""
        return super().columns[1:]


class EntryEditView(EditView):
    """Saves through changes.apply_change(): Wagtail's drafts and their publication are what the
    professional's own changes wait as, not the moderators'."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.draftstate_enabled = self.revision_enabled = False
        self.autosave_enabled = self.saving_as_draft = False

    def get_object(self, queryset=None):
        """The entry as it is; what waits is decided on, not edited."""
        self.live_object = GenericEditView.get_object(self, queryset)
        return self.live_object

    def get_available_actions(self):
        return ["edit"]

    def _get_action_menu(self):
        menu = super()._get_action_menu()
        menu.context["draftstate_enabled"] = False  # or it says "save draft"
        return menu

    def get_side_panels(self):
        return GenericEditView.get_side_panels(self)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:
            for name, errors in error.message_dict.items():
                form.add_error(name if name in form.fields else None, errors)
        except StepError as error:
            form.add_error(None, str(error))
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)

    def save_instance(self):
        user = self.request.user
        change = self.form.store(user)
        if change.changed:
            entry = change.entry
            # What Wagtail's history compares and goes back to, through this form again.
            revision = keep_version(entry, entry.changed_at, user)
            log(entry, "wagtail.edit", user=user, revision=revision, content_changed=True)
        return change.entry

    def get_success_url(self):
        return reverse("directory_desk", args=[self.object.pk])

    def get_success_message(self, instance=None):
        return _("“%(name)s” is saved.") % {"name": instance or self.object}


class EntryViewSet(SnippetViewSet):
    model = Professional
    icon = "user"
    menu_label = gettext_lazy("Entries")
    menu_item_is_registered = True  # in the menu of the directory
    base_url_path = "annuaire/fiches"
    list_display = [
        "name",
        Column("kind", label=gettext_lazy("Kind of professional")),
        Column("commune", label=gettext_lazy("Commune")),
        Column("state", label=gettext_lazy("Where it stands"), accessor="get_state_display"),
        Column("checked", label=gettext_lazy("Checked"), accessor=lambda e: _yes(e.is_verified)),
        DateColumn("changed_at", label=gettext_lazy("Changed")),
    ]
    ordering = ["name", "pk"]
    filterset_class = EntryFilters
    edit_handler = EDIT_HANDLER
    index_view_class = EntryIndexView
    edit_view_class = EntryEditView
    copy_view_enabled = False
    inspect_view_enabled = False

    def get_queryset(self, request):
        return Professional.objects.select_related("kind", "commune")


def _yes(answer):
    return _("yes") if answer else _("no")


def listing_buttons(snippet, user, next_url=None):
    """For the hook register_snippet_listing_buttons."""
    if isinstance(snippet, Professional):
        url = reverse("directory_desk", args=[quote(snippet.pk)])
        yield Button(_("Look and decide"), url, icon_name="view", priority=5)
