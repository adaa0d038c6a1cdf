"""The form in which a partner is kept, by several people at once."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from media.permissions import may_choose
from partners.forms import OriginsField
from partners.models import Partner
from partners.options import WASH_NAMES


class PartnerForm(WagtailAdminModelForm):
    """A partner and the origins of its pages. What the form showed travels with it as `seen`:
    where something is kept otherwise by now, nothing is saved, and it is said who changed what;
    a form that stood open never gives back what somebody took away."""

    origins = OriginsField(label=gettext_lazy("Addresses of its sites"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        wash = self.fields["wash"]
        wash.choices = [*wash.choices[:1], *WASH_NAMES.items()]
        # Of a closed partner it may have been purged.
        self.fields["contact_email"].required = self.instance.active
        if self.instance.pk:
            shown = self._kept(self.instance)
            self.initial["origins"] = shown["origins"]
            self.initial["seen"] = self._written(self.instance, shown)

    def clean_logo(self):
        """A logo is seen by everybody: of other rooms' files, that takes more than its number."""
        logo = self.cleaned_data["logo"]
        if logo is None or logo.pk == self.initial.get("logo"):
            return logo
        if not may_choose(self.for_user, logo):
            raise ValidationError(_("Choose a picture that you may use."))
        return logo

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("active") and cleaned.get("contact_email") == "":
            self.add_error(
                "contact_email", _("Say whom we can write to: an active partner has a contact.")
            )
        if self.instance.pk:
            # Locked to the end: of two that are sent at once, the second sees the first.
            now = Partner.objects.select_for_update().get(pk=self.instance.pk)
            # What no form shows stays as it is now.
            self.instance.key, self.instance.key_since = now.key, now.key_since
            kept = self._kept(now)
            seen, newest = self._read(self.data.get(self.add_prefix("seen"), ""))
            others = [name for name in kept if seen.get(name) != kept[name]]
            if others:
                self._take_over(now, seen, kept, others)
                self.add_error(None, self._said(now, others, newest))
        return cleaned

    def _kept(self, partner):
        """{field: text, as a form sends it} of a stored Partner."""
        names = [name for name in self.fields if name not in ("origins", "seen")]
        kept = {name: partner.serializable_value(name) for name in names}
        kept = {name: _as_sent(value) for name, value in kept.items()}
        origins = partner.allowed_origins
        return kept | {"origins": "\n".join(map(str, origins))}

    def _written(self, partner, kept):
        entry = ModelLogEntry.objects.for_instance(partner).order_by("pk").last()
        return json.dumps([kept, entry.pk if entry else 0])

    @staticmethod
    def _read(text):
        """What _written() wrote; of anything else, that nothing was seen."""
        try:
            seen, newest = json.loads(text)
            return {name: str(value) for name, value in dict(seen).items()}, int(newest) % 2**31
        except (ValueError, TypeError, OverflowError, RecursionError):
            return {}, None

    def _take_over(self, partner, seen, kept, others):
        """Show what is kept now, with what this form changed: sent once more, it is meant."""
        data = self.data.copy()
        for name in others:
            sent, before = data.get(self.add_prefix(name), ""), seen.get(name, "")
            if name == "origins":
                data[self.add_prefix(name)] = (
                    _lines_of_both(before, sent, kept[name]) if seen else kept[name]
                )
            elif _bare(sent) == _bare(before) or name == "active":
                data[self.add_prefix(name)] = kept[name]
        data[self.add_prefix("seen")] = self._written(partner, kept)
        self.data = data

    def _said(self, partner, others, newest):
        labels = ", ".join(f"“{self.fields[name].label}”" for name in others)
        if newest is None:
            return _("This form did not say what it showed: nothing was saved. Look, and save "
                     "once more.")  # fmt: skip
        entries = ModelLogEntry.objects.for_instance(partner).filter(pk__gt=newest)
        entries = entries.select_related("user").order_by("pk")
        names = dict.fromkeys(str(one.user) for one in entries if one.user)
        text = _(
            "%(who)s changed %(what)s in the meantime: nothing was saved. Below stands what is "
            "kept now, with your own changes. Look, and save once more."
        )
        return text % {"who": ", ".join(names) or _("Somebody"), "what": labels}

    def save(self, commit=True):
        is_new = self.instance.pk is None
        partner = super().save(commit)
        user = self.for_user
        partner.set_origins(self.cleaned_data["origins"], user)
        if "active" in self.changed_data and not is_new:
            log(
                partner, "partners.activate" if partner.active else "partners.deactivate", user=user
            )
        return partner


def _as_sent(value):
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def _bare(text):
    return "\n".join(text.split())


def _lines_of_both(before, sent, kept):
    """The lines that are kept now, without those taken away and with those added here."""
    before, sent = before.split(), sent.split()
    lines = [line for line in kept.split() if line in sent or line not in before]
    lines += [line for line in sent if line not in before]
    return "\n".join(dict.fromkeys(lines))
