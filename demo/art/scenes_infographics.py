"""Pictures that are read like a page, with words in them."""

from .babies import Baby
from .catalogue import MAUD, lead
from .palette import (
    CORAL_WASH,
    HAIR,
    INK,
    LAGOON_WASH,
    LEAF_WASH,
    PAPER,
    PLUM_SOFT,
    PLUM_WASH,
    SKIN,
    SUN_SOFT,
    SUN_WASH,
)
from .shapes import circle, line, num, rect

FONT = "DejaVu Sans, Verdana, sans-serif"
MILESTONES = (
    ("vers 2 mois", "Il gazouille", "et il sourit.", LAGOON_WASH),
    ("6 à 9 mois", "Il enchaîne des sons :", "« bababa ».", SUN_WASH),
    ("vers 1 an", "Il répond à son prénom", "et montre du doigt.", CORAL_WASH),
    ("12 à 18 mois", "Viennent", "les premiers mots.", PLUM_WASH),
    ("vers 2 ans", "Il colle deux mots :", "« encore gâteau ».", LEAF_WASH),
)
BABIES = (
    Baby(SKIN["amber"], "wisp", HAIR["black"], SUN_SOFT),
    Baby(SKIN["rose"], "wisp", HAIR["brown"], PLUM_SOFT),
    Baby(SKIN["brown"], "curly", HAIR["black"], SUN_SOFT),
    Baby(SKIN["peach"], "wisp", HAIR["brown"], SUN_SOFT),
    Baby(SKIN["deep"], "curly", HAIR["black"], PLUM_SOFT),
)


def words(x, y, text, size, bold=False) -> str:
    """One line of text that begins at (x, y)."""
    weight = "bold" if bold else "normal"
    return (
        f'<text x="{num(x)}" y="{num(y)}" font-family="{FONT}" font-size="{num(size)}" '
        f'font-weight="{weight}" fill="{INK}">{text}</text>'
    )


@lead(
    "parler-reperes",
    "Les mots viennent peu à peu",
    "De haut en bas, cinq visages de bébés, chacun avec un âge et ce qu’il fait souvent à cet âge.",
    MAUD,
)
def milestones() -> str:
    parts = rect(0, 0, 800, 600, PAPER) + line([(110, 70), (110, 530)], PLUM_SOFT, 6)
    for number, (age, first, second, wash) in enumerate(MILESTONES):
        y = 70 + number * 115
        parts += rect(180, y - 48, 590, 96, wash, 24) + circle(110, y, 52, wash)
        mouth = "laugh" if number % 2 else "smile"
        parts += BABIES[number].head(110, y + 2, 0.82, mouth=mouth)
        parts += words(204, y + 10, age, 30, bold=True)
        parts += words(438, y - 6, first, 26) + words(438, y + 28, second, 26)
    return parts
