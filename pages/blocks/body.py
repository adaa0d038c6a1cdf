"""The blocks that a topic's body is made of, one template each."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)

from . import previews
from .next_steps import NearYouBlock, PublicServiceBlock
from .pictures import CardsBlock, InfographicBlock
from .references import PlacedIllustrationBlock, RecordingChooserBlock
from .sentences import SentenceBlock
from .table import TableBlock

TEXT_FEATURES = ["h2", "h3", "bold", "ul", "ol", "topic-link"]


class ParagraphsBlock(RichTextBlock):
    """Text with headings, lists, bold, and links to other topics."""

    def __init__(self, **kwargs):
        super().__init__(features=TEXT_FEATURES, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"
        preview_value = (
            "<h2>Pourquoi il se réveille</h2><p>Un tout-petit dort par cycles, "
            "bien plus courts que les vôtres.</p><ul><li>Attendez un instant.</li>"
            "<li>Parlez <b>tout bas</b>.</li></ul>"
        )
        description = _("Paragraphs, headings and lists.")


class StepBlock(StructBlock):
    """One step: a picture and a line under it."""

    picture = PlacedIllustrationBlock(label=_("Picture"))
    title = CharBlock(max_length=60, label=_("What to do"))
    text = SentenceBlock(max_length=250, required=False, label=_("A few more words"))

    class Meta:
        icon = "list-ol"
        label = _("Step")
        label_format = "{title}"


class StepsBlock(StructBlock):
    """Two to six pictures that show how to do something."""

    heading = CharBlock(max_length=100, label=_("Heading"))
    steps = ListBlock(StepBlock(), min_num=2, max_num=6, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps in pictures")
        label_format = "{heading}"
        template = "blocks/steps.html"
        preview_value = {
            "heading": "Le rituel du soir, pas à pas",
            "steps": [
                {"picture": None, "title": "Baisser la lumière", "text": "Une heure avant."},
                {"picture": None, "title": "Un livre, un câlin", "text": "Le même ordre."},
                {"picture": None, "title": "Le coucher éveillé", "text": "Sur le dos."},
            ],
        }
        description = _("One picture per step, with a line under it.")

    def get_preview_value(self):
        value = super().get_preview_value()
        drawings = (previews.LIGHT, previews.BOOK, previews.BED)
        for step, drawing in zip(value["steps"], drawings, strict=True):
            step["picture"] = drawing
        return value


class PictureBlock(StructBlock):
    """A picture with its caption."""

    picture = PlacedIllustrationBlock(label=_("Picture"))
    caption = SentenceBlock(max_length=250, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture with a caption")
        template = "blocks/picture.html"
        preview_value = {"picture": None, "caption": "Se reposer en plein jour aide à tenir."}
        description = _("One large picture, and a sentence about it.")

    def get_preview_value(self):
        value = super().get_preview_value()
        value["picture"] = previews.REST
        return value


class DoDontBlock(StructBlock):
    """What helps beside what does not."""

    do = ListBlock(SentenceBlock(max_length=200, label=_("Sentence")), label=_("What helps"))
    dont = ListBlock(
        SentenceBlock(max_length=200, label=_("Sentence")), label=_("What does not help")
    )

    class Meta:
        icon = "tick-inverse"
        label = _("What helps, what does not")
        template = "blocks/do_dont.html"
        preview_value = {
            "do": ["Parler bas.", "Garder une lumière douce."],
            "dont": ["Lui montrer un écran pour le calmer."],
        }
        description = _("Two short lists side by side.")


class TrueFalseBlock(StructBlock):
    """A common belief, its answer and why."""

    statement = SentenceBlock(
        max_length=200,
        label=_("What people say"),
        help_text=_("A sentence that one often hears."),
    )
    answer = ChoiceBlock(choices=[("true", _("True")), ("false", _("False"))], label=_("Answer"))
    explanation = TextBlock(rows=3, label=_("Why"))

    class Meta:
        icon = "help"
        label = _("True or false?")
        label_format = "{statement}"
        template = "blocks/true_false.html"
        preview_value = {
            "statement": "« Un plus gros biberon le soir, et il fera sa nuit. »",
            "answer": "false",
            "explanation": "Souvent, ce n'est pas la faim qui le réveille.",
        }
        description = _("A sentence that one often hears; parents open the answer.")


class CallOutBlock(StructBlock):
    """A few words set apart."""

    tone = ChoiceBlock(
        choices=[
            ("info", _("Good to know")),
            ("tip", _("Tip")),
            ("warning", _("Careful")),
        ],
        default="info",
        label=_("Kind"),
    )
    heading = CharBlock(max_length=100, label=_("Heading"))
    text = TextBlock(rows=3, label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Set apart")
        label_format = "{heading}"
        template = "blocks/call_out.html"
        preview_value = {
            "tone": "tip",
            "heading": "La faim compte aussi",
            "text": "Les premiers mois, un bébé a besoin de manger la nuit.",
        }
        description = _("Good to know, a tip, or something to be careful about.")


class RecordingBlock(StructBlock):
    """A film or a sound, with its captions and its transcript."""

    heading = CharBlock(max_length=100, label=_("Heading"))
    recording = RecordingChooserBlock(
        label=_("Film or sound"),
        help_text=_("With its captions, and the text of all that is said."),
    )

    class Meta:
        icon = "media"
        label = _("Film or sound")
        label_format = "{heading}"
        template = "blocks/recording.html"
        preview_value = {"heading": "Écouter : le rituel du soir", "recording": None}
        description = _("A short film or sound, with captions and transcript.")

    def get_preview_value(self):
        value = super().get_preview_value()
        value["recording"] = previews.Film()
        return value


class QuotationBlock(StructBlock):
    """Somebody's own words: a parent's, a professional's."""

    words = TextBlock(
        rows=3, label=_("Their words"), help_text=_("As they said it, without quotation marks.")
    )
    who = CharBlock(
        max_length=80,
        label=_("Who says it"),
        help_text=_("With their agreement. A first name is enough for a parent."),
    )
    role = CharBlock(
        max_length=100,
        required=False,
        label=_("Who they are"),
        help_text=_("For instance: mother of two, midwife in Lille."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        label_format = "{who}"
        template = "blocks/quotation.html"
        preview_value = {
            "words": "La nuit, nous nous relayons. Une nuit sur deux, je dors.",
            "who": "Yasmine",
            "role": "maman de Noé, 5 mois",
        }
        description = _("What a parent or a professional says, with their name.")


class BodyBlock(StreamBlock):
    """The body of a topic."""

    text = ParagraphsBlock()
    steps = StepsBlock()
    picture = PictureBlock()
    do_dont = DoDontBlock()
    true_false = TrueFalseBlock()
    call_out = CallOutBlock()
    recording = RecordingBlock()
    infographic = InfographicBlock()
    cards = CardsBlock()
    table = TableBlock()
    quotation = QuotationBlock()
    public_service = PublicServiceBlock()
    near_you = NearYouBlock()

    class Meta:
        block_counts = {"near_you": {"max_num": 1}}
