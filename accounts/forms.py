"""The forms through which people are managed, and their own details."""

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserForm

from .models import User
from .policies import can_change_address, grantable_roles
from .roles import Role, role_label


class LanguagesField(forms.MultipleChoiceField):
    """The languages of the site, to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=lambda: settings.WAGTAIL_CONTENT_LANGUAGES, **kwargs)


class RolesField(forms.ModelMultipleChoiceField):
    """Roles to tick, by their translated labels."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(queryset=Group.objects.none(), **kwargs)

    def label_from_instance(self, group):
        return role_label(group.name)


class PersonForm(UserForm):
    """A person as a coordinator sees her. No password: she chooses her own.

    *acting_user* is who fills the form in; roles out of her reach are not
    among the choices.
    """

    first_name = None
    last_name = None
    is_superuser = None
    languages_read = LanguagesField(label=_("Languages read"), required=False)
    groups = RolesField(label=_("Roles"), required=False)

    error_messages = {
        **UserForm.error_messages,
        "duplicate_username": _("Someone already uses this e-mail address."),
    }
    password_enabled = False

    class Meta:
        model = User
        fields = [
            "email",
            "display_name",
            "profession",
            "interface_language",
            "languages_read",
            "groups",
        ]

    def __init__(self, *args, acting_user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = Group.objects.filter(name__in=grantable_roles(acting_user))

    def clean_email(self):
        return User.objects.normalize_email(self.cleaned_data["email"])

    def clean(self):
        cleaned = super().clean()
        roles = {group.name for group in cleaned.get("groups") or ()}
        if Role.SIGNATORY in roles and not cleaned.get("profession"):
            self.add_error("profession", _("A signatory needs a profession: parents read it."))
        return cleaned


class PersonCreationForm(PersonForm):
    def save(self, commit=True):
        # Unknown to anyone, yet usable: without one, "forgotten password" is closed.
        self.instance.set_password(get_random_string(40))
        return super().save(commit)


class PersonEditForm(PersonForm):
    class Meta(PersonForm.Meta):
        fields = [*PersonForm.Meta.fields, "is_active"]

    def __init__(self, *args, acting_user, editing_self=False, **kwargs):
        super().__init__(*args, acting_user=acting_user, **kwargs)
        if not can_change_address(acting_user, self.instance):
            # Disabled: what a forged POST says of it is not read.
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _(
                "Only an administrator changes the address of someone who signs."
            )
        if editing_self:
            del self.fields["is_active"]


class OwnDetailsForm(forms.ModelForm):
    """What a person may change about herself. Name, profession and address
    stand under signatures and mails: coordinators change them."""

    languages_read = LanguagesField(label=_("Languages read"), required=False)

    class Meta:
        model = User
        fields = ["mail_rhythm", "interface_language", "languages_read"]
