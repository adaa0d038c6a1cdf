"""What a theme asks of its topics, and what happens when it asks for more."""

from functools import reduce
from operator import or_

from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.admin import messages

from pages.models import ThemePage, TopicPage
from workgroups.models import EditorialRecord
from workgroups.moves import required_signatures_changed


def topics_of(theme):
    """The topics of a theme in every language, as a QuerySet."""
    themes = ThemePage.objects.filter(translation_key=theme.translation_key)
    return reduce(or_, [TopicPage.objects.child_of(one) for one in themes])


def under_signed_topics(theme):
    """The live topics of a theme that carry fewer signatures than it asks for.

    They stay online: they were signed by the rules of their day.
    """
    return [
        topic
        for topic in topics_of(theme).live().order_by("title")
        if topic.lacks_signatures_under(theme)
    ]


def take_over_required_signatures(theme):
    """The topics of ``theme`` take over the number of signatures it asks for now;
    live ones that lack some are to be read again from today."""
    topics = topics_of(theme)
    records = EditorialRecord.objects.filter(page__in=topics)
    if not records.exclude(required_signatures=theme.signatures_asked).exists():
        return
    required_signatures_changed(topics)
    today = timezone.localdate()
    records.filter(page__in=under_signed_topics(theme)).exclude(review_due_on__lte=today).update(
        review_due_on=today
    )


def theme_saved(sender, instance, raw=False, update_fields=None, **kwargs):
    """Whatever code stores a theme's number, its records follow at once. A draft of
    the theme asks for nothing yet: keeping one stores other fields alone."""
    if not raw and (update_fields is None or "required_signatures" in update_fields):
        take_over_required_signatures(instance)


def say_which_topics_lack_signatures(request, page):
    """Tell whoever published a theme (for the hook after_publish_page)."""
    theme = page.specific
    if not isinstance(theme, ThemePage):
        return
    topics = under_signed_topics(theme)
    if topics:
        messages.warning(
            request,
            ngettext(
                "%(count)d topic of this theme has fewer signatures than you ask "
                "for now. It stays online and is to be read again: %(topics)s.",
                "%(count)d topics of this theme have fewer signatures than you ask "
                "for now. They stay online and are to be read again: %(topics)s.",
                len(topics),
            )
            % {
                "count": len(topics),
                "topics": ", ".join(topic.title for topic in topics[:10]),
            },
        )


def connect():
    """Called once from AppConfig.ready()."""
    post_save.connect(theme_saved, sender=ThemePage, dispatch_uid="theme_saved")
