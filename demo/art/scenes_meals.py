"""First foods, and meals that do not go down."""

from .babies import Baby
from .cast import CLAIRE, CLAIRE_BABY, PAUL, YVES
from .catalogue import MAUD, lead, step
from .furniture import (
    frame,
    high_chair_back,
    high_chair_tray,
    kitchen,
    plant,
    room,
    rug,
    shelf,
    table,
    wheelchair_back,
    wheelchair_front,
    window,
)
from .palette import (
    CORAL,
    CORAL_SOFT,
    HAIR,
    LAGOON_MID,
    LAGOON_SOFT,
    LEAF,
    LEAF_SOFT,
    SAND,
    SKIN,
    SUN,
    SUN_SOFT,
    SUN_WASH,
    WHITE,
    WOOD,
    darker,
    lighter,
)
from .poses import shadow, trousers
from .shapes import circle, ellipse, group, line, path, rect, stroke
from .things import bowl, cup, spoon


def drape(x, y, w, h, colour) -> str:
    """A tablecloth that falls before a table, with a scalloped hem."""
    hem = "".join(circle(x + w * (k + 0.5) / 8, y + h, w / 16, colour) for k in range(8))
    return rect(x, y - 8, w, h + 8, colour) + hem + rect(x, y + h - 26, w, 8, lighter(colour, 0.4))


def bib(x, y, s=1.0, colour=CORAL_SOFT) -> str:
    """A bib below a chin at (x, y)."""
    d = "M-30 -2Q0 20 30 -2Q40 34 22 54Q0 64 -22 54Q-40 34 -30 -2Z"
    return group(path(d, colour), circle(0, 32, 9, lighter(colour, 0.5)), x=x, y=y, s=s)


def in_high_chair(
    baby: Baby, x, y, s=1.0, arms="down", colour=SUN, cloth=CORAL_SOFT, **face
) -> str:
    """A baby who sits upright in a high chair; (x, y) is the middle of the tray."""
    child = baby.figure(0, -112, 0.78, 0, arms, "sit", **face)
    return group(
        high_chair_back(0, 0, colour=colour),
        child,
        bib(0, -82, 0.86, cloth),
        high_chair_tray(0, 4),
        x=x,
        y=y,
        s=s,
    )


@lead(
    "diversification",
    "Les premiers aliments",
    "Une mère en fauteuil roulant tend une cuillère de purée à son bébé, bien assis dans sa chaise haute.",
    MAUD,
)
def first_foods() -> str:
    parts = (
        room(SUN_WASH, SAND, 480)
        + window(330, 60, 140, 140, curtains=LEAF_SOFT)
        + shelf(580, 170, 170)
    )
    parts += rug(400, 560, 360, 34, LEAF_SOFT) + frame(70, 90, 90, 70, "sun")
    parts += shadow(230, 562, 150) + shadow(580, 562, 120)
    x, y, s = 230, 560, 1.15
    parts += wheelchair_back(x, y, s, LAGOON_MID)
    parts += CLAIRE.leg((x - 10, y - 180), (x + 104, y - 186), (x + 122, y - 54), s, foot=1)
    parts += CLAIRE.bust(
        (x - 6, y - 330), (x - 16, y - 186), s=s, turn=0.9, nod=0.1, mouth="laugh", eyes="happy"
    )
    parts += CLAIRE.arm((x - 46, y - 286), (x - 34, y - 208), (x + 46, y - 190), s, aim=4)
    parts += wheelchair_front(x, y, s)
    parts += in_high_chair(CLAIRE_BABY, 590, 366, 1.04, "rest", turn=-0.85, nod=-0.1, mouth="o")
    parts += bowl(622, 346, 0.62, CORAL)
    parts += spoon(556, 276, 0.95, 84)
    return parts + CLAIRE.arm(
        (x + 42, y - 284), (x + 120, y - 232), (470, 290), s, aim=-16, fist=True
    )


@step(
    "diversification-puree",
    "Une purée lisse",
    "Sur un plan de travail : un bol de purée de carottes bien lisse, deux carottes et un petit mixeur.",
    MAUD,
)
def smooth_mash() -> str:
    parts = (
        room(SUN_WASH, SAND, 470)
        + window(300, 50, 200, 130)
        + kitchen(0, 430, 800, "#fdf8ef", WOOD)
    )
    carrot = path("M0 0Q90 -34 170 0Q90 26 0 0Z", "#ec8a3a") + "".join(
        stroke([(60 + k * 28, -14), (66 + k * 28, -2)], darker("#ec8a3a"), 4) for k in range(3)
    )
    tops = "".join(ellipse(190, 0 + k * 11, 30, 8, LEAF, k * 18) for k in (-1, 0, 1))
    parts += group(tops, carrot, x=60, y=404, rot=4) + group(
        tops, carrot, x=88, y=374, s=0.9, rot=-6
    )
    parts += bowl(390, 330, 2.1, CORAL) + spoon(500, 290, 1.3, 58, colour=LAGOON_MID)
    jug = path("M-62 -190H62L50 0H-50Z", "#eef7f8") + path("M-57 -110H57L50 0H-50Z", "#f0a045")
    jug += path("M62 -170q54 6 36 84q-10 30 -44 40", "none", "#cfdde2", 14) + rect(
        -70, -204, 140, 24, LAGOON_SOFT, 12
    )
    base = path("M-58 0H58L70 60H-70Z", LAGOON_MID) + circle(0, 32, 12, WHITE)
    return parts + group(jug, base, x=646, y=372, s=1.0)


@step(
    "diversification-cuillere",
    "À la cuillère",
    "Un bébé bien assis dans sa chaise haute ouvre la bouche ; la main d’un adulte approche une petite cuillère.",
    MAUD,
)
def with_a_spoon() -> str:
    parts = room(SUN_WASH, SAND, 500) + frame(90, 90, 110, 86, "sun") + window(600, 60, 130, 150)
    parts += in_high_chair(CLAIRE_BABY, 360, 440, 1.86, "rest", turn=0.6, nod=-0.05, mouth="o")
    parts += bowl(330, 404, 1.05, CORAL) + spoon(438, 276, 1.5, -100)
    return parts + group(
        CLAIRE.arm((360, 210), (230, 170), (76, 62), 2.2, thumb=-1, aim=214, fist=True),
        x=468,
        y=200,
    )


@step(
    "diversification-eau",
    "De l’eau",
    "Un bébé assis dans sa chaise haute tient un petit gobelet d’eau à deux anses ; son père est à côté.",
    MAUD,
)
def some_water() -> str:
    parts = room(SUN_WASH, SAND, 490) + shelf(80, 160, 170) + window(610, 60, 120, 130)
    parts += trousers(PAUL, 208, 500, s=1.34)
    parts += PAUL.bust((212, 250), (208, 500), s=1.3, turn=0.9, nod=0.3, eyes="happy", wide=60)
    parts += in_high_chair(
        CLAIRE_BABY,
        500,
        410,
        1.5,
        [((-62, 104), (-24, 84)), ((62, 104), (24, 84))],
        turn=-0.1,
        nod=0.2,
        cloth=SUN_SOFT,
    )
    parts += cup(500, 330, 0.86, LAGOON_MID)
    for side in (-1, 1):
        parts += ellipse(500 + side * 32, 330, 15, 17, CLAIRE_BABY.skin)
    return parts + PAUL.arm((262, 304), (320, 440), (416, 402), 1.3, aim=-20)


@lead(
    "refus-manger",
    "Mon enfant refuse de manger",
    "À table, une petite fille détourne la tête et ferme la bouche ; son grand-père reste calme près d’elle.",
    MAUD,
)
def no_thanks() -> str:
    girl = Baby(SKIN["peach"], "pigtails", HAIR["ginger"], LAGOON_SOFT, ties=CORAL)
    parts = (
        room(SUN_WASH, SAND, 480)
        + window(330, 60, 150, 150, curtains=CORAL_SOFT)
        + plant(730, 500, 1.0, LAGOON_MID)
    )
    parts += frame(84, 96, 96, 74, "hill") + rug(400, 566, 360, 30, LAGOON_SOFT)
    parts += line([(148, 250), (140, 560)], darker(WOOD), 16) + line(
        [(302, 250), (310, 560)], darker(WOOD), 16
    )
    parts += rect(140, 240, 170, 110, WOOD, 30)
    parts += YVES.bust((226, 250), (226, 430), s=1.14, turn=0.85, nod=0.25, tilt=4)
    parts += group(
        high_chair_back(0, 0, colour=CORAL),
        girl.figure(
            0, -126, 0.86, 0, "front", "sit", turn=0.95, nod=0.2, mouth="flat", eyes="squeezed"
        ),
        high_chair_tray(0, 4),
        x=548,
        y=392,
        s=1.0,
    )
    parts += table(60, 386, 350, 190) + drape(78, 410, 314, 150, CORAL_SOFT)
    parts += (
        ellipse(314, 386, 62, 13, WHITE)
        + ellipse(314, 382, 40, 8, "#8fbf6f")
        + circle(300, 377, 9, LEAF)
        + circle(322, 374, 10, LEAF)
    )
    parts += circle(336, 379, 8, "#ec8a3a")
    parts += (
        ellipse(560, 390, 44, 10, WHITE)
        + ellipse(560, 387, 28, 7, "#8fbf6f")
        + circle(552, 383, 7, LEAF)
        + circle(570, 383, 7, "#ec8a3a")
    )
    parts += YVES.arm((178, 296), (130, 380), (196, 378), 1.1, aim=4)
    return parts + YVES.arm((274, 296), (330, 372), (262, 382), 1.1, thumb=-1, aim=176)
