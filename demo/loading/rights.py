"""What the demo's report on rights has to tell: a licence that ends soon, on a picture
that stands in several topics, and a draft's picture that lacks its text."""

from datetime import timedelta

from django.utils import timezone

from media.rules import Licence

# On loan: the picture `key` of pictures.toml, for how many days more, and on what terms.
ON_LOAN = {"couchage-chambre": (40, "Prêt de l’autrice pour deux ans, renouvelable")}
# Uploaded by their illustrators before they were described.
NOT_DESCRIBED = {"reprise"}


def licence_of(key, now):
    """The fields of the licence of the picture `key`, seen from the moment `now`."""
    if key not in ON_LOAN:
        return {"licence": Licence.FULL_RIGHTS}
    days, terms = ON_LOAN[key]
    until = timezone.localdate(now) + timedelta(days=days)
    return {"licence": Licence.OTHER, "licence_text": terms, "licence_until": until}


def description_of(key, text):
    """The alternative text proposed with the picture `key`, whose own is `text`."""
    return "" if key in NOT_DESCRIBED else text
