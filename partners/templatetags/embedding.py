"""What an embed's templates, and pages that can be embedded, say."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info, override

from pages.templatetags.typography import typography
from partners.addresses import kept_parameters, with_parameters

register = template.Library()


@register.simple_tag(takes_context=True)
def address_to_embed(context, url):
    """The whole address *url* with the partner and the look that the page was asked with."""
    return with_parameters(url, kept_parameters(context["request"].GET))


@register.simple_tag
def own_language(code):
    """The attributes that say in which language a text is; none where it is the page's."""
    if code == get_language():
        return ""
    direction = "rtl" if get_language_info(code)["bidi"] else "ltr"
    return format_html(' lang="{}" dir="{}"', code, direction)


@register.simple_tag
def text_in(code, text):
    """A text in a language as it is printed in that one."""
    with override(code):
        return typography(text)
