"""Managing people in the Wagtail admin."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import CheckboxSelectMultiple
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.users.views import users

from .deletion import refusal, what_refers_to
from .forms import PersonCreationForm, PersonEditForm
from .invitations import send_invitation
from .policies import can_manage
from .roles import Role, role_label


class UserFilterSet(users.UserFilterSet):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.filters["is_superuser"]
        self.filters["group"] = django_filters.MultipleChoiceFilter(
            field_name="groups__name",
            choices=Role.choices,
            label=_("Role"),
            widget=CheckboxSelectMultiple,
        )


class IndexView(users.IndexView):
    search_fields = ("email", "display_name")

    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("groups")

    @cached_property
    def columns(self):
        roles = Column(
            "roles",
            label=_("Roles"),
            accessor=lambda person: ", ".join(
                str(role_label(group.name)) for group in person.groups.all()
            ),
        )
        return [roles if column.name == "is_superuser" else column for column in super().columns]


class CreateView(users.CreateView):
    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "acting_user": self.request.user}

    def save_instance(self):
        person = super().save_instance()
        transaction.on_commit(lambda: send_invitation.enqueue(person.pk))
        return person


class EditView(users.EditView):
    def dispatch(self, request, *args, **kwargs):
        if not can_manage(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "acting_user": self.request.user}


class DeleteView(users.DeleteView):
    def dispatch(self, request, *args, **kwargs):
        if not can_manage(request.user, self.object):
            raise PermissionDenied
        if self.user_has_permission("delete") and (references := what_refers_to(self.object)):
            messages.error(request, refusal(self.object, references))
            return redirect(self.edit_url_name, self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class UserViewSet(users.UserViewSet):
    filterset_class = UserFilterSet
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    create_template_name = "accounts/user_create.html"
    edit_template_name = "accounts/user_edit.html"
    # A forged POST to the copy view would write into the person copied from.
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm
