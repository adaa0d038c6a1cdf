"""What was typed into a section of the form and could not be taken: kept until it can."""

from django.http import QueryDict

from .models import Draft

LONGEST = 2000  # characters of one text
MOST = 60  # texts of one field


def keep_typed(entry, section, data, names):
    """Keep what *data* (a QueryDict) says of the fields *names* of a section; nothing of whom
    the data was deleted."""
    if entry.purged_at:
        return
    texts = {
        name: [text.replace("\0", "")[:LONGEST] for text in data.getlist(name)[:MOST]]
        for name in names
        if name in data
    }
    draft, _made = Draft.objects.get_or_create(professional=entry)
    draft.typed = {**draft.typed, section: texts}
    draft.save(update_fields=["typed"])


def typed(entry, section):
    """What is kept of a section, as a QueryDict; None where nothing is."""
    draft = Draft.objects.filter(professional=entry).first()
    if draft is None or section not in draft.typed:
        return None
    data = QueryDict(mutable=True)
    for name, texts in draft.typed[section].items():
        data.setlist(name, texts)
    return data


def forget_typed(entry, section):
    """It was taken: nothing of this section waits any more."""
    draft = Draft.objects.filter(professional=entry).first()
    if draft is not None and draft.typed.pop(section, None) is not None:
        draft.save(update_fields=["typed"])
