"""Wagtail's bulk actions on people, held to the same rules as its forms."""

from django import forms
from django.contrib.auth.models import Group
from django.shortcuts import redirect
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.users.views import bulk_actions

from .deletion import refusal, what_refers_to
from .forms import RolesField
from .policies import can_manage, grantable_roles
from .roles import Role


class ManagedOnly:
    """Leaves out the people whom the acting user may not manage."""

    def check_perm(self, obj):
        return super().check_perm(obj) and can_manage(self.request.user, obj)


class RoleField(forms.ModelChoiceField):
    label_from_instance = RolesField.label_from_instance


class RoleForm(forms.Form):
    def __init__(self, *args, acting_user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"] = RoleField(
            queryset=Group.objects.filter(name__in=grantable_roles(acting_user))
        )


class AssignRoleBulkAction(ManagedOnly, bulk_actions.AssignRoleBulkAction):
    form_class = RoleForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "acting_user": self.request.user}

    @cached_property
    def needs_profession(self):
        """Whether the role to give is the signatory's: see PersonForm."""
        role = self.cleaned_form and self.cleaned_form.cleaned_data["role"]
        return bool(role) and role.name == Role.SIGNATORY

    def check_perm(self, obj):
        if self.needs_profession and not obj.profession:
            return False
        return super().check_perm(obj)


class SetActiveStateBulkAction(ManagedOnly, bulk_actions.SetActiveStateBulkAction):
    @classmethod
    def execute_action(cls, objects, mark_as_active=False, user=None, **kwargs):
        # One save each, so that what listens to a deactivation hears it.
        people = [person for person in objects if person != user]
        for person in people:
            person.is_active = mark_as_active
            person.save(update_fields=["is_active"])
            log(person, "wagtail.edit", user=user)
        return len(people), 0


class DeleteBulkAction(ManagedOnly, bulk_actions.DeleteBulkAction):
    def prepare_action(self, objects, objects_without_access):
        refused = False
        for person in objects:
            if references := what_refers_to(person):
                messages.error(self.request, refusal(person, references))
                refused = True
        if refused:
            return redirect(self.next_url)
        return super().prepare_action(objects, objects_without_access)


ACTIONS = (AssignRoleBulkAction, SetActiveStateBulkAction, DeleteBulkAction)
