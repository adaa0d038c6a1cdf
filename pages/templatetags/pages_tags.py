"""Tags of the public pages' templates."""

from dataclasses import replace

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi

from media.fonts import opens_with
from media.qr_code import qr_code
from pages.directory import directory_address, directory_filters, public_directories
from pages.models import HelpNumber, PublicService, TopicPage
from pages.names import said
from pages.pictures import FORMATS, renditions_or_none
from pages.templatetags.typography import (
    french_html,
    is_french,
    typography,
    typography_plain,
)
from pages.topic_links import expand_topic_links, linked_page_ids
from pages.versions import alternates, choice_in, versions_for

register = template.Library()


@register.inclusion_tag("components/picture.html", takes_context=True)
def picture(context, illustration, form, alt="", eager=False):
    """A picture in one of pages.pictures.FORMATS: `form` is its name, `alt`
    the text for those who do not see it ("" where it decorates), which stands alone
    where the page is `without_pictures`."""
    if context.get("without_pictures"):
        return {"fallback": None, "alt": alt}
    spec = FORMATS[form]
    made = renditions_or_none(illustration, spec.filters(illustration))
    sources = spec.sources(illustration) if made else {}
    return {
        "sources": {kind: [made[one] for one in filters] for kind, filters in sources.items()},
        "fallback": made and made[spec.fallback(illustration)],
        "sizes": spec.sizes,
        "alt": alt,
        "eager": eager,
    }


@register.simple_tag(takes_context=True)
def rich_text(context, value):
    """A rich text value with its links and its French typography.

    The page has the links' addresses at hand (`links`); a block shown by
    itself, in a preview, asks for them.
    """
    urls = context.get("links")
    if urls is None:
        topics = TopicPage.objects.live().filter(pk__in=linked_page_ids(value.source))
        urls = {topic.pk: topic.url for topic in topics}
    html = expand_topic_links(value.source, urls)
    return typography(mark_safe(html))  # noqa: S308 - cleaned when it was saved


@register.inclusion_tag("components/language_switch.html", takes_context=True)
def language_switch(context):
    """The choice of languages. A view that knows what of its address means the same in each
    says so in `language_choice`, the end of an address."""
    versions = versions_for(context)
    choice = context.get("language_choice") or choice_in(context.get("request"))
    return {
        "there": [replace(v, url=v.url + choice) for v in versions if v.exists],
        "missing": [version for version in versions if not version.exists],
    }


@register.inclusion_tag("components/alternates.html", takes_context=True)
def language_alternates(context):
    """The page's other languages, for its head."""
    return {"alternates": alternates(versions_for(context), context.get("url"))}


@register.simple_tag
def name_of(thing, field):
    """What `field` of a stage or a help number says in the language being read; marked as
    French where it says it in French alone."""
    text, language = said(thing, field)
    return typography(text) if language == get_language() else french(text)


@register.filter
def said_plainly(thing, field):
    """The same without any mark, for a title of the browser's."""
    return typography_plain(said(thing, field)[0])


@register.filter
def french(text):
    """A text that is French whatever the page is: a profession, a group's name."""
    if is_french():
        return typography(text)
    html = french_html(conditional_escape(text))
    return format_html('<span lang="fr" dir="ltr">{}</span>', mark_safe(html))  # noqa: S308


@register.filter
def left_to_right(text):
    """What is read from the left whatever the page is: the address of a website."""
    return format_html('<bdi dir="ltr">{}</bdi>', text) if get_language_bidi() else text


@register.simple_tag
def french_part():
    """The attributes of an element whose text is French whatever the page is."""
    return "" if is_french() else mark_safe(' lang="fr" dir="ltr"')


@register.simple_tag(takes_context=True)
def site_help_numbers(context):
    """The site's help numbers: the page has them already, others ask."""
    numbers = context.get("help_numbers")
    return HelpNumber.objects.all() if numbers is None else numbers


@register.simple_tag
def fonts_first(language):
    """The font files that a page in that language opens with, as paths of static files."""
    return opens_with(language)


@register.simple_tag
def qr_code_of(address):
    """The QR code of a whole address, as SVG."""
    return qr_code(address)


@register.simple_tag
def credits_of(steps):
    """Who drew the pictures of these steps, each name once, as one text."""
    pictures = [step["picture"] for step in steps if step["picture"]]
    return ", ".join(dict.fromkeys(p.credit for p in pictures if p.credit))


@register.simple_tag
def shelf_url(theme):
    """The address of a ThemePage in the language being read."""
    return reverse("wagtail_serve", args=[theme.url_path.strip("/").split("/")[-1] + "/"])


@register.simple_tag
def large_picture_url(picture):
    """The address of a picture by itself, as wide as it is kept for parents; None where it
    cannot be had."""
    wanted = FORMATS["large"].fallback(picture)
    made = renditions_or_none(picture, [wanted])
    return made and made[wanted].url


@register.simple_tag(takes_context=True)
def public_service(context, slug):
    """The public service of that slug, or None: the page has its own at hand, a block
    shown by itself asks. What the picker of blocks shows stands for itself."""
    if not isinstance(slug, str):
        return slug
    services = context.get("services")
    if services is None:
        return PublicService.objects.confirmed().filter(slug=slug).first()
    return services.get(slug)


@register.simple_tag
def near_you(kinds, speciality):
    """Where to look for somebody nearby: `address` of the directory, its
    `filters`, and the `public` directories."""
    return {
        "address": directory_address(),
        "filters": directory_filters(kinds, speciality),
        "public": public_directories(kinds),
    }
