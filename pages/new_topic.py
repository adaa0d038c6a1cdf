"""“New topic”: from the admin's home to a blank page in two clicks at most."""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from pages.models import ThemePage, TopicPage
from workgroups.models.records import oversees


def themes_for(user):
    """The themes under which ``user`` may begin a topic, in the site's order:
    those that her groups write for; all of them for coordinators."""
    themes = ThemePage.objects.live()
    return (themes if oversees(user) else themes.written_by(user)).order_by("path")


def add_url(theme):
    """Where a topic of that theme begins."""
    options = TopicPage._meta
    return reverse("wagtailadmin_pages:add", args=[options.app_label, options.model_name, theme.pk])


class NewTopicView(WagtailAdminTemplateMixin, TemplateView):
    """Asks for the theme, where there is a choice."""

    template_name = "pages/admin/new_topic.html"
    page_title = gettext_lazy("New topic")
    header_icon = "doc-empty"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get(self, request, *args, **kwargs):
        themes = list(themes_for(request.user))
        if len(themes) == 1:
            return redirect(add_url(themes[0]))
        if not themes:
            messages.info(
                request,
                _("Your groups do not write for a theme yet: ask a coordinator."),
            )
            return redirect("wagtailadmin_home")
        self.themes = themes
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        choices = [{"title": theme.title, "url": add_url(theme)} for theme in self.themes]
        return super().get_context_data(choices=choices, **kwargs)


class NewTopicPanel(Component):
    """The button on the admin's home, for those who may begin a topic."""

    name = "new_topic"
    order = 40
    template_name = "pages/admin/new_topic_panel.html"


def panel(request, panels):
    """For the hook construct_homepage_panels."""
    if themes_for(request.user).exists():
        panels.append(NewTopicPanel())


urlpatterns = [path("sujets/nouveau/", NewTopicView.as_view(), name="pages_new_topic")]
