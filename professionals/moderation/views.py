"""The queue, and one screen for each entry."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import HeaderButton

from media.serving import send
from professionals import new_email, states
from professionals.badges.signing import badge_of
from professionals.mails import recipient_of
from professionals.models import Evidence, Note, Professional
from professionals.outlines import small_map
from professionals.public import preview, public_point_of
from professionals.telephones import shown_telephone

from . import comparison, decisions, may_moderate, queue
from .decisions import DECISIONS, decide, last_seen, possible
from .forms import DecisionForm, NoteForm
from .mails import filled_in, language_of
from .mails import send as send_mail

A_PAGE = 50  # rows


class DirectoryView(WagtailAdminTemplateMixin, View):
    """For those who may moderate."""

    header_icon = "globe"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        if not may_moderate(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("directory_queue"), "label": _("Directory: what waits")},
        ]


class QueueView(DirectoryView):
    """What waits, the oldest first; `?quoi=` narrows it."""

    template_name = "professionals/admin/queue.html"
    page_title = gettext_lazy("Directory: what waits")

    def get_context_data(self, **kwargs):
        part = self.request.GET.get("quoi", "")
        page = Paginator(queue.waiting_entries(part), A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page=page,
            rows=[(entry, queue.why_it_waits(entry)) for entry in page],
            part=part,
            parts=[("", _("All"))] + [(name, label) for name, (label, _q) in queue.PARTS.items()],
            **kwargs,
        )


class EntryView(DirectoryView):
    """One entry: *pk* in the address."""

    @cached_property
    def entry(self):
        entries = Professional.objects.with_details().select_related("claimed_by")
        return get_object_or_404(entries, pk=self.kwargs["pk"])

    @property
    def is_taken(self):
        """Whether another moderator has taken it on."""
        return self.entry.claimed_by_id not in (None, self.request.user.pk)

    def get_breadcrumbs_items(self):
        here = reverse("directory_desk", args=[self.entry.pk])
        return [*super().get_breadcrumbs_items(), {"url": here, "label": str(self.entry)}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(entry=self.entry, is_taken=self.is_taken, **kwargs)

    def back(self):
        return redirect("directory_desk", self.entry.pk)


class DeskView(EntryView):
    """All that one needs to decide on an entry."""

    template_name = "professionals/admin/desk.html"

    def get_page_title(self):
        return str(self.entry)

    @property
    def header_buttons(self):
        if self.entry.purged_at:
            return []  # nothing is written on it any more
        edit = reverse(Professional.snippet_viewset.get_url_name("edit"), args=[self.entry.pk])
        return [HeaderButton(_("Edit"), url=edit, icon_name="edit", priority=10)]

    def get_context_data(self, **kwargs):
        entry = self.entry
        similar = Professional.objects.similar_to(entry.name, entry.commune, entry.siret)
        return super().get_context_data(
            **{
                "waiting": comparison.waiting(entry),
                "since": comparison.since_last_time(entry),
                "decisions": possible(entry),
                "seen": last_seen(entry),
                "shown": preview(entry),
                "contacts": entry.contacts.all(),
                "telephone": shown_telephone(entry.telephone) if entry.telephone else "",
                "new_email": new_email.waiting(entry),
                "evidence": entry.evidence.all(),
                "notes": entry.notes.select_related("author"),
                "note_form": NoteForm(),
                "map": self.map(),
                "similar": [one for one in similar if one.pk != entry.pk],
                "reports": entry.reports.open(),
                "history": entry.events.select_related("user").order_by("-pk"),
                "public_url": entry.get_absolute_url() if entry.is_public else "",
                "badge": badge_of(entry),
                # While it is in review that goes without saying.
                "shows_unchecked": entry.state in states.CHECKED_STATES and not entry.is_verified,
            }
            | kwargs
        )

    def map(self):
        """The drawing with its point, and the one that a change would move it to."""
        entry = self.entry
        point = entry.point or public_point_of(entry)
        wanted = entry.waiting_change()
        moved = wanted and (wanted.point or public_point_of(wanted))
        return {
            "drawn": small_map(entry.commune.departement, point) if entry.commune_id else None,
            "point": point,
            "moved": moved if moved != point else None,
            "is_exact": entry.point_is_exact,
        }


class ClaimView(EntryView):
    """Take an entry on, or give it back (POST, `give_back`)."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        gives_back = "give_back" in request.POST
        try:
            step = states.release if gives_back else states.claim
            outcome = step(self.entry, request.user)
        except states.StepError as error:
            messages.error(request, str(error))
            return self.back()
        if gives_back:
            done, already = _("It is given back."), _("Nobody had taken it on.")
        else:
            done, already = _("It is yours now."), _("You have it already.")
        messages.success(request, done) if outcome.changed else messages.info(request, already)
        return redirect("directory_queue") if gives_back else self.back()


class DecideView(EntryView):
    """One decision: its reason and its mail, then the next entry of the queue."""

    template_name = "professionals/admin/decide.html"

    def dispatch(self, request, *args, **kwargs):
        self.decision = DECISIONS.get(kwargs["decision"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return self.decision.label

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.decision.label}]

    def get(self, request, *args, **kwargs):
        if self.decision is None:
            return self.back()
        if not self.decision.possible(self.entry):
            return self.say_already(self.entry)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.decision is None:
            return self.back()
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        cleaned = form.cleaned_data
        try:
            outcome = decide(
                self.decision, self.entry, request.user, cleaned["reason"], cleaned["seen"]
            )
        except decisions.StaleError as error:
            return self.look_again(form, str(error))
        except states.StepError as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data(form=form))
        if not outcome.changed:
            return self.say_already(Professional.objects.get(pk=self.entry.pk))
        sent = cleaned["send"] and send_mail(
            outcome.entry, cleaned["subject"], cleaned["text"], cleaned["reason"]
        )
        self.say_done(outcome.entry, sent)
        return self.next()

    def look_again(self, form, sentence):
        """The entry has changed meanwhile: the desk; or, where she has written why not, her words
        once more, with a way to the desk beside them."""
        if self.decision.reason != "asked":
            messages.warning(self.request, sentence)
            return self.back()
        desk = reverse("directory_desk", args=[self.entry.pk])
        button = messages.button(desk, _("Look at the entry"), new_window=True)
        messages.warning(self.request, sentence, buttons=[button])
        written = form.data.copy()
        written["seen"] = last_seen(self.entry)
        return self.render_to_response(self.get_context_data(form=self.form(written)))

    def form(self, data=None):
        about = self.decision.about(self.entry)
        with_mail = about is not None and bool(recipient_of(self.entry))
        subject, text = filled_in(about, self.entry) if with_mail else ("", "")
        return DecisionForm(
            data,
            reason_is_asked=self.decision.reason == "asked",
            with_mail=with_mail,
            initial={"subject": subject, "text": text, "seen": self.seen()},
        )

    def seen(self):
        """What was the newest on the desk from which she comes, or now."""
        said = self.request.GET.get("seen", "")
        return said if said.isdecimal() and len(said) < 19 else last_seen(self.entry)

    def say_done(self, entry, sent):
        unlisted = self.decision.done_unlisted if not entry.may_be_listed else ""
        said = str(unlisted or self.decision.done) % {"name": entry}
        if sent:
            said = f"{said} {_('The mail is on its way.')}"
        messages.success(self.request, said)

    def say_already(self, entry):
        said = self.decision.already % {"name": entry, "state": entry.get_state_display()}
        messages.info(self.request, said)
        return self.back()

    def next(self):
        following = queue.next_for(self.request.user, after=self.entry)
        if following is None:
            return redirect("directory_queue")
        return redirect("directory_desk", following.pk)

    def get_context_data(self, **kwargs):
        defaults = {"decision": self.decision, "form": None}
        context = super().get_context_data(**{**defaults, **kwargs})
        context["form"] = context["form"] or self.form()
        context["read_over"] = self.read_over(context["form"])
        return context

    def read_over(self, form):
        """The text of the mail in the moderator's language, where the mail itself is in another
        one; or ""."""
        language = get_language() or settings.LANGUAGE_CODE
        if not form.with_mail or language_of(self.entry) == language:
            return ""
        return filled_in(self.decision.about(self.entry), self.entry, language)[1]


class NoteView(EntryView):
    """Leave a note for the other moderators (POST)."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        form = NoteForm(request.POST)
        if form.is_valid():
            text = form.cleaned_data["text"]
            # Pressed twice: once.
            latest = self.entry.notes.first()
            if latest is None or (latest.text, latest.author) != (text, request.user):
                Note.objects.create(professional=self.entry, author=request.user, text=text)
            messages.success(request, _("Your note is kept."))
        else:
            messages.error(request, _("Write the note first."))
        return self.back()


class EvidenceView(DirectoryView):
    """The file of one piece of evidence: the only door to it."""

    def get(self, request, pk, evidence_pk):
        if not request.user.has_perm("professionals.view_evidence"):
            raise PermissionDenied
        evidence = get_object_or_404(Evidence, pk=evidence_pk, professional=pk)
        return send(request, evidence.file.name)
