"""Safe sleep: on the back, in an empty cot, in the parents' room."""

from .cast import NADIA, NADIA_BABY
from .catalogue import lead, step
from .furniture import bed, cot_above, cot_back, cot_front, frame, room, rug, window
from .palette import (
    CORAL_SOFT,
    LAGOON_SOFT,
    LAGOON_WASH,
    LEAF_WASH,
    NIGHT,
    NIGHT_SOFT,
    PLUM_SOFT,
    PLUM_WASH,
    SAND,
    WHITE,
    mix,
)
from .poses import shadow
from .shapes import circle, group, rect, shape, stroke
from .things import star


@lead(
    "couchage-sur",
    "Coucher bébé en sécurité",
    "Une mère couche son bébé sur le dos, en gigoteuse, dans un lit vide placé près du lit des parents.",
)
def safe_cot() -> str:
    parts = room(PLUM_WASH, SAND, 484) + window(590, 50, 130, 130, curtains=CORAL_SOFT)
    parts += frame(60, 86, 84, 66, "hill") + frame(164, 106, 60, 60, "heart")
    parts += bed(-110, 232, 300, LAGOON_SOFT)
    parts += rug(480, 560, 300, 36, PLUM_SOFT)
    parts += NADIA.bust((470, 178), (470, 330), (478, 128), s=1.1, nod=1, eyes="down", tilt=3)
    parts += cot_back(272, 256, 432, rails=64, deep=168)
    parts += NADIA_BABY.figure(386, 380, 0.78, -90, "rest", wear="bag", nod=-0.3, mouth="smile")
    parts += NADIA.arm((418, 224), (384, 306), (446, 356), 1.1, thumb=-1, aim=52)
    parts += NADIA.arm((522, 224), (596, 308), (562, 374), 1.1, thumb=1, aim=128)
    return parts + cot_front(272, 256, 432, rails=64, deep=168)


def cot_plan(wash, ground) -> str:
    """A floor seen from above with a rug, for a cot seen from above."""
    return (
        rect(0, 0, 800, 600, ground)
        + circle(400, 300, 330, wash)
        + circle(400, 300, 286, "none", WHITE, 3)
    )


@step(
    "couchage-dos",
    "Sur le dos",
    "Vu d’en haut : un bébé dort sur le dos, en gigoteuse, les bras libres, dans un petit lit vide.",
)
def on_the_back() -> str:
    parts = cot_plan(LAGOON_WASH, mix(LAGOON_WASH, LAGOON_SOFT, 0.4))
    parts += cot_above(248, 46, 304, 508)
    return parts + NADIA_BABY.figure(400, 190, 1.0, 0, "up", wear="bag", eyes="closed")


@step(
    "couchage-lit-vide",
    "Un lit vide",
    "Un petit lit à barreaux tout à fait vide : un matelas plat et un drap bien tendu, rien d’autre.",
)
def empty_cot() -> str:
    parts = room(LEAF_WASH, SAND, 470) + frame(104, 90, 84, 66, "sun") + window(580, 50, 130, 120)
    parts += rug(400, 556, 330, 38, "#cfe0bd")
    parts += cot_back(176, 226, 448, rails=70, deep=180)
    parts += stroke([(210, 330), (400, 336), (590, 330)], "#efe0c6", 3)
    return parts + cot_front(176, 226, 448, rails=70, deep=180)


@step(
    "couchage-chambre",
    "Dans la chambre des parents",
    "La nuit, une mère dort dans son lit ; tout près, le bébé dort sur le dos dans son propre petit lit.",
)
def parents_room() -> str:
    parts = room(NIGHT, mix(NIGHT, NIGHT_SOFT, 0.35), 470, shape_tone=mix(NIGHT, NIGHT_SOFT, 0.35))
    parts += window(330, 46, 140, 120, night=True) + group(star(NIGHT_SOFT), x=120, y=90, s=0.7)
    parts += rect(24, 214, 300, 190, "#a97b55", 30) + rect(38, 228, 272, 150, "#bb8c64", 22)
    parts += rect(96, 268, 160, 92, "#e9edf2", 34)
    parts += NADIA.head_behind(172, 306, 0.92, -8) + NADIA.head(
        172, 306, 0.92, -8, 0.5, eyes="closed"
    )
    d = [(26, 392), (60, 350), (170, 344), (290, 350), (322, 392), (338, 590), (10, 590)]
    parts += shadow(174, 588, 190, 16)
    cover = stroke([(40, 372), (172, 356), (306, 372)], WHITE, 34)

    parts += shape(d, mix(LAGOON_SOFT, NIGHT, 0.25), 0.7) + cover
    parts += stroke([(120, 420), (140, 500), (130, 580)], mix(LAGOON_SOFT, NIGHT, 0.42), 4)
    parts += stroke([(240, 420), (226, 500), (240, 580)], mix(LAGOON_SOFT, NIGHT, 0.42), 4)
    parts += cot_back(424, 268, 300)
    parts += NADIA_BABY.figure(506, 372, 0.66, -90, "up", wear="bag", eyes="closed")
    return parts + cot_front(424, 268, 300)
