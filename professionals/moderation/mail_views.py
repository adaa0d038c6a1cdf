"""The mails about decisions, which moderators may write anew."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from professionals.models import DecisionMail

from .forms import DecisionMailForm
from .mails import text_of
from .views import DirectoryView

About = DecisionMail.About


class MailsView(DirectoryView):
    template_name = "professionals/admin/mails.html"
    page_title = gettext_lazy("Mails about decisions")
    header_icon = "mail"

    def get_context_data(self, **kwargs):
        changed = set(DecisionMail.objects.values_list("about", "language"))
        rows = [
            (about, [(code, name, (about.value, code) in changed) for code, name in _languages()])
            for about in About
        ]
        return super().get_context_data(rows=rows, **kwargs)


class MailView(DirectoryView):
    """One mail in one language; `reset` takes the first text again."""

    template_name = "professionals/admin/mail.html"
    header_icon = "mail"

    def dispatch(self, request, *args, **kwargs):
        if kwargs["about"] not in About.values or kwargs["language"] not in dict(_languages()):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def kept(self):
        return DecisionMail.objects.filter(**self.kwargs).first()

    def get_page_title(self):
        return About(self.kwargs["about"]).label

    def get_breadcrumbs_items(self):
        mails = {"url": reverse("directory_mails"), "label": _("Mails about decisions")}
        return [*super().get_breadcrumbs_items(), mails]

    def post(self, request, *args, **kwargs):
        if "reset" in request.POST:
            DecisionMail.objects.filter(**self.kwargs).delete()
            messages.success(request, _("The first text goes from now on."))
            return redirect("directory_mails")
        form = DecisionMailForm(request.POST, instance=self.kept or DecisionMail(**self.kwargs))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        cleaned = form.cleaned_data
        DecisionMail.objects.update_or_create(**self.kwargs, defaults=cleaned)
        messages.success(request, _("Your text goes from now on."))
        return redirect("directory_mails")

    def get_context_data(self, **kwargs):
        subject, text = text_of(self.kwargs["about"], self.kwargs["language"])
        form = DecisionMailForm(initial={"subject": subject, "text": text})
        defaults = {"form": form, "kept": self.kept, "language": self.kwargs["language"]}
        return super().get_context_data(**{**defaults, **kwargs})


def _languages():
    return settings.LANGUAGES
