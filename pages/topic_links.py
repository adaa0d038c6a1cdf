"""Links from one topic to another inside rich text, and no other links.

Wagtail's own link button also offers web, mail and telephone addresses; in a
topic, sources and help numbers have their own places.
"""

import wagtail.admin.rich_text.editors.draftail.features as draftail_features
from django.http import QueryDict
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    PageLinkElementHandler,
)
from wagtail.admin.views.chooser import BrowseView
from wagtail.rich_text.rewriters import LinkRewriter

FEATURE = "topic-link"


class TopicBrowseView(BrowseView):
    """Wagtail's page chooser, without the other kinds of links."""

    def dispatch(self, request, *args, **kwargs):
        query = QueryDict(mutable=True)
        query.update({k: v for k, v in request.GET.items() if k in ("p", "link_text")})
        query["page_type"] = "pages.topicpage"
        request.GET = query
        return super().dispatch(request, *args, **kwargs)


urlpatterns = [
    path("choose-topic/", TopicBrowseView.as_view(), name="pages_choose_topic"),
    path("choose-topic/<int:parent_page_id>/", TopicBrowseView.as_view()),
]


def topic_link_entity(props):
    """A link as it is stored; whatever leads elsewhere becomes plain text."""
    if props.get("id") is None:
        return props["children"]
    return DOM.create_element("a", {"linktype": "page", "id": props["id"]}, props["children"])


def register_topic_link(features):
    """Offer the feature to rich text editors (for Wagtail's hook)."""
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        draftail_features.EntityFeature(
            {
                "type": "LINK",
                "icon": "link",
                "description": _("Link to a topic"),
                "attributes": ["url", "id", "parentId"],
                "allowlist": {"href": "^undefined$"},
                "chooserUrls": {
                    name: reverse_lazy("pages_choose_topic")
                    for name in (
                        "pageChooser",
                        "externalLinkChooser",
                        "emailLinkChooser",
                        "phoneLinkChooser",
                        "anchorLinkChooser",
                    )
                },
            },
            js=["wagtailadmin/js/page-chooser-modal.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {'a[linktype="page"]': PageLinkElementHandler("LINK")},
            "to_database_format": {"entity_decorators": {"LINK": topic_link_entity}},
        },
    )


def linked_page_ids(html):
    """The primary keys of the pages that a rich text links to."""
    rewriter = LinkRewriter(reference_extractors={"page": lambda a: [int(a["id"])]})
    return list(rewriter.extract_references(html))


def expand_topic_links(html, urls):
    """Rich text with real addresses: `urls` is {page id: address}. A link to a
    topic that parents cannot read becomes plain text."""

    def opening_tag(attrs):
        url = urls.get(int(attrs["id"]))
        return f'<a href="{url}">' if url else "<a>"

    return LinkRewriter({"page": opening_tag})(html)
