"""Being a parent on hard days: crying that does not stop, baby blues."""

from .babies import Baby
from .cast import INAYA, INAYA_BABY, JEANNE, TOM
from .catalogue import MAUD, lead, step
from .furniture import cot_back, cot_front, frame, plant, room, rug, sofa, window
from .palette import (
    CORAL,
    CORAL_SOFT,
    HAIR,
    INK,
    LAGOON_MID,
    LAGOON_SOFT,
    PLUM_MID,
    PLUM_SOFT,
    PLUM_WASH,
    SAND,
    SKIN,
    SUN,
    SUN_SOFT,
    WHITE,
    WOOD,
    WOOD_DEEP,
    darker,
    lighter,
)
from .people import Person
from .poses import cradle, lap, teardrop, trousers
from .shapes import ellipse, group, line, path, rect, shape, stroke
from .things import bubble, heart, swirl

ROSA = Person(SKIN["peach"], "ponytail", HAIR["brown"], LAGOON_MID, "#4a5a68")
ROSA_BABY = Baby(SKIN["peach"], "wisp", HAIR["brown"], CORAL_SOFT, SUN_SOFT)
VIC = Person(SKIN["rose"], "tuft", HAIR["ginger"], SUN, "#34506a", beard=True)
WASH = "#f8f3fc"


def cries(x, y, s=1.0, colour=CORAL) -> str:
    """Three short lines: a loud cry."""
    return group(
        line([(0, 0), (0, -22)], colour, 6),
        line([(-20, 4), (-32, -14)], colour, 6),
        line([(20, 4), (32, -14)], colour, 6),
        x=x,
        y=y,
        s=s,
    )


@lead(
    "pleurs",
    "Bébé pleure et je n’en peux plus",
    "Un bébé pleure, couché sur le dos dans son lit vide ; à côté, sa mère épuisée, assise, se tient la tête.",
    MAUD,
)
def crying() -> str:
    parts = room(PLUM_WASH, SAND, 486, shape_tone=WASH) + window(
        330, 56, 140, 130, night=True, curtains=PLUM_SOFT
    )
    parts += rug(400, 560, 360, 34, PLUM_SOFT) + frame(90, 110, 84, 64, "heart")
    parts += (
        line([(150, 470), (140, 566)], WOOD_DEEP, 14)
        + line([(280, 470), (290, 566)], WOOD_DEEP, 14)
        + rect(138, 300, 150, 180, WOOD, 40)
        + rect(128, 452, 176, 30, darker(WOOD), 14)
    )
    parts += ROSA.leg((190, 444), (158, 462), (158, 556), 1.1, foot=0) + ROSA.leg(
        (244, 444), (274, 462), (272, 556), 1.1, foot=0
    )
    parts += ROSA.bust(
        (214, 292),
        (216, 430),
        (222, 246),
        s=1.12,
        turn=0.2,
        nod=0.9,
        eyes="closed",
        mouth="tired",
        tilt=10,
    )
    parts += ROSA.arm((166, 336), (150, 424), (206, 452), 1.12, aim=6)
    parts += ROSA.arm((262, 336), (286, 410), (262, 294), 1.12, thumb=0, aim=-100)
    parts += cot_back(410, 258, 320)
    parts += ROSA_BABY.figure(
        500, 360, 0.68, -90, "up", wear="bag", eyes="squeezed", mouth="cry", nod=-0.1
    )
    parts += cries(452, 304, 0.8)
    return parts + cot_front(410, 258, 320)


@step(
    "pleurs-poser",
    "Poser le bébé",
    "Une mère pose son bébé qui pleure sur le dos, dans son lit vide ; elle le touche encore de la main.",
    MAUD,
)
def put_down() -> str:
    parts = (
        room(PLUM_WASH, SAND, 480, shape_tone=WASH)
        + frame(80, 100, 96, 76, "hill")
        + window(610, 60, 110, 120, night=True)
    )
    parts += ROSA.bust(
        (402, 174), (396, 330), (404, 128), s=1.12, nod=1, eyes="down", mouth="flat", tilt=3
    )
    parts += cot_back(180, 262, 440, rails=64, deep=166)
    parts += ROSA_BABY.figure(
        304, 382, 0.76, -90, "up", wear="bag", eyes="squeezed", mouth="cry", nod=-0.1
    )
    parts += ROSA.arm((352, 218), (322, 306), (376, 360), 1.12, thumb=-1, aim=50)
    parts += ROSA.arm((452, 218), (506, 306), (474, 376), 1.12, thumb=1, aim=124)
    return parts + cot_front(180, 262, 440, rails=64, deep=166)


@step(
    "pleurs-souffler",
    "Souffler",
    "Dans une autre pièce, une mère assise près de la fenêtre respire lentement, un verre d’eau à la main.",
    MAUD,
)
def breathe() -> str:
    parts = (
        room(PLUM_WASH, SAND, 500, shape_tone=WASH)
        + window(520, 70, 200, 230, curtains=LAGOON_SOFT)
        + plant(100, 560, 1.3, CORAL)
    )
    parts += (
        line([(280, 480), (268, 590)], WOOD_DEEP, 16)
        + line([(450, 480), (462, 590)], WOOD_DEEP, 16)
        + rect(262, 260, 200, 230, WOOD, 50)
    )
    parts += lap(ROSA, 360, 486, 1.4, 1.1)
    parts += ROSA.bust(
        (360, 246), (360, 460), s=1.4, turn=-0.5, nod=-0.2, eyes="closed", mouth="blow", tilt=-3
    )
    glass = path("M-24 -34H24L18 30Q17 36 12 36H-12Q-17 36 -18 30Z", "#e2f3f7") + path(
        "M-22 -12H22L18 30Q17 36 12 36H-12Q-17 36 -18 30Z", "#a9d9e6"
    )
    parts += ROSA.arm((300, 306), (256, 440), (336, 476), 1.4, aim=6)
    parts += group(glass, x=404, y=370, s=1.25) + ROSA.arm(
        (420, 306), (496, 440), (428, 384), 1.4, thumb=-1, aim=196, fist=True
    )
    return parts + group(swirl(0, 0, 1.1, LAGOON_SOFT), x=308, y=208, flip=True)


@step(
    "pleurs-appeler",
    "Appeler",
    "Une mère téléphone à un proche ; une bulle avec un cœur montre qu’on l’écoute.",
    MAUD,
)
def call() -> str:
    parts = room(PLUM_WASH, SAND, 500, shape_tone=WASH) + frame(90, 90, 100, 80, "sun")
    parts += sofa(400, 610, 600, LAGOON_SOFT, 1.3) + lap(ROSA, 380, 500, 1.4, 1.1)
    parts += ROSA.bust(
        (374, 250), (380, 470), s=1.4, turn=0.4, nod=0.2, eyes="down", mouth="speak", tilt=8
    )
    parts += group(rect(-13, -34, 26, 68, INK, 8), x=436, y=206, rot=14)
    parts += ROSA.arm((436, 310), (520, 400), (448, 240), 1.4, thumb=0, aim=-96, fist=True)
    parts += ROSA.arm((314, 310), (270, 440), (354, 474), 1.4, aim=6)
    return parts + bubble(604, 150, 190, 120, WHITE, -1) + heart(604, 150, 1.7, CORAL)


@lead(
    "baby-blues",
    "Baby blues ou dépression",
    "Une mère triste, une larme sur la joue, tient son bébé endormi ; son compagnon, tout près, pose la main sur le bébé.",
    MAUD,
)
def baby_blues() -> str:
    parts = (
        room(PLUM_WASH, SAND, 486, shape_tone=WASH)
        + window(80, 60, 140, 150, curtains=LAGOON_SOFT)
        + frame(610, 90, 96, 76, "heart")
    )
    parts += rug(400, 566, 360, 32, PLUM_SOFT) + sofa(400, 580, 560, PLUM_SOFT, 1.25)
    parts += lap(VIC, 512, 490, 1.25, 1.0) + lap(INAYA, 316, 490, 1.25, 1.0)
    parts += VIC.bust(
        (500, 244),
        (512, 470),
        (484, 186),
        s=1.24,
        turn=-0.8,
        nod=0.5,
        eyes="open",
        mouth="flat",
        tilt=-8,
    )
    parts += cradle(
        INAYA,
        INAYA_BABY,
        316,
        262,
        1.22,
        flip=True,
        long=172,
        turn=-0.2,
        eyes="down",
        mouth="sad",
        tilt=-10,
    )
    parts += teardrop(296, 222, 1.1)
    parts += VIC.arm((556, 296), (604, 404), (540, 470), 1.24, thumb=-1, aim=160)
    return parts + VIC.arm((446, 298), (444, 396), (392, 350), 1.24, thumb=1, aim=200)


@step(
    "baby-blues-entourage",
    "S’entourer",
    "Une grand-mère apporte un plat chaud à une jeune mère assise avec son bébé.",
    MAUD,
)
def helping_hands() -> str:
    parts = (
        room(PLUM_WASH, SAND, 490, shape_tone=WASH)
        + window(340, 56, 130, 130)
        + plant(740, 540, 0.9, LAGOON_MID)
    )
    parts += (
        rect(60, 250, 330, 320, PLUM_SOFT, 80)
        + rect(30, 400, 76, 180, lighter(PLUM_SOFT, 0.25), 34)
        + rect(344, 400, 76, 180, lighter(PLUM_SOFT, 0.25), 34)
    )
    parts += lap(INAYA, 226, 500, 1.3, 1.05)
    parts += cradle(
        INAYA,
        INAYA_BABY,
        222,
        256,
        1.26,
        flip=True,
        long=180,
        turn=0.8,
        nod=0.1,
        eyes="open",
        tilt=2,
    )
    parts += trousers(JEANNE, 600, 470, s=1.26) + JEANNE.bust(
        (600, 220), (602, 460), s=1.26, turn=-0.85, nod=0.2, eyes="happy"
    )
    dish = (
        ellipse(0, -20, 78, 16, darker(CORAL))
        + ellipse(0, -22, 66, 11, "#f0a045")
        + path("M-78 -20Q-72 36 -40 40H40Q72 36 78 -20Z", CORAL)
        + rect(-96, -18, 24, 14, darker(CORAL), 7)
        + rect(72, -18, 24, 14, darker(CORAL), 7)
    )
    steam = stroke([(-20, -46), (-12, -60), (-20, -74), (-12, -88)], WHITE, 6) + stroke(
        [(16, -46), (24, -60), (16, -74), (24, -88)], WHITE, 6
    )
    parts += group(dish, steam, x=520, y=372)
    parts += JEANNE.arm((544, 274), (470, 330), (436, 366), 1.26, thumb=0, aim=20, fist=True)
    return parts + JEANNE.arm((656, 274), (700, 380), (604, 366), 1.26, thumb=0, aim=178, fist=True)


@step(
    "baby-blues-parler",
    "Parler",
    "Une mère, son bébé dans les bras, parle avec une sage-femme qui l’écoute et prend des notes.",
    MAUD,
)
def talk_to_somebody() -> str:
    midwife = TOM.but(
        hair="curly",
        beard=False,
        glasses=True,
        top="#dff0ee",
        skin=SKIN["brown"],
        hair_colour=HAIR["black"],
    )
    parts = (
        room(PLUM_WASH, SAND, 500, shape_tone=WASH)
        + window(330, 60, 140, 140, curtains=SUN_SOFT)
        + plant(400, 500, 0.9, LAGOON_MID)
    )
    parts += rect(70, 270, 290, 320, WOOD, 60) + rect(450, 270, 290, 320, WOOD, 60)
    parts += lap(INAYA, 216, 520, 1.3, 1.05) + cradle(
        INAYA,
        INAYA_BABY,
        212,
        276,
        1.26,
        flip=True,
        long=180,
        turn=0.85,
        nod=0.1,
        eyes="open",
        mouth="speak",
        tilt=3,
    )
    parts += lap(midwife, 590, 520, 1.3, 1.05) + midwife.bust(
        (590, 270), (590, 490), s=1.26, turn=-0.85, nod=0.2, eyes="open", tilt=-5
    )
    pad = rect(-44, -32, 88, 64, WHITE, 8) + "".join(
        line([(-30, v), (26, v)], LAGOON_SOFT, 5) for v in (-14, 0, 14)
    )
    parts += group(pad, x=570, y=458, rot=-6)
    parts += midwife.arm((534, 324), (486, 420), (530, 462), 1.26, thumb=1, aim=8, fist=True)
    parts += midwife.arm(
        (646, 324), (694, 430), (606, 462), 1.26, thumb=-1, aim=190, fist=True
    ) + line([(588, 462), (570, 436)], INK, 6)
    return parts + bubble(300, 110, 130, 84, WHITE, -1) + heart(300, 110, 1.0, CORAL_SOFT)


@step(
    "baby-blues-repos",
    "Se reposer",
    "Une mère dort dans son lit pendant que son compagnon, à côté, garde le bébé dans ses bras.",
    MAUD,
)
def rest() -> str:
    parts = (
        room(PLUM_WASH, SAND, 480, shape_tone=WASH)
        + window(600, 56, 120, 120, curtains=PLUM_MID)
        + frame(120, 80, 96, 74, "hill")
    )
    parts += (
        rect(30, 216, 330, 190, WOOD, 30)
        + rect(46, 232, 298, 150, lighter(WOOD, 0.18), 22)
        + rect(110, 270, 170, 96, WHITE, 36)
    )
    parts += INAYA.head_behind(196, 310, 0.96, -8) + INAYA.head(
        196, 310, 0.96, -8, 0.4, eyes="closed"
    )
    parts += shape(
        [(30, 396), (66, 354), (190, 346), (322, 354), (360, 396), (378, 596), (12, 596)],
        LAGOON_SOFT,
        0.7,
    )
    parts += stroke([(46, 376), (192, 360), (344, 376)], WHITE, 34)
    parts += stroke([(130, 430), (152, 500), (140, 590)], darker(LAGOON_SOFT, 0.1), 4) + stroke(
        [(264, 430), (250, 500), (264, 590)], darker(LAGOON_SOFT, 0.1), 4
    )
    parts += trousers(VIC, 566, 470, s=1.24)
    return parts + cradle(VIC, INAYA_BABY, 566, 232, 1.24, long=180, wrap=True, turn=0.2)
