"""One gate before every address of the admin.

Wagtail's views each ask for permissions in their own way, and some that only
show a title (the choosers, "move here?", the bulk actions) ask for none. This
asks once, before all of them: a topic that parents cannot read is open to its
own group. It also turns away what no row can be called, which Wagtail would
hand on to the database.
"""

import re

from django.apps import apps
from django.core.exceptions import BadRequest
from django.http import Http404
from django.urls import reverse
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .models.records import oversees
from .permissions import closed_pages
from .remembered import while_reading

# What a primary key can be on every database.
HIGHEST_NUMBER = 2**31 - 1
# The names of numbers in addresses, and the words that may stand in their place.
A_NUMBER = re.compile(r"(.+_)?(pk|id)(_[ab])?")
WORDS_FOR_NUMBERS = frozenset({"earliest", "latest", "live"})
# Those behind the question mark, each with the words that may stand in its place.
NUMBERS_IN_QUERY = {
    "id": {"all"},
    "childOf": set(),
    "collection_id": {""},
    "offset": set(),
    "target_pages[]": {""},
}
# Where the id is a block's, which is a word.
BLOCK_PREVIEW = "wagtailadmin_block_preview"
# The names that Wagtail gives to a page's number in its addresses.
PAGE_NUMBERS = frozenset(
    {"page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id"}
)
# Where a page's number is just called pk.
PAGE_NAMESPACES = ("wagtailadmin_pages", "wagtailadmin_api:pages")
# Where the numbers stand behind the question mark.
CHOSEN_PAGES = "wagtailadmin_choose_page_chosen_multiple"
BULK = "wagtail_bulk_action"
# Whose form does not bear that a field is not there at all.
EXTERNAL_LINK = "wagtailadmin_choose_page_external_link"
LINK_FIELD = "external-link-chooser-url"
# Views that list every page there is: for those who oversee them all.
OVERVIEWS = frozenset(
    {
        "wagtail_localize:translations_report",
        "wagtail_localize:translations_report_results",
        "wagtailadmin_reports:page_types_usage",
        "wagtailadmin_reports:page_types_usage_results",
    }
)
# These ask for themselves: a signatory reads what she belongs to no group of.
OWN_VIEWS = frozenset(
    {
        "editorial_sign_off",
        "editorial_sign_off_preview",
        "editorial_timeline",
        "editorial_revise",
        "editorial_withdraw",
        "topic_remarks",
    }
)


class OtherGroupsTopics:
    """Middleware: refuses admin addresses that name another group's draft or
    nothing at all, and lets those that only read ask each thing once."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method != "GET" or not self.in_admin(request):
            return self.get_response(request)
        with while_reading():
            return self.get_response(request)

    def in_admin(self, request):
        return request.path.startswith(reverse("wagtailadmin_home"))

    def process_view(self, request, view, args, kwargs):
        if not self.in_admin(request):
            return None
        refuse_what_names_nothing(request)
        view_name = request.resolver_match.view_name
        if view_name in OWN_VIEWS or not request.user.is_authenticated:
            return None
        if lists_every_page(request) and not oversees(request.user):
            return permission_denied(request)
        pages = pages_named(request)
        if pages and self.any_closed(pages, request.user):
            return permission_denied(request)
        return None

    def any_closed(self, pages, user):
        # What the policy will answer for her own topics all the same.
        policy = policy_registry.get_by_type(Page)
        own = {permission.page_id for permission in policy.get_cached_permissions_for_user(user)}
        return not pages <= own and closed_pages(user).filter(pk__in=pages).exists()


def refuse_what_names_nothing(request):
    """Raises Http404 where a number of the address cannot be a row's, and
    BadRequest where a character stands in it that no database takes, or where
    a field that every browser sends is not there."""
    match = request.resolver_match
    values = [request.path, *(value for _name, all_ in request.GET.lists() for value in all_)]
    if any("\0" in value for value in values):
        raise BadRequest("A NUL character in the address.")
    numbers = [
        value
        for name, value in match.kwargs.items()
        if A_NUMBER.fullmatch(name) and value not in WORDS_FOR_NUMBERS
    ]
    if match.view_name != BLOCK_PREVIEW:
        for name, words in NUMBERS_IN_QUERY.items():
            numbers += [value for value in request.GET.getlist(name) if value not in words]
    if not all(is_number_of_a_row(value) for value in numbers):
        raise Http404
    sends_a_link = request.method == "POST" and match.view_name == EXTERNAL_LINK
    if sends_a_link and LINK_FIELD not in request.POST:
        raise BadRequest("A link without its address.")
    if not all(is_name_of_a_model(name) for name in request.GET.getlist("create_model")):
        raise Http404
    parent = request.GET.get("childOf")
    if parent and acts_on_pages_in_bulk(request) and not Page.objects.filter(pk=parent).exists():
        raise Http404


def is_number_of_a_row(value):
    """Whether ``value``, text or a number, can be a primary key."""
    text = str(value)
    digits = len(str(HIGHEST_NUMBER))
    return text.isdecimal() and len(text) <= digits and int(text) <= HIGHEST_NUMBER


def is_name_of_a_model(text):
    """Whether ``text`` names a model, as in ``app.Model``."""
    try:
        apps.get_model(text)
    except (LookupError, ValueError):
        return False
    return True


def lists_every_page(request):
    """Whether the answer would name the pages of all groups."""
    in_bulk = acts_on_pages_in_bulk(request) and "all" in request.GET.getlist("id")
    return in_bulk or request.resolver_match.view_name in OVERVIEWS


def acts_on_pages_in_bulk(request):
    match = request.resolver_match
    model = (match.kwargs.get("app_label"), match.kwargs.get("model_name"))
    return match.view_name == BULK and model == (Page._meta.app_label, Page._meta.model_name)


def pages_named(request):
    """The primary keys of the pages that the address names, as a set."""
    match = request.resolver_match
    pages = {int(match.kwargs[name]) for name in PAGE_NUMBERS & match.kwargs.keys()}
    if "pk" in match.kwargs and match.namespace in PAGE_NAMESPACES:
        pages.add(int(match.kwargs["pk"]))
    if match.view_name == CHOSEN_PAGES or acts_on_pages_in_bulk(request):
        pages |= {int(pk) for pk in request.GET.getlist("id") if pk != "all"}
    return pages
