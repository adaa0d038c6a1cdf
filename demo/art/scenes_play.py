"""Playing with what is at hand."""

from .cast import MINH, MINH_TWINS
from .catalogue import MAUD, lead, step
from .furniture import frame, kitchen, plant, room, rug, window
from .palette import (
    CORAL,
    CORAL_SOFT,
    LAGOON_MID,
    LAGOON_SOFT,
    LEAF,
    LEAF_SOFT,
    LEAF_WASH,
    SAND,
    SUN,
    SUN_SOFT,
    WHITE,
    WOOD,
    darker,
    lighter,
)
from .poses import crossed, shadow
from .shapes import circle, ellipse, group, path, rect, stroke
from .things import ball, carton_flaps, flower, grass, heart, pan, star, tree, wooden_spoon

ONE, TWO = MINH_TWINS


@lead(
    "jouer",
    "Jouer ensemble sans acheter",
    "Un père assis par terre joue avec ses jumeaux : l’un est dans un carton, l’autre tape sur une casserole.",
    MAUD,
)
def playing() -> str:
    parts = (
        room(LEAF_WASH, SAND, 430)
        + window(560, 56, 150, 140, curtains=CORAL_SOFT)
        + frame(90, 100, 96, 76, "hill")
    )
    parts += rug(400, 530, 380, 62, SUN_SOFT) + plant(740, 450, 0.9, LAGOON_MID)
    parts += shadow(400, 520, 150) + shadow(160, 556, 110) + shadow(640, 556, 110)
    parts += MINH.bust(
        (396, 232), (400, 430), s=1.16, turn=-0.6, nod=0.4, eyes="open", mouth="laugh", tilt=-5
    )
    parts += crossed(MINH, 400, 456, 1.16)
    parts += MINH.arm((446, 280), (520, 370), (566, 414), 1.16, thumb=-1, aim=30)
    parts += carton_flaps(78, 400, 178)
    parts += ONE.figure(166, 330, 0.86, 0, "joy", "sit", turn=0.6, mouth="laugh", eyes="happy")
    parts += rect(78, 404, 178, 150, "#d8ac78", 5) + rect(156, 404, 22, 52, "#e4c297")
    parts += circle(112, 500, 15, CORAL) + group(star(SUN), x=214, y=506, s=0.8)
    parts += MINH.arm((346, 280), (300, 372), (252, 404), 1.16, thumb=1, aim=150)
    parts += TWO.figure(
        640,
        376,
        0.86,
        0,
        [((-60, 96), (-46, 134)), ((66, 60), (70, 24))],
        "sit",
        turn=-0.6,
        nod=0.2,
        mouth="laugh",
    )
    parts += pan(600, 514, 0.9, LAGOON_MID) + wooden_spoon(706, 366, 0.72, 190)
    return parts + ball(330, 552, 22, CORAL)


@step(
    "jouer-cartons",
    "Les cartons",
    "Un tout-petit est assis dans un grand carton ouvert, comme dans une cabane ; son père, à côté, rit.",
    MAUD,
)
def boxes() -> str:
    parts = (
        room(LEAF_WASH, SAND, 420)
        + frame(600, 90, 110, 84, "sun")
        + rug(400, 520, 380, 70, LAGOON_SOFT)
    )
    tone = "#d8ac78"
    parts += path("M60 250H330V560H60Q40 400 60 250Z", darker(tone, 0.08)) + rect(
        96, 250, 286, 310, tone, 8
    )
    parts += path("M382 250L452 224V530L382 560Z", lighter(tone, 0.2)) + path(
        "M96 250L120 212H400L382 250Z", lighter(tone, 0.1)
    )
    parts += rect(128, 282, 222, 268, "#8b633c", 8)
    parts += shadow(250, 548, 130)
    parts += ONE.figure(
        242,
        380,
        1.0,
        0,
        [((-62, 96), (-50, 150)), ((62, 96), (50, 150))],
        [((-50, 150), (-44, 130), 0), ((50, 150), (44, 130), 0)],
        turn=0.5,
        mouth="laugh",
        nod=-0.1,
    )
    parts += shadow(590, 546, 140)
    parts += MINH.bust(
        (600, 244), (606, 440), s=1.16, turn=-0.9, nod=0.4, eyes="happy", mouth="laugh", tilt=-6
    )
    parts += crossed(MINH, 606, 470, 1.16) + MINH.arm(
        (652, 292), (700, 390), (648, 456), 1.16, thumb=-1, aim=150
    )
    parts += MINH.arm((550, 292), (496, 390), (416, 396), 1.16, thumb=1, aim=176)
    return (
        parts
        + circle(410, 300, 15, CORAL)
        + group(star(SUN), x=416, y=470, s=0.8)
        + heart(430, 150, 1.2, CORAL_SOFT)
    )


@step(
    "jouer-cuisine",
    "La cuisine",
    "Assis sur le sol de la cuisine, loin du feu, un bébé empile des boîtes et tape sur une casserole avec une cuillère en bois.",
    MAUD,
)
def kitchen_play() -> str:
    parts = (
        room(LEAF_WASH, SAND, 440)
        + kitchen(0, 190, 800, "#fbf7ee", WOOD)
        + path("M0 440Q400 424 800 440V600H0Z", SAND)
    )
    parts += rug(400, 530, 360, 56, CORAL_SOFT)
    parts += TWO.figure(
        390,
        306,
        1.16,
        0,
        [((-62, 92), (-84, 84)), ((66, 100), (72, 128))],
        "sit",
        nod=0.3,
        mouth="laugh",
        turn=-0.3,
    )
    parts += pan(250, 476, 1.2, LAGOON_MID) + wooden_spoon(232, 452, 0.9, 206)
    parts += ellipse(292, 402, 17, 15, TWO.skin)
    for k, (w, colour) in enumerate(((104, CORAL), (84, SUN), (66, LAGOON_MID))):
        parts += rect(560 - w / 2, 500 - k * 56, w, 54, colour, 9) + rect(
            560 - w / 2 - 4, 496 - k * 56, w + 8, 14, lighter(colour, 0.35), 7
        )
    return (
        parts
        + stroke([(182, 420), (168, 404)], SUN, 6)
        + stroke([(214, 408), (208, 388)], SUN, 6)
        + ball(668, 536, 26, SUN)
    )


@step(
    "jouer-nature",
    "Dehors",
    "Dans un jardin, un père accroupi et ses jumeaux assis dans l’herbe regardent une fleur.",
    MAUD,
)
def outdoors() -> str:
    parts = (
        rect(0, 0, 800, 600, "#d9eef2")
        + circle(130, 100, 50, SUN_SOFT)
        + ellipse(560, 100, 84, 24, WHITE)
        + ellipse(620, 84, 56, 25, WHITE)
    )
    parts += (
        ellipse(200, 500, 480, 170, LEAF_SOFT)
        + ellipse(680, 520, 460, 170, "#bcdca6")
        + tree(700, 410, 1.15)
    )
    parts += (
        shadow(220, 552, 130, 14, LEAF)
        + shadow(420, 552, 80, 12, LEAF)
        + shadow(600, 552, 80, 12, LEAF)
    )
    parts += MINH.bust((216, 250), (210, 440), s=1.14, turn=0.85, nod=0.6, mouth="speak", tilt=6)
    parts += crossed(MINH, 210, 470, 1.14) + MINH.arm(
        (168, 298), (120, 390), (170, 458), 1.14, aim=20
    )
    parts += ONE.figure(
        400,
        372,
        0.86,
        0,
        [((-60, 96), (-66, 124)), ((64, 84), (94, 100))],
        "sit",
        turn=0.7,
        nod=0.5,
        mouth="laugh",
    )
    parts += TWO.figure(
        612,
        372,
        0.86,
        0,
        [((-64, 84), (-92, 104)), ((60, 96), (66, 124))],
        "sit",
        turn=-0.7,
        nod=0.5,
        mouth="o",
    )
    parts += (
        flower(508, 548, 1.7, CORAL)
        + grass(470, 560, 0.9)
        + grass(546, 562, 0.8)
        + flower(70, 560, 1.1, SUN)
        + grass(716, 566, 1.0)
    )
    butterfly = (
        ellipse(-9, -6, 11, 8, SUN, 30)
        + ellipse(9, -6, 11, 8, SUN, -30)
        + ellipse(0, 0, 2.6, 9, "#553524")
    )
    parts += group(butterfly, x=508, y=330, rot=12)
    return parts + MINH.arm((264, 298), (310, 390), (344, 430), 1.14, aim=40)
