"""The workgroups' guide in the admin: docs/editors.md, its one source, as a page."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from markdown_it import MarkdownIt
from wagtail.admin.menu import DismissibleMenuItem, MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from pages.templatetags.typography import french_html, french_text

GUIDE = settings.ROOT / "docs" / "editors.md"


@dataclass
class Guide:
    """The guide as it is shown: its title; the text below it as safe HTML; (id, heading) of
    each section; the files of its pictures by the name under which they are served."""

    title: str = ""
    html: str = ""
    sections: list = field(default_factory=list)
    pictures: dict = field(default_factory=dict)


@cache
def read_guide(file):
    """The Guide that stands in the Markdown file at the Path ``file``, read once."""
    guide = Guide()
    # This preset escapes HTML and leaves out links to scripts.
    markdown = MarkdownIt("js-default")
    tokens = markdown.parse(file.read_text())
    if tokens and tokens[0].tag == "h1":
        guide.title = french_text(tokens[1].content)
        tokens = tokens[3:]
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open":
            name = slugify(following.content)
            token.attrSet("id", name)
            if token.tag == "h2":
                guide.sections.append((name, french_text(following.content)))
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        for part in token.children or ():
            if part.type == "image" and ":" not in part.attrGet("src"):
                _serve_picture(part, file.parent, guide)
    html = markdown.renderer.render(tokens, markdown.options, {})
    guide.html = mark_safe(french_html(html))  # noqa: S308 - escaped by the renderer
    return guide


def _serve_picture(image, folder, guide):
    """Give the picture that the Markdown names beside itself an address of the admin."""
    picture = (folder / image.attrGet("src")).resolve()
    guide.pictures[picture.name] = picture
    image.attrSet("src", reverse("pages_guide_picture", args=[picture.name]))


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """The guide, for everybody who may enter the admin."""

    template_name = "pages/admin/guide.html"
    page_title = gettext_lazy("The workgroups' guide")
    header_icon = "help"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(guide=read_guide(GUIDE), **kwargs)


def picture(request, name):
    """A picture of the guide; no other file has a name here."""
    found = read_guide(GUIDE).pictures.get(name)
    if found is None or not Path(found).is_file():
        raise Http404
    return FileResponse(found.open("rb"))


def menu_item():
    """For the hook register_help_menu_item."""
    return MenuItem(
        GuideView.page_title, reverse("pages_guide"), name="guide", icon_name="help", order=100
    )


def keep_ones_own_help(request, items):
    """For the hook construct_help_menu: without what Wagtail announces about itself, and the
    badge that counts it; its list of keys stays."""
    items[:] = [item for item in items if not isinstance(item, DismissibleMenuItem)]


urlpatterns = [
    path("guide/", GuideView.as_view(), name="pages_guide"),
    path("guide/images/<str:name>", picture, name="pages_guide_picture"),
]
