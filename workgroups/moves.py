"""What a change of place or of a theme's demands does to signed pages."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.signals import post_page_move, pre_page_move

from .models import EditorialPage, EditorialRecord, Stage
from .notifications import tell_why_not_online
from .signing import CannotGoOnlineError, ask_signatories, complete


def required_signatures_changed(pages):
    """Take over into the records how many signatures each of ``pages`` (any
    iterable of EditorialPages) needs now.

    What parents read stays: it was signed by the rules of its day. A page at
    sign-off that has all it needs now goes out; one that is still to come
    waits for its second signatory.
    """
    for page in pages:
        _take_over(page)


@transaction.atomic
def _take_over(page):
    record = EditorialRecord.objects.hold(page.pk)
    needed = page.required_signatures()
    if record is None or record.required_signatures == needed:
        return
    record.required_signatures = needed
    record.save(update_fields=["required_signatures"])
    if record.stage == Stage.SIGN_OFF:
        ask_signatories(record)
        if page.sign_offs.filter(revision=page.latest_revision_id).exists():
            _complete_or_tell(record)


def _complete_or_tell(record):
    """Let a page that has its signatures now go out; where something else is in
    the way it stays at sign-off and the coordinators are told."""
    try:
        with transaction.atomic():
            complete(record, None)
    except CannotGoOnlineError as refusal:
        record.refresh_from_db()
        tell_why_not_online(record, str(refusal))


def _editorial_below(page):
    for found in page.get_descendants(inclusive=True).specific():
        if isinstance(found, EditorialPage):
            yield found


def refuse_too_few_signatures(sender, instance, parent_page_after, **kwargs):
    """A live page is not moved under a theme that asks for more signatures
    than it has, by any path."""
    page = instance.specific
    if isinstance(page, EditorialPage) and page.lacks_signatures_under(parent_page_after):
        raise PermissionDenied(
            _(
                "“%(title)s” stays where it is: “%(theme)s” asks for more "
                "signatures than it has. Withdraw it, move it, and have it signed."
            )
            % {"title": page.title, "theme": parent_page_after.title}
        )


def take_over_demands(sender, instance, **kwargs):
    required_signatures_changed(_editorial_below(instance))


def connect():
    """Called once from AppConfig.ready()."""
    pre_page_move.connect(refuse_too_few_signatures, dispatch_uid="refuse_too_few_signatures")
    post_page_move.connect(take_over_demands, dispatch_uid="take_over_demands")
