"""Pages that Wagtail keeps from parents though they are online: one stands under a page that
only some people may read."""

from django.db.models import CharField, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction


def restrictions_above(path):
    """The restrictions on a page or on one above it, to ask for with Exists; ``path``: the
    name by which the outer query knows the page's path."""
    below = ExpressionWrapper(OuterRef(path), output_field=CharField())
    restrictions = PageViewRestriction.objects.annotate(path_below=below)
    return restrictions.filter(path_below__startswith=F("page__path"))
