"""What the demo's partners have shown until now: invented views of five months, and a request
that waits for a partner manager."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from demo.clock import at
from pages.models import TopicPage
from partners.models import NO_TOPIC, EmbedCount, Partner, PartnerRequest

TOPIC, LIST, MAP = EmbedCount.Kind.values
DAYS = 150
TOPICS = 5
# The partner that has shown nothing for so long.
SILENT, SILENT_DAYS = "Maternité des Glycines", 45
REQUEST = {
    "name": "Communauté de communes du Val d’Or",
    "kind": "commune",
    "departement": "58",
    "contact_name": "Rémi Aubert",
    "contact_email": "web@val-d-or.invalid",
    "origins": "https://www.val-d-or.invalid",
    "purpose": "Les pages de nos deux crèches et de la maison des familles.",
    "language": "fr",
    "state": PartnerRequest.State.WAITING,
}


def load_partner_counts(now):
    """Count the views that lack, and make the request, where nobody has yet."""
    if not EmbedCount.objects.exists():
        EmbedCount.objects.add(_views(timezone.localdate(now)))
    with at(now - timedelta(days=2)):
        PartnerRequest.objects.get_or_create(
            number="demo", defaults=REQUEST | {"confirmed_at": now - timedelta(days=2)}
        )


def _views(today):
    """{(partner, kind, topic key, language, day): views}, the same in each demo."""
    topics = TopicPage.objects.readable().filter(locale__language_code="fr").order_by("pk")
    keys = list(topics.values_list("translation_key", flat=True)[:TOPICS])
    counted = Counter()
    for place, partner in enumerate(Partner.objects.order_by("pk")):
        first = SILENT_DAYS if partner.name == SILENT else 1
        for ago in range(first, DAYS, 2 + place):
            day = today - timedelta(days=ago)
            for number, key in enumerate(keys):
                views = (7 * ago + 11 * number + 5 * place) % (40 // (1 + number + place))
                if views:
                    counted[(partner.pk, TOPIC, key, "fr", day)] = views
            if keys and ago % 4 == 1:
                counted[(partner.pk, TOPIC, keys[0], "ar", day)] = 1 + ago % 3
            if ago % 3 == 0:
                counted[(partner.pk, LIST, NO_TOPIC, "fr", day)] = 4 + ago % 7
            if ago % 5 == 0:
                counted[(partner.pk, MAP, NO_TOPIC, "fr", day)] = 2 + ago % 3
    return counted
