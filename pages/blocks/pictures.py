"""Blocks in which pictures say most: an infographic, cards to leaf through."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock

from . import previews
from .references import PlacedIllustrationBlock
from .sentences import SentenceBlock


class InfographicBlock(StructBlock):
    """A picture that is read like a page: it opens at its full width, and says the
    same in words."""

    picture = PlacedIllustrationBlock(
        label=_("Picture"),
        help_text=_("The picture carries a long description: all that it says, in words."),
    )
    caption = SentenceBlock(max_length=250, label=_("What it is about"))

    class Meta:
        icon = "view"
        label = _("Infographic")
        label_format = "{caption}"
        template = "blocks/infographic.html"
        preview_value = {"picture": None, "caption": "Une nuit de bébé, cycle après cycle."}
        description = _("A picture full of information: parents enlarge it, or read it in words.")

    def get_preview_value(self):
        value = super().get_preview_value()
        value["picture"] = replace(
            previews.LIGHT,
            long_description="Le soir, la lumière baisse. La nuit, il s'éveille entre deux cycles.",
        )
        return value


class CardBlock(StructBlock):
    """One card: a picture, a few words under it."""

    picture = PlacedIllustrationBlock(label=_("Picture"))
    title = CharBlock(max_length=60, label=_("What one sees or does"))
    text = SentenceBlock(max_length=250, required=False, label=_("A few more words"))

    class Meta:
        icon = "image"
        label = _("Card")
        label_format = "{title}"


class CardsBlock(StructBlock):
    """Two to ten cards side by side, in no order: ideas, examples, signs."""

    heading = CharBlock(max_length=100, label=_("Heading"))
    cards = ListBlock(CardBlock(), min_num=2, max_num=10, label=_("Cards"))

    class Meta:
        icon = "grip"
        label = _("Picture cards")
        label_format = "{heading}"
        template = "blocks/cards.html"
        preview_value = {
            "heading": "Idées pour un moment calme",
            "cards": [
                {"picture": None, "title": "Regarder un livre", "text": "Sur vos genoux."},
                {"picture": None, "title": "Tamiser la lumière", "text": "Et parler tout bas."},
                {"picture": None, "title": "Se reposer aussi", "text": "Quand il dort."},
            ],
        }
        description = _("Pictures to leaf through, with a few words each. In an order? Take steps.")

    def get_preview_value(self):
        value = super().get_preview_value()
        drawings = (previews.BOOK, previews.LIGHT, previews.REST)
        for card, drawing in zip(value["cards"], drawings, strict=True):
            card["picture"] = drawing
        return value
