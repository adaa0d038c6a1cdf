"""Links from one topic to another inside rich text, and no other links.

Wagtail's own link button also offers web, mail and telephone addresses; in a
topic, sources and help numbers have their own places.

The browser sends a link as it likes: what cannot be a page's key is kept out
when a text is saved, and left alone by all that reads one.
"""

import re

import wagtail.admin.rich_text.editors.draftail.features as draftail_features
from django.http import QueryDict
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    PageLinkElementHandler,
)
from wagtail.admin.views.chooser import BrowseView
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.rich_text.rewriters import LinkRewriter

FEATURE = "topic-link"
HIGHEST_KEY = 2**31 - 1  # what the database's integer column holds


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


def linked_page_id(attrs):
    """The primary key of the page that a link leads to, as an int; None where
    its "id" is none that a page can have."""
    written = str(attrs.get("id"))
    if not re.fullmatch("[0-9]{1,10}", written) or int(written) > HIGHEST_KEY:
        return None
    return int(written)


def topic_link_entity(props):
    """A link as it is stored; whatever leads elsewhere becomes plain text."""
    page_id = linked_page_id(props)
    if page_id is None:
        return props["children"]
    return DOM.create_element("a", {"linktype": "page", "id": page_id}, props["children"])


class TopicLinkElementHandler(PageLinkElementHandler):
    """A stored link in the editor; one without a page's key shows as broken."""

    def get_attribute_data(self, attrs):
        page_id = linked_page_id(attrs)
        if page_id is None:
            return {"id": None, "url": None, "parentId": None}
        return super().get_attribute_data({**attrs, "id": page_id})


class TopicLinkHandler(PageLinkHandler):
    """Stored links as Wagtail reads them: in comparisons and its index of
    references."""

    @classmethod
    def get_many(cls, attrs_list):
        ids = [linked_page_id(attrs) for attrs in attrs_list]
        found = super().get_many([{"id": pk} for pk in ids if pk is not None])
        pages = {page.pk: page for page in found if page}
        return [pages.get(pk) for pk in ids]

    @classmethod
    def extract_references(cls, attrs):
        page_id = linked_page_id(attrs)
        if page_id is not None:
            yield from super().extract_references({**attrs, "id": str(page_id)})


def register_topic_link(features):
    """Offer the feature to rich text editors (for Wagtail's hook; after its own,
    which registers another handler for links to pages)."""
    features.register_link_type(TopicLinkHandler)
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
            "from_database_format": {'a[linktype="page"]': TopicLinkElementHandler("LINK")},
            "to_database_format": {"entity_decorators": {"LINK": topic_link_entity}},
        },
    )


def _keys(attrs):
    page_id = linked_page_id(attrs)
    return [] if page_id is None else [page_id]


def linked_page_ids(html):
    """The primary keys of the pages that a rich text links to."""
    return list(LinkRewriter(reference_extractors={"page": _keys}).extract_references(html))


def expand_topic_links(html, urls):
    """Rich text with real addresses: `urls` is {page id: address}. A link to a
    topic that parents cannot read becomes plain text."""

    def opening_tag(attrs):
        url = urls.get(linked_page_id(attrs))
        return f'<a href="{url}">' if url else "<a>"

    # Wagtail's rewriter gives opening tags alone; links do not stand inside links.
    expanded = LinkRewriter({"page": opening_tag})(html)
    return re.sub("<a>(.*?)</a>", r"\1", expanded, flags=re.DOTALL)
