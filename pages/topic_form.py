"""The editor's form of a topic."""

from itertools import count

from django.utils.text import slugify
from wagtail.models import Page

from pages.reserved import RESERVED_SLUGS
from workgroups.forms import EditorialPageForm

# What a draft is called that has no title yet, in the language of its first readers.
UNTITLED = "Sujet sans titre"
# How the address of an easy version ends.
EASY = "facile"
LONGEST_SLUG = 240  # characters, which leaves room for a number


class TopicPageForm(EditorialPageForm):
    """Offers the groups that write for the theme, and refuses no draft: one
    without a title is kept under a name for the time being, and an address that
    is taken, or that the site needs, gets a number."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].required = False
        if "slug" in self.fields:
            field = self.fields["slug"]
            field.required = False
            field.clean = lambda value: slugify(value or "")[:LONGEST_SLUG]

    def writing_groups(self):
        return super().writing_groups().filter(themes=self.parent_page.pk)

    def clean_title(self):
        return self.cleaned_data["title"].strip() or UNTITLED

    def clean_slug(self):
        wanted = self.cleaned_data["slug"]
        if original := self.instance.easy_version_of and self.instance.originals.first():
            # Its address says of which topic it is the easy version.
            wanted = f"{original.slug}-{EASY}"
        elif not wanted or wanted.startswith(slugify(UNTITLED)):
            title = self.cleaned_data.get("title", "")
            wanted = slugify(title)[:LONGEST_SLUG] or slugify(UNTITLED)
        return free_slug(wanted, self.parent_page, self.instance)

    def get_field_updates_for_resave(self):
        """As Wagtail's, and the address that was chosen for the draft."""
        updates = super().get_field_updates_for_resave()
        slug = self.cleaned_data.get("slug")
        if slug and self.data.get("slug") and slug != self.data["slug"]:
            updates.append(("slug", slug))
        return updates


def free_slug(wanted, parent, page):
    """``wanted``, or the first number behind it that neither the site nor another page
    below ``parent`` takes."""
    return next(
        slug
        for slug in _numbered(wanted)
        if slug not in RESERVED_SLUGS and Page._slug_is_available(slug, parent, page)
    )


def _numbered(slug):
    """``slug``, then with a number behind it: -2, -3…"""
    yield slug
    for number in count(2):
        yield f"{slug}-{number}"
