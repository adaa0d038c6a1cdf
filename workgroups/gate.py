"""One gate before every address of the admin that names a page.

Wagtail's views each ask for permissions in their own way, and some that only
show a title (the choosers, "move here?") ask for none. This asks once, before
all of them: a topic that parents cannot read is open to its own group.
"""

from django.http import Http404
from django.urls import reverse
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .models import EditorialRecord
from .models.records import oversees
from .remembered import while_reading

# What a primary key can be on every database.
HIGHEST_NUMBER = 2**31 - 1
# The names that Wagtail gives to a page's number in its addresses.
PAGE_NUMBERS = frozenset(
    {"page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id"}
)
# Where a page's number is just called pk.
PAGE_NAMESPACES = ("wagtailadmin_pages", "wagtailadmin_api:pages")
# Where the numbers stand behind the question mark.
PAGES_IN_QUERY = "wagtailadmin_choose_page_chosen_multiple"
# Views that list every page there is: for those who oversee them all.
OVERVIEWS = frozenset(
    {"wagtail_localize:translations_report", "wagtail_localize:translations_report_results"}
)
# These ask for themselves: a signatory reads what she belongs to no group of.
OWN_VIEWS = frozenset(
    {
        "editorial_sign_off",
        "editorial_sign_off_preview",
        "editorial_revise",
        "editorial_withdraw",
    }
)


class OtherGroupsTopics:
    """Middleware: refuses admin addresses that name another group's draft, and
    lets those that only read ask each thing once."""

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
        match = request.resolver_match
        if not self.in_admin(request):
            return None
        pages = {int(kwargs[name]) for name in PAGE_NUMBERS & kwargs.keys()}
        if "pk" in kwargs and match.namespace in PAGE_NAMESPACES:
            pages.add(int(kwargs["pk"]))
        if match.view_name == PAGES_IN_QUERY:
            pages |= {int(pk) for pk in request.GET.getlist("id") if pk.isdecimal()}
        if any(page > HIGHEST_NUMBER for page in pages):
            raise Http404
        if match.view_name in OWN_VIEWS or not request.user.is_authenticated:
            return None
        if match.view_name in OVERVIEWS and not oversees(request.user):
            return permission_denied(request)
        if pages and self.any_closed(pages, request.user):
            return permission_denied(request)
        return None

    def any_closed(self, pages, user):
        # What the policy will answer for her own topics all the same.
        policy = policy_registry.get_by_type(Page)
        own = {permission.page_id for permission in policy.get_cached_permissions_for_user(user)}
        return (
            not pages <= own
            and EditorialRecord.objects.closed_to(user).filter(page__in=pages).exists()
        )
