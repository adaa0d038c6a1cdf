"""The easy version of a topic (FALC): a topic of its own, with the whole way to go, to
which its topic leads. What it must be besides stands in pages.easy_reading."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.log_actions import log
from wagtail.models import Page

from pages.models import TopicPage
from pages.topic_form import EASY, free_slug
from pages.versions import EASY_TITLE
from workgroups.models import EditorialRecord
from workgroups.views.editorial import EditorialView

# What an easy version begins with.
TAKEN_OVER = (
    "key_message", "lead_illustration", "lead_alt_text", "lead_is_decorative", "in_brief",
    "body", "help_block", "sources",
)  # fmt: skip


def may_have_one(topic):
    """Whether an easy version of ``topic`` can be begun: it is read by parents, and is none."""
    return topic.live and not topic.is_easy


def begin(topic, user):
    """The easy version of ``topic`` in its language: (page, whether it was made now).

    A draft in the same theme and group, with the topic's words to begin with, and its
    lineage: who wrote the topic cannot sign it. Raises PermissionDenied.
    """
    with transaction.atomic():
        # Of two presses at the same moment, one waits here for the other.
        record = EditorialRecord.objects.hold(topic.pk)
        if not (record and record.is_answered_for_by(user)):
            raise PermissionDenied
        if there := TopicPage.objects.easy_versions_of(topic).first():
            return there, False
        if not may_have_one(topic):
            raise PermissionDenied
        with override(topic.locale.language_code):
            title = EASY_TITLE % {"title": topic.title}
        page = TopicPage(
            title=title[:255],
            slug=f"{topic.slug}-{EASY}",
            locale=topic.locale,
            owner=user,
            live=False,
            lineage=topic.lineage,
            translation_key=uuid.uuid4(),
            easy_version_of=topic.translation_key,
            **{name: getattr(topic, name) for name in TAKEN_OVER},
        )
        page.stages = list(topic.stages.all())
        page.initial_workgroup = record.workgroup
        theme = topic.get_parent()
        page.slug = free_slug(page.slug, theme, page)
        theme.add_child(instance=page)
        log(instance=page, action="wagtail.create", user=user)
        page.save_revision(user=user, log_action=True, clean=False)
        return page, True


# In the admin


class EasyVersionView(EditorialView):
    """Asks before it begins an easy version; opens the one that there is."""

    template_name = "pages/admin/easy_version.html"
    page_title = gettext_lazy("New easy version")
    header_icon = "glasses"

    def allowed(self):
        return self.record.is_answered_for_by(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        if self.allowed() and not isinstance(self.topic, TopicPage):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if there := TopicPage.objects.easy_versions_of(self.topic).first():
            return self._open(there, made=False)
        if not may_have_one(self.topic):
            messages.info(request, _("An easy version begins once parents can read the topic."))
            return redirect("wagtailadmin_pages:edit", self.topic.pk)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if not may_have_one(self.topic):
            return self.get(request, *args, **kwargs)
        return self._open(*begin(self.topic, request.user))

    def _open(self, page, made):
        if made:
            messages.success(
                self.request, _("The easy version is begun: shorten what stands there.")
            )
        else:
            messages.info(
                self.request, _("This topic has its easy version already: nothing was done twice.")
            )
        return redirect("wagtailadmin_pages:edit", page.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(topic=self.topic, group=self.record.workgroup, **kwargs)


def header_buttons(page, user, next_url=None, view_name=None):
    """For the hook register_page_header_buttons."""
    page = page.specific if type(page) is Page else page
    if not isinstance(page, TopicPage) or not may_have_one(page):
        return
    record = page.get_record()
    if not (record and record.is_answered_for_by(user)):
        return
    there = TopicPage.objects.easy_versions_of(page).first()
    label = _("Easy version") if there else _("New easy version")
    url = (
        reverse("wagtailadmin_pages:edit", args=[there.pk])
        if there
        else reverse("pages_easy_version", args=[page.pk])
    )
    yield Button(label, url, icon_name="glasses", priority=60)


urlpatterns = [
    path(
        "sujets/<int:page_id>/version-facile/",
        EasyVersionView.as_view(),
        name="pages_easy_version",
    )
]
