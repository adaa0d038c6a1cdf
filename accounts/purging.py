"""What else `manage.py purge_personal_data` deletes: each room adds its own."""

_purges = []


def register_purge(purge):
    """Add a function(delete): deletes what is past, or only counts it; {what, in English: how
    many}."""
    _purges.append(purge)


def purge_others(delete):
    """What all of them say, in one dict."""
    return {what: number for purge in _purges for what, number in purge(delete).items()}
