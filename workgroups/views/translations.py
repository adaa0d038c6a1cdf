"""Asking for translations of a topic, and writing one, text beside text."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from workgroups import translations
from workgroups.models import EditorialRecord, LockedAtThisStageError, Stage
from workgroups.models.translating import translators
from workgroups.notifications import place_of_work
from workgroups.typed_texts import mark, sort_out

from .editorial import EditorialView
from .steps import tell_who_has_it


def direction(code):
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


def state_of(record):
    """Where a translation stands, in words."""
    if record.behind_since:
        return _("online, of an earlier version of this topic")
    if record.page.live:
        return _("online")
    return record.get_stage_display()


class TranslationsView(EditorialView):
    """In which languages a topic is, and asking for another one."""

    template_name = "workgroups/translations.html"
    page_title = gettext_lazy("Translations")
    header_icon = "site"

    def allowed(self):
        return self.record.is_answered_for_by(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        if self.record.is_translation and self.allowed():
            return redirect("editorial_translations", self.record.source_id)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """`language`: the code of the one that is asked for. Twice asks once."""
        code = request.POST.get("language")
        names = dict(translations.other_locales(self.topic))
        if code not in names:
            raise Http404
        try:
            page, made = translations.ask_for(self.topic, code, request.user)
        except PermissionDenied as refusal:
            messages.error(request, str(refusal))
        else:
            self._say(page, made, {"language": names[code]})
        return redirect("editorial_translations", self.topic.pk)

    def _say(self, page, made, told):
        if not made:
            text = _("This topic is there in “%(language)s” already: nothing was done twice.")
            messages.info(self.request, text % told)
            return
        people = page.get_record().holders()
        if people:
            told["names"] = ", ".join(str(person) for person in people)
            text = _("The translation into “%(language)s” is asked for. It waits for: %(names)s.")
            messages.success(self.request, text % told)
        else:
            text = _(
                "The translation into “%(language)s” is asked for, but nobody translates into "
                "this language yet: a coordinator gives somebody the role and the language."
            )
            messages.warning(self.request, text % told)

    def get_context_data(self, **kwargs):
        records = EditorialRecord.objects.filter(
            page__translation_key=self.topic.translation_key
        ).exclude(pk=self.record.pk)
        there = {r.language: r for r in records.select_related("page", "locale", "workgroup")}
        rows = []
        for code, name in translations.other_locales(self.topic):
            record = there.get(code)
            row = {"code": code, "name": name, "record": record}
            if record:
                row |= {"state": state_of(record), "url": place_of_work(record)}
            else:
                row |= {"able": translators().reading(code).exists()}
            rows.append(row)
        return super().get_context_data(topic=self.topic, rows=rows, **kwargs)


class TranslateView(EditorialView):
    """The texts of a topic, each with its translation beside it."""

    template_name = "workgroups/translate.html"
    page_title = gettext_lazy("Translate")
    header_icon = "site"

    @cached_property
    def may_write(self):
        open_now = self.record.stage == Stage.DRAFT
        return open_now and self.record.can_be_worked_on_by(self.request.user)

    def allowed(self):
        if not self.record.is_translation:
            raise Http404
        return self.topic.permissions_for_user(self.request.user).can_edit()

    def post(self, request, *args, **kwargs):
        """`do`: "keep", "hand_on" or "propose" (by a machine); `text-…`: the texts;
        `was-text-…`: the marks of those that were shown."""
        texts = {key: value for key, value in request.POST.items() if key.startswith("text-")}
        marks = {key: request.POST[f"was-{key}"] for key in texts if f"was-{key}" in request.POST}
        if self.may_write and (longest := self._too_long(texts)):
            messages.error(request, longest)
            return self._shown_again(texts=texts, marks=marks)
        try:
            if not self.may_write:
                raise translations.not_open(self.record)
            typed = translations.write(self.topic, texts, request.user, marks)
        except LockedAtThisStageError as refusal:
            messages.error(request, str(refusal))
            self.record.refresh_from_db()
            self.may_write = False
            typed = sort_out(translations.pieces(self.topic), texts, marks)
            return self._shown_again(yours=typed.to_keep | typed.refused, gone=typed.gone)
        if typed.is_lost:
            messages.error(request, self._what_was_not_kept(typed))
            return self._shown_again(yours=typed.refused, gone=typed.gone)
        if request.POST.get("do") == "propose":
            self._propose()
        elif request.POST.get("do") == "hand_on":
            return self._hand_on()
        else:
            messages.success(request, _("Kept. ") + self._what_lacks())
        return redirect("editorial_translate", self.topic.pk)

    def _shown_again(self, **kwargs):
        return self.render_to_response(self.get_context_data(**kwargs))

    def _what_was_not_kept(self, typed):
        number = len(typed.refused) + len(typed.gone)
        text = ngettext(
            "%(number)d text was not kept: it has changed since you opened this page. What you "
            "typed is shown below. The others are kept.",
            "%(number)d texts were not kept: they have changed since you opened this page. What "
            "you typed is shown below. The others are kept.",
            number,
        )
        return text % {"number": number}

    def _too_long(self, texts):
        """The sentence to show where a text does not fit into its place, or None."""
        for piece in translations.pieces(self.topic):
            limit = translations.longest(self.topic, piece)
            text = texts.get(piece.key, "")
            if limit and len(text) > limit:
                return _(
                    "“%(text)s…” is too long: %(limit)d characters at most. Nothing was saved yet."
                ) % {"text": text[:40], "limit": limit}
        return None

    def _what_lacks(self):
        number = translations.lacking(self.topic)
        if not number:
            return _("Every text is translated: it can be sent to sign-off.")
        text = ngettext(
            "%(number)d text still to be translated.",
            "%(number)d texts still to be translated.",
            number,
        )
        return text % {"number": number}

    def _propose(self):
        number = translations.propose(self.topic, self.request.user)
        text = ngettext(
            "The machine has proposed %(number)d text. Read it, then keep it: until then it does "
            "not count.",
            "The machine has proposed %(number)d texts. Read them, then keep them: until then "
            "they do not count.",
            number,
        )
        messages.info(self.request, text % {"number": number})

    def _hand_on(self):
        page = type(self.topic).objects.get(pk=self.topic.pk)
        try:
            page.current_workflow_task.on_action(
                page.current_workflow_task_state, self.request.user, "approve"
            )
        except PermissionDenied:
            problems = page.get_latest_revision_as_object().problems_at(Stage.DRAFT)
            said = " ".join(str(problem.message) for problem in problems)
            messages.error(self.request, _("Kept, and not sent yet. ") + said)
            return redirect("editorial_translate", page.pk)
        tell_who_has_it(self.request, page)
        return redirect("wagtailadmin_home")

    def get_context_data(self, texts=(), marks=(), yours=(), gone=(), **kwargs):
        """`texts` and `marks` as they were sent, to be shown again; `yours`, {key: text}, and
        `gone`, [text]: what was typed and not kept."""
        pieces = translations.pieces(self.topic)
        texts, marks, yours = dict(texts), dict(marks), dict(yours)
        source = Page.objects.select_related("locale").get(pk=self.record.source_id)
        code = self.record.language
        shown = [
            {
                "piece": p,
                "text": texts.get(p.key, p.text),
                "was": marks.get(p.key, mark(p.text)),
                "yours": yours.get(p.key),
                "rows": len(p.source) // 45 + 1,
            }
            for p in pieces
        ]
        return super().get_context_data(
            topic=self.topic,
            record=self.record,
            source=source,
            source_code=source.locale.language_code,
            code=code,
            language=dict(settings.LANGUAGES).get(code, code),
            direction=direction(code),
            shown=shown,
            gone=gone,
            lacking=sum(not p.is_confirmed for p in pieces),
            was_online=self.topic.live,
            may_write=self.may_write,
            may_revise=self.record.can_be_revised
            and self.record.is_answered_for_by(self.request.user),
            machine=self.may_write and translations.machine_for(self.topic),
            preview_url=reverse("wagtailadmin_pages:view_draft", args=[self.topic.pk]),
            **kwargs,
        )
