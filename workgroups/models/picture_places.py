"""The places of a page in which pictures stand, as a brief knows them."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .readiness import ReadinessProblem
from .stages import Stage


class PictureAcceptedMeanwhileError(PermissionDenied):
    """What was to be saved does not know of a picture that has been accepted, and would take
    it out again: its text is the sentence to show. Nothing was changed."""


class PicturePlaces:
    """What an EditorialPage answers about its pictures' places; subclasses fill it in."""

    # How many accepted pictures this version knows of; None where it was read just now.
    known_pictures = None

    def refuse_to_lose_pictures(self):
        """Raise PictureAcceptedMeanwhileError where a picture has been accepted since this
        version was read to be edited."""
        from .briefs import IllustrationBrief

        if self.known_pictures is None or not self.pk:
            return
        accepted = list(IllustrationBrief.objects.accepted_for(self.pk))
        if len(accepted) > self.known_pictures:
            raise PictureAcceptedMeanwhileError(
                _(
                    "A picture has been accepted since you opened this topic (%(place)s). What "
                    "you see here does not know of it and would take it out again, so nothing "
                    "was saved. Open the topic in another tab, and carry over what you wrote."
                )
                % {"place": accepted[0].place_label}
            )

    def picture_places(self):
        """The places of this version that take a picture, as (key, label) pairs in the
        order of reading. A key (at most 120 characters) names the same place in later
        versions, wherever it has moved."""
        return []

    def place_picture(self, place, illustration, alt_text, decorative):
        """Put ``illustration`` in the ``place`` of that key, with the alternative text that
        belongs there, instead of what stood there. In memory: whoever calls saves.

        Raises LookupError where this version has no such place.
        """
        raise LookupError(place)

    def problems_at(self, stage):
        """All that must still be done before this version may leave ``stage``: what it
        lacks itself, and the pictures that are still being drawn for it. A translation goes
        from its words to its signature: it has its source's pictures."""
        from workgroups import translations

        if self.pk and (lacking := translations.problems(self)) is not None:
            return [*lacking, *self.readiness_problems(Stage.ILLUSTRATION)]
        problems = list(self.readiness_problems(stage))
        if stage == Stage.ILLUSTRATION and self.pk:
            problems += open_brief_problems(self.pk)
        return problems


def open_brief_problems(page_id):
    """One ReadinessProblem for each brief that is neither accepted nor given up."""
    from .briefs import IllustrationBrief

    briefs = IllustrationBrief.objects.open().filter(page=page_id).order_by("due_on", "pk")
    text = gettext_noop(
        "The picture for “%(place)s” is still being drawn: accept it, or give it up with a reason."
    )
    return [
        ReadinessProblem("briefs", text, {"place": label})
        for label in briefs.values_list("place_label", flat=True)
    ]
