"""“New topic” in a workgroup's room: what it is about, and who writes it."""

from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from pages.models import ThemePage, TopicPage
from pages.topic_form import TopicPageForm
from workgroups.models import Workgroup
from workgroups.models.records import oversees
from workgroups.writers import name_writers


def may_begin(user, group):
    """Whether ``user`` may begin a topic in the name of ``group``: its authors,
    and those who oversee all groups."""
    if not group.active:
        return False
    return oversees(user) or Workgroup.objects.written_by(user).filter(pk=group.pk).exists()


class TopicInRoomForm(TopicPageForm):
    """The first fields of the editor's own form, so that its rules hold here too."""

    workgroup = opened_at_stage = opened_with_pictures = None

    theme = forms.ModelChoiceField(
        label=gettext_lazy("Theme"),
        queryset=ThemePage.objects.none(),
        empty_label=gettext_lazy("Choose…"),
    )
    writers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who writes"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "They get a message. The other authors of the group can write in it too."
        ),
        error_messages={"required": gettext_lazy("Tick at least one person.")},
    )
    field_order = ["title", "theme", "stages", "writers"]

    class Meta:
        model = TopicPage
        fields = ["title", "slug", "stages"]
        formsets = []
        widgets = {"slug": forms.HiddenInput, "stages": forms.CheckboxSelectMultiple}

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        self.group = group
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = _("Give the topic a title.")
        self.fields["title"].help_text = _("You can change it later.")
        themes = ThemePage.objects.live().filter(workgroups=group).order_by("path")
        self.fields["theme"].queryset = themes
        if len(themes) == 1:
            self.fields["theme"].empty_label = None
        authors = User.objects.filter(pk__in=group.memberships.authors().can_act().values("user"))
        authors = authors.order_by("display_name", "pk")
        self.fields["writers"].queryset = authors
        self.fields["writers"].initial = [self.for_user.pk]
        if not authors:
            del self.fields["writers"]  # a coordinator begins it for those to come

    def clean_theme(self):
        theme = self.cleaned_data["theme"]
        self.parent_page = theme
        self.instance.locale = theme.locale
        return theme

    def clean_slug(self):
        # Without a theme there is no place yet in which it could be taken.
        return super().clean_slug() if self.parent_page else ""

    def begin(self, key):
        """Make the topic, as the editor does: a draft, its record, its first stage.
        ``key``, a UUID, becomes its translation key."""
        page = self.save(commit=False)
        page.owner, page.live, page.translation_key = self.for_user, False, key
        page.initial_workgroup = self.group
        self.cleaned_data["theme"].add_child(instance=page)
        if writers := self.cleaned_data.get("writers"):
            name_writers(page, writers, by=self.for_user)
        page.save_revision(user=self.for_user, log_action=True, clean=False)
        return page


class TopicInRoomView(WagtailAdminTemplateMixin, TemplateView):
    """Asks for the first words, makes the draft and opens the editor on it.

    The form carries a key of its own, signed for this user and group: sent
    twice, it makes one topic.
    """

    template_name = "pages/admin/topic_in_room.html"
    page_title = gettext_lazy("New topic")
    header_icon = "doc-empty"

    @cached_property
    def group(self):
        return get_object_or_404(Workgroup, pk=self.kwargs["workgroup_id"])

    @property
    def signer(self):
        return Signer(salt=f"topic-in-room-{self.request.user.pk}-{self.group.pk}")

    def dispatch(self, request, *args, **kwargs):
        if not may_begin(request.user, self.group):
            raise PermissionDenied
        if not self.group.themes.live().exists():
            messages.info(
                request, _("This group does not write for a theme yet: ask a coordinator.")
            )
            return redirect("workgroup_room", self.group.pk)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            key = UUID(self.signer.unsign(request.POST.get("key", "")))
        except (BadSignature, ValueError) as error:
            raise BadRequest("A form that this site did not show.") from error
        with transaction.atomic():
            # Of two presses at the same moment, one waits here for the other.
            Workgroup.objects.select_for_update().get(pk=self.group.pk)
            made = TopicPage.objects.filter(translation_key=key).order_by("pk").first()
            if made is None:
                form = self.form(request.POST)
                if not form.is_valid():
                    return self.render_to_response(self.get_context_data(form=form))
                made = form.begin(key)
                messages.success(request, _("Your topic is begun. You can write in it now."))
            else:
                messages.info(request, _("This topic is begun already: nothing was done twice."))
        return redirect("wagtailadmin_pages:edit", made.pk)

    def form(self, data=None):
        return TopicInRoomForm(
            data, instance=TopicPage(), for_user=self.request.user, group=self.group
        )

    def get_breadcrumbs_items(self):
        room = {
            "url": reverse("workgroup_room", args=[self.group.pk]),
            "label": self.group.full_name,
        }
        return [*self.breadcrumbs_items, room, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        shown = {"form": kwargs.pop("form", None) or self.form(), "group": self.group}
        key = self.request.POST.get("key") or self.signer.sign(str(uuid4()))
        return super().get_context_data(**shown, key=key, **kwargs)


class TopicInRoomPanel(Component):
    """The button in the room, for those who may begin a topic there."""

    template_name = "pages/admin/topic_in_room_panel.html"

    def __init__(self, group):
        self.group = group

    def get_context_data(self, parent_context):
        return {"group": self.group}


def room_panel(request, group):
    """For workgroups.room.register_room_panel."""
    return TopicInRoomPanel(group) if may_begin(request.user, group) else None


urlpatterns = [
    path(
        "mes-groupes/<int:workgroup_id>/nouveau-sujet/",
        TopicInRoomView.as_view(),
        name="pages_topic_in_room",
    )
]
