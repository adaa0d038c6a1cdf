"""What an entry lacks before somebody can review it: one rule for the form, the admin and the
steps from state to state."""

from django.utils.translation import gettext as _


def missing(entry):
    """{name of a field: the sentence that asks for it} for a stored or new Professional; {}
    where it is complete. The consent to be listed is under "listing"."""
    lacks = {
        "name": (not entry.name.strip(), _("Write the name.")),
        "kind": (entry.kind_id is None, _("Choose what you are.")),
        "sector": (not entry.sector and entry.kind_id is None, _("Choose the sector.")),
        "priorities": (not entry.priorities.all(), _("Choose at least one priority.")),
        "grounds": (not entry.grounds.all(), _("Choose at least one ground.")),
        "public_body": (
            not entry.public_body.strip(),
            _("Name the public body that runs, funds, contracts with or authorises you."),
        ),
        "commune": (entry.commune_id is None, _("Choose the commune.")),
        "postal_code": (not entry.postal_code, _("Write the postal code.")),
        "email": (
            not entry.email and not entry.source_id,
            _("Write an e-mail address: we send you a link."),
        ),
        "listing": (
            not entry.may_be_listed,
            _("Say whether you may be listed. Without your yes you are not."),
        ),
    }
    return {name: sentence for name, (is_so, sentence) in lacks.items() if is_so}
