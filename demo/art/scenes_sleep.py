"""Sleep: waking at night, the evening ritual, the nap."""

from .babies import Baby
from .cast import JEANNE, MOUSSA, MOUSSA_BABY
from .catalogue import MAUD, lead, step
from .furniture import (
    armchair,
    cot_back,
    cot_front,
    frame,
    lamp,
    night_room,
    plant,
    room,
    rug,
    shelf,
    window,
)
from .palette import (
    CORAL_SOFT,
    HAIR,
    LAGOON_SOFT,
    NIGHT,
    NIGHT_SOFT,
    PLUM_SOFT,
    PLUM_WASH,
    SAND,
    SKIN,
    SUN_SOFT,
    WOOD,
    darker,
    mix,
)
from .poses import chest, lap, trousers
from .shapes import circle, group, rect
from .things import open_book, star

DUSK = mix(NIGHT_SOFT, PLUM_SOFT, 0.35)


def bedside(x, y, dim=True) -> str:
    """A small chest with a night lamp."""
    parts = rect(x - 52, y - 110, 104, 110, darker(WOOD, 0.3), 10)
    parts += rect(x - 42, y - 98, 84, 40, darker(WOOD, 0.2), 6) + rect(
        x - 42, y - 50, 84, 40, darker(WOOD, 0.2), 6
    )
    parts += circle(x, y - 78, 5, SAND) + circle(x, y - 30, 5, SAND)
    return parts + lamp(x, y - 108, 0.8, dim=dim)


@lead(
    "reveils-nuit",
    "Réveil la nuit",
    "La nuit, un père assis près du lit pose la main sur son bébé éveillé, couché sur le dos dans un lit vide.",
)
def night_waking() -> str:
    parts = night_room(492) + window(540, 50, 170, 150, night=True)
    parts += group(star("#3f6478"), x=120, y=110, s=0.7) + frame(
        90, 150, 70, 56, "hill", NIGHT_SOFT
    )
    parts += rug(400, 552, 330, 40, NIGHT_SOFT, mix(NIGHT_SOFT, NIGHT, 0.5))
    parts += bedside(62, 522)
    parts += armchair(252, 548, 1.0, mix(LAGOON_SOFT, NIGHT, 0.45))
    parts += MOUSSA.leg((235, 440), (196, 462), (196, 548), foot=0)
    parts += MOUSSA.leg((290, 440), (318, 462), (314, 548), foot=0)
    parts += MOUSSA.bust((282, 288), (262, 424), (302, 236), turn=0.9, nod=0.6, eyes="open", tilt=9)
    parts += MOUSSA.arm((234, 328), (196, 404), (252, 440), aim=10)
    parts += cot_back(408, 250, 318)
    parts += MOUSSA_BABY.figure(
        496, 354, 0.68, -90, "rest", wear="bag", turn=0.3, nod=-0.2, mouth="smile"
    )
    parts += cot_front(408, 250, 318)
    return parts + MOUSSA.arm((326, 326), (410, 386), (512, 360), thumb=-1, aim=-8)


@step(
    "rituel-lumiere",
    "Rituel : baisser la lumière",
    "Le soir, un père qui porte son bébé baisse la lumière d’une petite lampe ; la lune est à la fenêtre.",
)
def ritual_light() -> str:
    parts = room(DUSK, NIGHT, 490, shape_tone=mix(DUSK, SUN_SOFT, 0.12))
    parts += window(560, 70, 150, 190, night=True, curtains=CORAL_SOFT)
    parts += rect(70, 380, 150, 130, darker(WOOD, 0.22), 10) + rect(
        84, 396, 122, 46, darker(WOOD, 0.12), 6
    )
    parts += (
        rect(84, 450, 122, 46, darker(WOOD, 0.12), 6)
        + circle(145, 418, 6, SAND)
        + circle(145, 472, 6, SAND)
    )
    parts += lamp(145, 382, 1.15, dim=True)
    parts += trousers(MOUSSA, 384, 470, s=1.16)
    looks = {"turn": -0.7, "nod": 0.3, "eyes": "open", "tilt": -4}
    parts += chest(
        MOUSSA,
        MOUSSA_BABY,
        384,
        256,
        1.16,
        long=190,
        far=False,
        baby_face={"eyes": "sleepy"},
        **looks,
    )
    return parts + MOUSSA.arm((332, 302), (262, 410), (196, 364), 1.16, thumb=1)


@step(
    "rituel-livre",
    "Rituel : un livre et un câlin",
    "Dans un fauteuil, un père lit un livre d’images à son bébé assis sur ses genoux.",
)
def ritual_book() -> str:
    parts = room(DUSK, NIGHT, 490, shape_tone=mix(DUSK, SUN_SOFT, 0.12))
    parts += shelf(80, 190, 170) + rug(400, 556, 300, 36, CORAL_SOFT)
    parts += group(lamp(650, 522, 2.4, dim=True))
    parts += armchair(400, 556, 1.24, LAGOON_SOFT)
    parts += MOUSSA.bust(
        (400, 246), (400, 430), s=1.1, turn=0.25, nod=0.9, eyes="down", mouth="speak", tilt=4
    )
    parts += group(lap(MOUSSA, 400, 432, 1.1, 1.1))
    parts += MOUSSA_BABY.figure(
        400, 322, 0.68, 0, [((-52, 96), (-64, 108)), ((52, 96), (64, 108))], "sit", nod=0.5
    )
    parts += open_book(400, 438, 1.0, cover=CORAL_SOFT)
    parts += MOUSSA.arm((350, 292), (296, 400), (338, 448), 1.1, thumb=1, aim=10, fist=True)
    return parts + MOUSSA.arm((450, 292), (504, 400), (462, 448), 1.1, thumb=-1, aim=170, fist=True)


@step(
    "rituel-coucher",
    "Rituel : coucher le bébé éveillé",
    "Un père couche son bébé encore éveillé sur le dos, en gigoteuse, dans un lit sans oreiller ni couverture.",
)
def ritual_cot() -> str:
    parts = night_room(480) + window(560, 56, 140, 130, night=True)
    parts += bedside(84, 470)
    parts += MOUSSA.bust(
        (390, 172), (390, 330), (400, 126), s=1.1, turn=0.1, nod=1, eyes="down", tilt=3
    )
    parts += cot_back(180, 262, 440, rails=64, deep=166)
    parts += MOUSSA_BABY.figure(312, 382, 0.72, -90, "rest", wear="bag", nod=-0.3, mouth="smile")
    parts += MOUSSA.arm((340, 216), (306, 300), (350, 366), 1.1, thumb=-1, aim=60)
    parts += MOUSSA.arm((440, 216), (486, 300), (452, 376), 1.1, thumb=1, aim=120)
    return parts + cot_front(180, 262, 440, rails=64, deep=166)


@lead(
    "sieste",
    "La sieste",
    "Une grand-mère veille près du lit où un petit dort sur le dos, en gigoteuse, dans un lit vide.",
    MAUD,
)
def nap() -> str:
    child = Baby(SKIN["honey"], "tuft", HAIR["brown"], SUN_SOFT, CORAL_SOFT)
    parts = room(PLUM_WASH, SAND, 486) + window(510, 60, 180, 150, curtains="#b9a0d4")
    parts += (
        rug(380, 552, 340, 40, PLUM_SOFT) + plant(760, 540, 0.8) + frame(92, 120, 80, 64, "heart")
    )
    parts += armchair(200, 548, 1.0, "#b9d9d2")
    parts += JEANNE.leg((178, 440), (152, 462), (152, 548), foot=0)
    parts += JEANNE.leg((232, 440), (252, 462), (248, 548), foot=0)
    parts += JEANNE.bust((210, 288), (205, 424), turn=0.8, nod=0.5, tilt=5)
    parts += open_book(206, 420, 0.74, -4, LAGOON_SOFT)
    parts += JEANNE.arm((165, 328), (124, 400), (156, 430), aim=8, fist=True)
    parts += JEANNE.arm((254, 328), (298, 398), (254, 428), thumb=-1, aim=172, fist=True)
    parts += cot_back(390, 250, 340)
    parts += child.figure(482, 354, 0.7, -90, "up", wear="bag", turn=0.2, eyes="closed")
    return parts + cot_front(390, 250, 340)
