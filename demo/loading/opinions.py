"""What the demo's parents answered to “Was this useful?”."""

from datetime import timedelta

from django.utils import timezone

from pages.models import Opinion, TopicPage

from .content import read
from .manuscript import key_of

SPREAD_DAYS = 25


def load_opinions(now):
    """Give each topic its answers, where no parent has answered anything yet: nobody adds
    to them, and their sentences go with time."""
    if Opinion.objects.exists():
        return
    today = timezone.localdate(now)
    made = []
    for slug, said in read("opinions").items():
        topic = TopicPage.objects.filter(translation_key=key_of(slug), live=True).first()
        if topic is None:
            continue
        answers = [
            {"useful": useful, "days_ago": number % SPREAD_DAYS}
            for useful, count in ((True, said["yes"]), (False, said["no"]))
            for number in range(count)
        ]
        for row in [*answers, *said["sentences"]]:
            day = today - timedelta(days=row["days_ago"])
            made.append(
                Opinion(
                    topic=topic, language="fr", day=day, useful=row["useful"],
                    sentence=row.get("sentence", ""),
                )
            )  # fmt: skip
    Opinion.objects.bulk_create(sorted(made, key=lambda opinion: opinion.day))
