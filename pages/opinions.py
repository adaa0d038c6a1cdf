"""Taking “Was this useful?” from whoever answers: few from one place, nothing about them."""

import secrets

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from pages.models import Opinion
from pages.models.opinion import LONGEST_SENTENCE
from pages.sentences import on_one_line

DAY, HOUR = 24 * 60 * 60, 60 * 60  # seconds
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
    sentence = forms.CharField(
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


def take(topic, useful, sentence, request):
    """Keep one answer about a TopicPage. Returns whether it was kept: not where the same
    was said just before, nor where more come from one address than people send."""
    if not _is_taken(topic, useful, sentence, request):
        return False
    language = topic.locale.language_code
    Opinion.objects.create(topic=topic, language=language, useful=useful, sentence=sentence)
    return True


def _is_taken(topic, useful, sentence, request):
    sender = _sender(request)
    if not _first(f"{sender}:{_hash(f'{topic.pk}:{useful}:{sentence}')}", SAME_PRESS):
        return False
    return _has_room(f"{sender}:{topic.pk}", A_TOPIC_AN_HOUR) and _has_room(
        f"{sender}:all", ALL_TOPICS_AN_HOUR
    )


def _first(key, seconds):
    # add() is one step: of two at the same moment, one is the first.
    return cache.add(f"opinion:{key}", 1, seconds)


def _has_room(key, places):
    """Whether one of so many places of this hour is still free; takes it."""
    return any(_first(f"{key}:{number}", HOUR) for number in range(places))


def _sender(request):
    """Who sends, for as long as a day, to nobody but this cache: a hash of the address
    with a salt that the next day does not know."""
    place = f"opinion-salt:{timezone.localdate().isoformat()}"
    cache.add(place, secrets.token_hex(32), DAY)
    return _hash(f"{cache.get(place)}:{visitors_address(request)}")


def _hash(text):
    return salted_hmac("pages.opinions", text, algorithm="sha256").hexdigest()[:32]


def visitors_address(request):
    """The address that counts, as for the login: the one that the proxy in front saw."""
    name = getattr(settings, "AXES_CLIENT_IP_CALLABLE", None)
    return import_string(name)(request) if name else request.META.get("REMOTE_ADDR", "")
