"""Taking “Was this useful?” from whoever answers: few from one place, nothing about them."""

from enum import Enum

from django import forms
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.limits import HOUR, cache, visitors_address
from accounts.public_forms import LinesField
from pages.models import Opinion, OpinionSalt
from pages.models.opinion import LONGEST_SENTENCE
from pages.sentences import on_one_line

# The same answer to the same page again: a second press, or a page loaded anew.
SAME_PRESS = 60  # seconds
# A family, or a waiting room, behind one address.
A_TOPIC_AN_HOUR = 5
ALL_TOPICS_AN_HOUR = 30


class OpinionForm(forms.Form):
    """Yes or no, and perhaps a sentence."""

    useful = forms.TypedChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        error_messages={
            "required": _("Press “Yes” or “No”."),
            "invalid_choice": _("Press “Yes” or “No”."),
        },
    )
    sentence = LinesField(
        max_length=LONGEST_SENTENCE,
        required=False,
        error_messages={
            "max_length": _(
                "Your sentence is too long: %(limit_value)d characters at most, and it has "
                "%(show_value)d."
            )
        },
    )

    def clean_sentence(self):
        return on_one_line(self.cleaned_data["sentence"])


class Taken(Enum):
    """What became of an answer: the word after which the page says it."""

    KEPT = "merci"
    TWICE = "deja"
    TOO_MANY = "trop"


def take(topic, useful, sentence, request):
    """Keep one answer about a TopicPage. Returns what became of it, as Taken: it is not kept
    where the same was said just before, nor where more come from one address than people
    send. What is not kept leaves nothing behind."""
    sender = _sender(request)
    taken = _room_for(sender, topic, _hash(f"{topic.pk}:{useful}:{sentence}"))
    if taken is Taken.KEPT:
        language = topic.locale.language_code
        Opinion.objects.create(topic=topic, language=language, useful=useful, sentence=sentence)
    return taken


def _room_for(sender, topic, answer):
    """Taken: whether this answer (a hash) is a new one with room in this hour; takes its
    place."""
    same = f"opinion:{sender}:{answer}"
    places = [
        [f"opinion:{sender}:{topic.pk}:{number}" for number in range(A_TOPIC_AN_HOUR)],
        [f"opinion:{sender}:all:{number}" for number in range(ALL_TOPICS_AN_HOUR)],
    ]
    there = cache.get_many([same, *places[0], *places[1]])
    if same in there:
        return Taken.TWICE
    free = [[place for place in some if place not in there] for some in places]
    if not all(free):
        return Taken.TOO_MANY
    # add() is one step: of two at the same moment, one is the first.
    if not cache.add(same, 1, SAME_PRESS):
        return Taken.TWICE
    if not all(any(cache.add(place, 1, HOUR) for place in some) for some in free):
        cache.delete(same)
        return Taken.TOO_MANY
    return Taken.KEPT


def _sender(request):
    """Who sends, for as long as a day, to nobody but the limits: a hash of the address
    with a salt that the next day does not know."""
    return _hash(f"{OpinionSalt.objects.of_today()}:{visitors_address(request)}")


def _hash(text):
    return salted_hmac("pages.opinions", text, algorithm="sha256").hexdigest()[:32]
