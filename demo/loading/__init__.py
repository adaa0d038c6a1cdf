"""The demo's content, made through the doors that people use (`manage.py load_demo`)."""

from datetime import timedelta

from django.utils import timezone

from demo.clock import at

from . import (
    badge,
    briefs,
    easy,
    meetings,
    opinions,
    partner_counts,
    partners,
    people,
    professionals,
    services,
    shelves,
    stories,
    translations,
)

# When the first people came and the shelves were put up, before the first topic.
OPENED_DAYS_AGO = 450


def load():
    """Load what lacks; what is there stays as people left it. Returns how many topics
    were made."""
    now = timezone.now()
    with at(now - timedelta(days=OPENED_DAYS_AGO)):
        people.load_people()
        shelves.load_shelves(shelves.site_library())
    shelves.load_help_numbers(now)
    services.load_services(now)
    badge.load_badge()
    made = stories.load_topics(now)
    made += easy.load_easy_versions(now)
    opinions.load_opinions(now)
    made += translations.load_translations(now)
    meetings.load_meetings(now)
    briefs.load_briefs(now)
    professionals.load_professionals(now)
    partners.load_partners(now)
    partner_counts.load_partner_counts(now)
    return made
