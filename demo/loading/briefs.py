"""The demo's briefs: one that goes to and fro, one accepted, one just asked."""

from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL import Image
from wagtail.models import PageLogEntry

from demo.clock import at
from media.rules import Licence
from pages.models import TopicPage
from workgroups.models import EditorialRecord, IllustrationBrief, Stage

from .content import FOLDER, read
from .manuscript import key_of
from .people import account

TEETH, PLAY = "les-premieres-dents", "jouer-ensemble-sans-acheter"


def load_briefs(now):
    """Make the briefs, once; where the topics have moved on meanwhile, none."""
    if PageLogEntry.objects.filter(action="workgroups.brief_asked").exists():
        return
    topics = {
        slug: TopicPage.objects.filter(translation_key=key_of(slug)).first()
        for slug in (TEETH, PLAY)
    }
    ready = EditorialRecord.objects.filter(
        page__in=[topic for topic in topics.values() if topic], stage=Stage.ILLUSTRATION
    )
    if ready.count() < len(topics):
        return
    with transaction.atomic():
        accept_one(topics[TEETH], now)
        go_to_and_fro(topics[TEETH], now)
        ask_for_one(topics[PLAY], now)


def author_of(topic):
    return topic.get_record().workgroup.memberships.authors().select_related("user").first().user


def ask(topic, place, due_on, shows, **fields):
    """A new brief for the place whose key begins so."""
    draft = topic.get_latest_revision_as_object()
    key = next(key for key, _label in draft.picture_places() if key.startswith(place))
    return IllustrationBrief.objects.ask(
        topic,
        author_of(topic),
        place=key,
        due_on=due_on,
        shows=shows,
        licence=Licence.FULL_RIGHTS,
        **fields,
    )


def deliver(brief, picture, kind, note=""):
    """Have the illustrator deliver demo/content/pictures/`picture`, a sketch without colours."""
    path = FOLDER / "pictures" / f"{picture}.webp"
    content = path.read_bytes()
    if kind == "sketch":
        stream = BytesIO()
        Image.open(path).convert("L").save(stream, "WEBP", quality=60)
        content = stream.getvalue()
    file = ContentFile(content, f"{picture}-{kind}.webp")
    brief = IllustrationBrief.objects.get(pk=brief.pk)
    version, _made = brief.deliver(account("illustratrice"), file, kind, note)
    return version


def accept_one(topic, now):
    """A step's picture, from the brief to its place in the draft."""
    with at(now - timedelta(days=26)):
        day = timezone.localdate() + timedelta(days=14)
        brief = ask(
            topic,
            "step:",
            day,
            "De près : un bébé assis mord un anneau bien frais.",
        )
    with at(now - timedelta(days=16)):
        version = deliver(brief, "dents-anneau", "final")
    with at(now - timedelta(days=14)):
        alt_text = read("pictures")["dents-anneau"]["alt"]
        IllustrationBrief.objects.get(pk=brief.pk).accept(author_of(topic), version.pk, alt_text)


def go_to_and_fro(topic, now):
    """The picture at the top: a sketch with its remarks, then colours with two more; late."""
    author, illustrator = author_of(topic), account("illustratrice")
    with at(now - timedelta(days=20)):
        brief = ask(
            topic,
            "lead",
            timezone.localdate(now) - timedelta(days=2),
            "Une grand-mère, un bébé sur ses genoux qui mordille un anneau. Du calme.",
            avoid="Les larmes, les joues rouges, tout ce qui fait peur. Pas de collier d’ambre.",
        )
    with at(now - timedelta(days=13)):
        sketch = deliver(brief, "dents", "sketch", "Une première idée, pour la pose.")
    with at(now - timedelta(days=11)):
        pose, _made = sketch.remark(author, 0.5, 0.62, "Le bébé regarde sa grand-mère, plutôt ?")
    with at(now - timedelta(days=8)):
        pose.give_answer(illustrator, "Oui, c’est mieux : je le tourne un peu.")
    with at(now - timedelta(days=7)):
        colour = deliver(brief, "dents", "colour", "Les couleurs sont celles de la série.")
    with at(now - timedelta(days=5)):
        ring, _made = colour.remark(author, 0.56, 0.55, "L’anneau se voit à peine : plus grand ?")
        colour.remark(author, 0.2, 0.2, "Le fond peut rester tout clair : l’œil va au bébé.")
    with at(now - timedelta(days=4)):
        ring.give_answer(illustrator, "Agrandi, et plus jaune.")


def ask_for_one(topic, now):
    with at(now - timedelta(days=3)):
        ask(
            topic,
            "lead",
            timezone.localdate(now) + timedelta(days=6),
            "Un père par terre avec ses jumeaux : un carton, une casserole, du plaisir.",
            avoid="Les jouets de marque.",
            illustrator=account("illustratrice"),
        )
