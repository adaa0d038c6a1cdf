"""Milk: at the breast and from a bottle."""

from .cast import AWA, AWA_BABY, ERWAN, ERWAN_BABY
from .catalogue import MAUD, lead, step
from .furniture import armchair, frame, kitchen, lamp, plant, room, rug, shelf, window
from .hands import grip, palm_up, washing
from .palette import (
    CORAL,
    CORAL_SOFT,
    LAGOON_MID,
    LAGOON_SOFT,
    LAGOON_WASH,
    PLUM_SOFT,
    SAND,
    SUN_SOFT,
    SUN_WASH,
    WHITE,
    WOOD,
    darker,
    lighter,
    mix,
)
from .poses import bottle_feed, chest, lap, suckle
from .shapes import clip, ellipse, group, line, path, rect, shape, smooth, stroke
from .things import bottle, drops, heart, mug, water_bottle


@lead(
    "allaitement",
    "Débuter l’allaitement",
    "Assise dans un fauteuil, une mère allaite son bébé ; le corps du bébé est tourné contre elle.",
)
def breastfeeding() -> str:
    parts = room(SUN_WASH, SAND, 486) + window(70, 70, 140, 150, curtains=CORAL_SOFT)
    parts += (
        rug(400, 556, 320, 38, CORAL_SOFT)
        + plant(704, 530, 1.1, LAGOON_MID)
        + frame(600, 100, 90, 70, "sun")
    )
    parts += armchair(400, 558, 1.3, LAGOON_SOFT)
    parts += lap(AWA, 400, 480, 1.2, 1.15) + suckle(AWA, AWA_BABY, 400, 228, 1.22)
    return (
        parts
        + rect(120, 440, 92, 14, WOOD, 7)
        + line([(166, 450), (166, 548)], WOOD, 12)
        + mug(166, 422, 0.7, CORAL)
    )


@step(
    "allaitement-position",
    "Bien s’installer",
    "Une mère allaite : le dos soutenu, elle tient son bébé ventre contre elle, la tête et le corps alignés.",
)
def position() -> str:
    parts = room(SUN_WASH, SAND, 500)
    parts += rect(170, 130, 460, 420, LAGOON_SOFT, 110) + rect(
        250, 90, 300, 300, mix(PLUM_SOFT, WHITE, 0.25), 70
    )
    parts += lap(AWA, 390, 560, 1.7, 1.2)
    return parts + suckle(AWA, AWA_BABY, 390, 204, 1.75, eyes="down")


@step(
    "allaitement-prise-sein",
    "La prise du sein",
    "De près : la bouche du bébé, grande ouverte, prend le mamelon et l’aréole ; son nez est libre.",
)
def latch() -> str:
    skin, tone = AWA.skin, darker(AWA.skin, 0.4)
    baby = AWA_BABY.skin
    parts = rect(0, 0, 800, 600, SUN_WASH) + ellipse(560, 320, 330, 290, lighter(SUN_SOFT, 0.35))
    parts += shape([(-80, -80), (160, -60), (210, 40), (180, 330), (190, 680), (-80, 680)], AWA.top)
    parts += shape([(640, 460), (900, 330), (920, 700), (470, 700), (520, 520)], AWA_BABY.suit)
    breast = smooth(
        [
            (80, 60),
            (210, 80),
            (340, 160),
            (440, 262),
            (500, 330),
            (500, 372),
            (440, 420),
            (330, 462),
            (190, 470),
            (80, 440),
        ],
        True,
        0.9,
    )
    parts += path(breast, skin) + clip(
        breast,
        ellipse(470, 336, 98, 104, tone, 24),
        ellipse(250, 510, 260, 80, darker(skin, 0.16), -6),
    )
    head = (
        "M600 84C700 84 776 160 776 270C776 390 700 474 600 478C540 480 484 466 462 440"
        "C446 424 448 410 440 408C424 404 420 384 438 378C462 374 480 378 516 352"
        "C480 318 466 308 444 308C424 306 422 286 438 280C444 276 448 272 446 268"
        "C428 268 420 250 434 236C452 222 462 206 466 180C474 120 532 84 600 84Z"
    )
    parts += path(head, baby)
    parts += clip(
        head,
        path(
            "M440 130C540 190 640 150 690 300C700 350 720 400 790 400L820 40H440Z",
            AWA_BABY.hair_colour,
            opacity=0.85,
        ),
    )
    parts += ellipse(650, 300, 24, 34, darker(baby, 0.06)) + ellipse(
        650, 300, 12, 20, darker(baby, 0.2)
    )
    parts += ellipse(566, 350, 44, 34, "#e0705c", 0, 0.4) + stroke(
        [(486, 226), (508, 240), (538, 228)], "#22303c", 9
    )
    parts += stroke([(516, 352), (524, 350)], darker(baby, 0.3), 7)
    parts += path("M140 -60Q260 30 190 92Q110 130 -20 130V-60Z", AWA.top) + stroke(
        [(206, 40), (186, 94), (100, 122), (-10, 130)], darker(AWA.top), 6
    )
    parts += path("M-20 424Q90 430 190 452Q230 540 190 680H-40Z", AWA.top) + stroke(
        [(-10, 424), (90, 432), (190, 454)], darker(AWA.top), 6
    )
    return parts + group(heart(690, 74, 1.4, CORAL_SOFT))


@step(
    "allaitement-repos",
    "Se reposer ensemble",
    "Une mère tient son bébé repu et endormi contre elle ; un verre d’eau est posé à côté.",
)
def after_feed() -> str:
    parts = room(SUN_WASH, SAND, 490) + window(90, 80, 140, 150) + frame(610, 100, 84, 70, "heart")
    parts += armchair(400, 580, 1.45, LAGOON_SOFT)
    parts += lap(AWA, 400, 494, 1.3, 1.15)
    parts += chest(AWA, AWA_BABY, 400, 226, 1.34, long=180)
    parts += rect(612, 430, 110, 16, WOOD, 8) + line([(667, 440), (667, 560)], WOOD, 14)
    glass = path("M640 360H690L684 424Q683 430 678 430H652Q647 430 646 424Z", "#e2f3f7")
    glass += path("M642 384H688L684 424Q683 430 678 430H652Q647 430 646 424Z", "#a9d9e6")
    return parts + glass + heart(520, 96, 1.1, CORAL_SOFT) + heart(560, 66, 0.7, CORAL_SOFT)


@lead(
    "biberon",
    "Préparer un biberon",
    "Un père à lunettes donne le biberon à son bébé, tenu dans ses bras, à demi assis.",
)
def bottle_time() -> str:
    parts = (
        room(SUN_WASH, SAND, 486)
        + window(580, 76, 140, 150, curtains=LAGOON_SOFT)
        + shelf(70, 190, 170)
    )
    parts += rug(400, 556, 320, 38, LAGOON_SOFT) + plant(704, 536, 1.0, CORAL)
    parts += armchair(400, 558, 1.3, CORAL_SOFT)
    parts += lap(ERWAN, 400, 478, 1.2, 1.15)
    parts += bottle_feed(ERWAN, ERWAN_BABY, 400, 234, 1.24, long=180)
    return parts + lamp(120, 530, 1.6, on=True, dim=True)


def sink(x, y) -> str:
    """A washbasin with a running tap."""
    parts = path(
        f"M{x - 190} {y}H{x + 190}L{x + 150} {y + 130}Q{x + 140} {y + 160} {x + 100} {y + 160}H{x - 100}Q{x - 140} {y + 160} {x - 150} {y + 130}Z",
        WHITE,
    )
    parts += rect(x - 206, y - 16, 412, 34, WHITE, 17) + ellipse(x, y + 2, 176, 12, "#dbecef")
    tap = stroke(
        [(x + 150, y - 10), (x + 150, y - 190), (x + 80, y - 236), (x + 6, y - 190)], "#9fb3bd", 30
    )
    return (
        parts
        + tap
        + rect(x + 124, y - 24, 52, 22, "#8398a4", 8)
        + rect(x + 170, y - 150, 50, 18, "#8398a4", 9)
    )


@step(
    "biberon-mains",
    "Se laver les mains",
    "Deux mains se frottent avec de la mousse sous l’eau du robinet.",
    MAUD,
)
def wash_hands() -> str:
    parts = room(LAGOON_WASH, SAND, 520) + sink(400, 430)
    parts += rect(394, 250, 24, 176, "#bfe3ee", 12)
    parts += washing(400, 350, 1.5, ERWAN)
    return parts + drops(400, 440, 1.2)


@step(
    "biberon-eau",
    "L’eau d’abord",
    "Sur un plan de travail, une main verse d’abord l’eau dans le biberon.",
    MAUD,
)
def pour_water() -> str:
    parts = room(SUN_WASH, SAND, 486) + shelf(90, 170, 190) + kitchen(0, 440, 800, "#fdf8ef", WOOD)
    parts += bottle(270, 344, 1.6, fill=0.4, open_top=True, milk="#b9e1ec")
    stream = stroke([(318, 190), (290, 210), (276, 260), (272, 370)], "#b9e1ec", 11)
    water = water_bottle(436, 168, 1.5, -112)
    return parts + stream + water + grip(470, 172, 1.25, ERWAN, -14, 300)


@step(
    "biberon-tiedeur",
    "Vérifier la tiédeur",
    "De près : on verse quelques gouttes de lait sur l’intérieur du poignet.",
    MAUD,
)
def warm_drop() -> str:
    parts = rect(0, 0, 800, 600, SUN_WASH) + ellipse(400, 320, 360, 270, lighter(SUN_SOFT, 0.4))
    parts += palm_up(310, 470, 1.7, ERWAN, -2, 260)
    parts += bottle(384, 170, 1.9, 207, 0.2)
    parts += grip(422, 112, 1.5, ERWAN, -20, 300)
    return (
        parts
        + "".join(ellipse(300 - k * 2, 346 + k * 30, 7, 10, WHITE) for k in range(3))
        + ellipse(292, 452, 18, 7, WHITE)
    )
