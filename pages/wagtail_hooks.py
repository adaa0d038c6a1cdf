"""What pages adds to the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from . import (
    easy_versions,
    guide,
    new_topic,
    opinions_in_room,
    services_admin,
    shelves,
    site_languages,
    themes,
    topic_in_room,
    topic_links,
)
from .search import report
from .viewsets import ParentsPagesGroup

hooks.register("register_rich_text_features", topic_links.register_topic_link, order=1)
hooks.register("before_unpublish_page", shelves.explain)
hooks.register("before_delete_page", shelves.explain)
hooks.register("before_move_page", shelves.explain)
hooks.register("before_publish_page", shelves.refuse_french_texts)
hooks.register("before_bulk_action", shelves.explain_bulk)
hooks.register("after_publish_page", themes.say_which_topics_lack_signatures)
hooks.register("before_edit_page", services_admin.warn_of_dead_services)
hooks.register("register_page_header_buttons", opinions_in_room.header_buttons)
hooks.register("register_page_header_buttons", easy_versions.header_buttons)
hooks.register("register_reports_menu_item", services_admin.report_menu_item)
hooks.register("construct_homepage_panels", new_topic.panel)
hooks.register("register_help_menu_item", guide.menu_item)
hooks.register("construct_help_menu", guide.keep_ones_own_help)
hooks.register("register_reports_menu_item", report.menu_item)
hooks.register("register_settings_menu_item", site_languages.menu_item)


@hooks.register("register_admin_viewset")
def ages_and_numbers():
    return ParentsPagesGroup()


@hooks.register("register_admin_urls")
def urls():
    return [
        *topic_links.urlpatterns,
        *new_topic.urlpatterns,
        *topic_in_room.urlpatterns,
        *guide.urlpatterns,
        *report.urlpatterns,
        *easy_versions.urlpatterns,
        *opinions_in_room.urlpatterns,
        *services_admin.urlpatterns,
        *site_languages.urlpatterns,
    ]


@hooks.register("register_log_actions")
def log_actions(actions):
    for name, label, message in (
        ("propose", _("Propose a help number"), _("Proposed")),
        ("confirm", _("Confirm a help number"), _("Confirmed: parents read it now")),
        ("refuse", _("Refuse a help number"), _("Refused")),
    ):
        actions.register_action(f"pages.help_number.{name}", label, message)
    for name, label, message in (
        ("propose", _("Propose a public service"), _("Proposed")),
        ("confirm", _("Confirm a public service"), _("Confirmed: topics lead there now")),
        ("refuse", _("Refuse a public service"), _("Refused")),
    ):
        actions.register_action(f"pages.public_service.{name}", label, message)
    actions.register_action("pages.language.on", _("Switch a language on"), _("Switched on"))
    actions.register_action("pages.language.off", _("Switch a language off"), _("Switched off"))
