"""Screens put away: what happens instead."""

from .cast import KARIM, LILA, LUC
from .catalogue import lead, step
from .furniture import (
    frame,
    high_chair_back,
    high_chair_tray,
    night_room,
    plant,
    room,
    rug,
    shelf,
    table,
    window,
)
from .palette import (
    CORAL,
    CORAL_SOFT,
    INK,
    LAGOON_MID,
    LAGOON_SOFT,
    LEAF_SOFT,
    LEAF_WASH,
    NIGHT_SOFT,
    PLUM_SOFT,
    SAND,
    SUN,
    SUN_SOFT,
    WHITE,
    WOOD,
    WOOD_DEEP,
    darker,
    lighter,
)
from .poses import crossed, shadow
from .scenes_meals import drape
from .scenes_sleep import bedside
from .shapes import circle, ellipse, group, line, path, rect, stroke
from .things import ball, blocks, bowl, flower, grass, mug, open_book, phone, tree


def basket(x, y, s=1.0) -> str:
    """A basket in which two telephones rest; (x, y) is the middle of its foot."""
    phones = phone(-20, -66, 0.9, -10) + phone(22, -66, 0.9, 8, SUN_SOFT)
    body = path("M-62 -58H62L50 0H-50Z", WOOD_DEEP) + rect(-68, -66, 136, 16, WOOD, 8)
    weave = "".join(
        line([(-54 + k, -40 + v), (-40 + k, -40 + v)], WOOD, 5)
        for v in (0, 18)
        for k in range(0, 96, 24)
    )
    return group(phones, body, weave, x=x, y=y, s=s)


@lead(
    "ecrans",
    "Les écrans avant 3 ans",
    "Deux pères jouent aux cubes par terre avec leur fille ; les téléphones sont rangés dans un panier, plus loin.",
)
def no_screens() -> str:
    parts = (
        room(LEAF_WASH, SAND, 420)
        + window(330, 50, 140, 130, curtains=SUN_SOFT)
        + frame(100, 90, 84, 66, "heart")
    )
    parts += (
        rect(610, 300, 170, 130, WOOD, 10)
        + rect(624, 316, 142, 46, lighter(WOOD, 0.2), 6)
        + rect(624, 370, 142, 46, lighter(WOOD, 0.2), 6)
    )
    parts += basket(696, 300, 0.8) + rug(400, 520, 380, 66, LAGOON_SOFT)
    parts += shadow(190, 530, 130) + shadow(610, 530, 130)
    parts += LUC.bust(
        (190, 262), (186, 440), s=1.1, turn=0.85, nod=0.5, mouth="laugh", eyes="happy", tilt=5
    )
    parts += crossed(LUC, 186, 462, 1.1) + LUC.arm((142, 308), (84, 400), (140, 452), 1.1, aim=10)
    parts += KARIM.bust((612, 262), (616, 440), s=1.1, turn=-0.85, nod=0.5, tilt=-5)
    parts += crossed(KARIM, 616, 462, 1.1) + KARIM.arm(
        (660, 308), (720, 400), (664, 452), 1.1, thumb=-1, aim=170
    )
    parts += LILA.figure(
        400,
        300,
        0.86,
        0,
        [((-60, 84), (-70, 112)), ((62, 70), (60, 124))],
        "sit",
        nod=0.5,
        turn=0.3,
        mouth="laugh",
    )
    parts += blocks(486, 520, 0.98) + ball(310, 496, 24, CORAL)
    parts += LUC.arm((238, 308), (272, 400), (340, 430), 1.1, aim=20)
    return parts + KARIM.arm((566, 308), (520, 380), (492, 428), 1.1, thumb=1, aim=110)


@step(
    "ecrans-repas",
    "À table",
    "À table, deux pères et leur fille se regardent et se parlent ; il n’y a aucun écran.",
)
def meal() -> str:
    parts = (
        room(LEAF_WASH, SAND, 480)
        + window(330, 46, 140, 110)
        + plant(730, 470, 0.9, CORAL)
        + frame(70, 90, 90, 70, "sun")
    )
    parts += LUC.bust(
        (170, 252), (170, 460), s=1.15, turn=0.9, nod=0.2, eyes="happy", mouth="laugh"
    )
    parts += KARIM.bust((630, 252), (630, 460), s=1.15, turn=-0.9, nod=0.2, mouth="speak")
    parts += group(
        high_chair_back(0, 0, colour=SUN),
        LILA.figure(0, -126, 0.86, 0, "down", "sit", turn=-0.5, mouth="laugh"),
        x=400,
        y=370,
        s=1.1,
    )
    parts += (
        table(40, 420, 720, 200)
        + drape(60, 444, 680, 170, SUN_SOFT)
        + high_chair_tray(400, 400, 1.0)
    )
    parts += bowl(400, 380, 0.56, CORAL)
    for x in (220, 580):
        parts += (
            ellipse(x, 418, 64, 13, WHITE)
            + ellipse(x - 8, 412, 30, 9, LEAF_SOFT)
            + circle(x + 20, 410, 10, CORAL)
        )
    parts += mug(116, 394, 0.8, LAGOON_MID) + mug(672, 394, 0.8, LAGOON_MID)
    parts += LUC.arm((122, 304), (90, 396), (160, 412), 1.15, aim=10) + LUC.arm(
        (218, 304), (262, 372), (300, 334), 1.15, aim=-30
    )
    return (
        parts
        + KARIM.arm((678, 304), (714, 396), (640, 412), 1.15, thumb=-1, aim=172)
        + KARIM.arm((582, 304), (536, 390), (556, 412), 1.15, thumb=0, aim=130)
    )


def pram(x, y, s=1.0) -> str:
    """A pushchair facing us a little; (x, y) is on the ground. The child sits at (0, -170)."""
    wheels = "".join(
        circle(k, -22, 22, "#3d4c59") + circle(k, -22, 9, "#c8d2d8") for k in (-52, 52)
    )
    frame_ = line([(-52, -28), (-44, -110)], "#8b9aa6", 9) + line(
        [(52, -28), (44, -110)], "#8b9aa6", 9
    )
    hood = path("M-78 -150Q-86 -268 0 -272Q86 -268 78 -150Z", LAGOON_MID) + path(
        "M-56 -150Q-62 -240 0 -244Q62 -240 56 -150Z", darker(LAGOON_MID, 0.3)
    )
    return group(
        wheels,
        frame_,
        hood,
        path("M-74 -156H74L56 -70Q0 -52 -56 -70Z", darker(LAGOON_MID, 0.3)),
        x=x,
        y=y,
        s=s,
    )


@step(
    "ecrans-dehors",
    "Dehors",
    "Au parc, un père accroupi près de la poussette montre un chien à sa fille, qui tend le bras.",
)
def outside() -> str:
    parts = (
        rect(0, 0, 800, 600, "#d9eef2")
        + circle(660, 100, 52, SUN_SOFT)
        + ellipse(160, 110, 80, 24, WHITE)
        + ellipse(220, 92, 56, 26, WHITE)
    )
    parts += ellipse(160, 480, 420, 150, LEAF_SOFT) + ellipse(640, 500, 420, 150, "#bcdca6")
    parts += (
        tree(90, 430, 1.2)
        + tree(744, 410, 0.9)
        + path("M-20 520Q400 470 820 520V620H-20Z", "#efdcbc")
    )
    parts += shadow(440, 552, 120) + shadow(250, 556, 90)
    parts += KARIM.leg((262, 436), (330, 420), (316, 540), 1.1, foot=1) + KARIM.leg(
        (232, 440), (270, 520), (186, 544), 1.1, foot=-1
    )
    parts += KARIM.bust((252, 254), (246, 420), s=1.12, turn=0.9, nod=0.1, mouth="speak", tilt=4)
    parts += pram(446, 552, 1.14)
    parts += LILA.figure(
        446,
        336,
        0.8,
        0,
        [((-56, 96), (-30, 116)), ((62, 74), (104, 64))],
        "sit",
        turn=0.7,
        mouth="laugh",
        eyes="open",
    )
    parts += path("M382 438Q446 470 510 438L500 476Q446 496 392 476Z", LAGOON_MID)
    parts += KARIM.arm((300, 300), (352, 380), (398, 384), 1.12, aim=0) + KARIM.arm(
        (206, 300), (164, 390), (214, 440), 1.12, aim=40
    )
    fur = "#c98f56"
    dog = ellipse(0, -58, 52, 30, fur) + "".join(
        line([(k, -46), (k, -6)], fur, 15) for k in (-36, -18, 20, 38)
    )
    dog += (
        stroke([(48, -70), (70, -92), (66, -112)], fur, 12)
        + circle(-50, -92, 28, fur)
        + ellipse(-70, -84, 16, 12, lighter(fur, 0.35))
    )
    dog += (
        ellipse(-34, -96, 11, 21, darker(fur, 0.25), -14)
        + circle(-80, -88, 5, INK)
        + circle(-58, -98, 4, INK)
        + stroke([(-78, -77), (-70, -74), (-62, -78)], INK, 2.6)
    )
    return (
        parts
        + group(dog, x=660, y=546, s=0.95)
        + grass(560, 560, 0.9)
        + flower(600, 580, 0.9)
        + flower(96, 570, 1.0, CORAL_SOFT)
    )


@step(
    "ecrans-coucher",
    "Au coucher",
    "Le soir, un père assis au bord du lit lit un livre à sa fille blottie contre lui ; aucun écran n’est allumé.",
)
def bedtime() -> str:
    parts = night_room(480) + window(560, 60, 150, 130, night=True) + shelf(90, 170, 170)
    parts += (
        bedside(690, 520)
        + rect(60, 402, 540, 130, lighter(NIGHT_SOFT, 0.3), 30)
        + rect(60, 440, 540, 110, PLUM_SOFT, 24)
    )
    parts += line([(90, 540), (90, 580)], WOOD_DEEP, 16) + line(
        [(570, 540), (570, 580)], WOOD_DEEP, 16
    )
    parts += LUC.leg((250, 430), (232, 470), (232, 570), 1.15, foot=0) + LUC.leg(
        (312, 430), (330, 470), (330, 570), 1.15, foot=0
    )
    parts += LUC.bust(
        (280, 236), (280, 418), s=1.18, turn=0.5, nod=0.8, eyes="down", mouth="speak", tilt=6
    )
    parts += LUC.arm((330, 286), (456, 372), (446, 410), 1.18, thumb=0)
    parts += LILA.figure(
        402,
        290,
        0.84,
        4,
        [((-56, 92), (-54, 120)), ((54, 96), (20, 124))],
        "sit",
        nod=0.7,
        turn=-0.4,
        eyes="sleepy",
        mouth="smile",
    )
    parts += open_book(340, 420, 1.0, cover=CORAL)
    return (
        parts
        + LUC.arm((228, 286), (194, 390), (278, 430), 1.18, thumb=1, aim=10, fist=True)
        + ellipse(446, 420, 17, 13, LUC.skin)
    )
