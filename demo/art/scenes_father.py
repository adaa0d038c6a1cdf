"""Becoming a father; going back to work."""

from .babies import Baby
from .cast import NADIA, NADIA_BABY, SAMIRA
from .catalogue import MAUD, lead, step
from .furniture import frame, plant, room, rug, shelf, wheelchair_back, wheelchair_front, window
from .palette import (
    CORAL,
    CORAL_SOFT,
    HAIR,
    LAGOON_MID,
    LAGOON_SOFT,
    LEAF,
    LEAF_SOFT,
    PLUM_SOFT,
    PLUM_WASH,
    SAND,
    SKIN,
    SUN,
    SUN_SOFT,
    WHITE,
    WOOD,
    darker,
    lighter,
)
from .people import Person, shadow_of
from .poses import chest, shadow, trousers
from .shapes import circle, ellipse, group, path, rect, shape, stroke
from .things import blocks, heart, tree

WASH = "#f8f3fc"
DAVID = Person(SKIN["honey"], "short", HAIR["brown"], LEAF, "#4a5a68", beard=True)
DAVID_BABY = Baby("#f0c6a0", "wisp", HAIR["brown"], SUN_SOFT, CORAL_SOFT)
LENA = Person(SKIN["deep"], "locs", HAIR["black"], CORAL, "#5b3f7a", earring=SUN)


@lead(
    "pere",
    "Devenir père",
    "Un père en fauteuil roulant tient son nouveau-né contre sa poitrine et le regarde en souriant.",
)
def father() -> str:
    parts = (
        room(PLUM_WASH, SAND, 480, shape_tone=WASH)
        + window(560, 60, 150, 150, curtains=SUN_SOFT)
        + frame(90, 110, 96, 76, "heart")
    )
    parts += (
        rug(400, 564, 340, 34, PLUM_SOFT)
        + plant(704, 540, 1.1, LAGOON_MID)
        + shelf(230, 150, 150)
        + shadow(400, 566, 190)
    )
    x, y, s = 370, 566, 1.36
    parts += wheelchair_back(x, y, s, CORAL)
    parts += DAVID.leg((x - 6, y - 214), (x + 122, y - 220), (x + 144, y - 62), 1.34, foot=1)
    parts += chest(DAVID, DAVID_BABY, x - 6, y - 384, 1.34, long=128, turn=0.5)
    return parts + wheelchair_front(x, y, s)


@step(
    "pere-peau",
    "Peau contre peau",
    "Un père torse nu tient son bébé contre sa peau, une couverture sur le dos du bébé, le visage bien dégagé.",
)
def skin_to_skin() -> str:
    bare = DAVID.but(top=DAVID.skin)
    parts = (
        room(PLUM_WASH, SAND, 500, shape_tone=WASH)
        + window(600, 60, 120, 140)
        + frame(90, 90, 100, 80, "sun")
    )
    parts += (
        rect(190, 140, 420, 460, LAGOON_SOFT, 110)
        + rect(140, 360, 96, 260, lighter(LAGOON_SOFT, 0.25), 44)
        + rect(564, 360, 96, 260, lighter(LAGOON_SOFT, 0.25), 44)
    )
    s, x, y = 1.62, 400, 204
    body = bare.bust((0, 0), (0, 220), turn=0.3, nod=0.9, eyes="down", tilt=5)
    child = DAVID_BABY.figure(
        16,
        66,
        0.68,
        6,
        [((-56, 76), (-48, 30)), ((56, 76), (48, 30))],
        "flexed",
        "nappy",
        turn=-0.8,
        eyes="closed",
        tilt=-8,
    )
    cover = shape(
        [(-30, 106), (14, 94), (58, 106), (74, 170), (60, 238), (0, 246), (-48, 234), (-52, 170)],
        SUN_SOFT,
        0.9,
    )
    cover += stroke([(-30, 110), (14, 100), (58, 110)], darker(SUN_SOFT), 3.5) + stroke(
        [(-20, 150), (-8, 190), (-20, 232)], shadow_of(SUN_SOFT), 3
    )
    parts += group(body, child, cover, x=x, y=y, s=s)
    near = bare.arm((46, 38), (96, 150), (2, 184), thumb=0, aim=176)
    far = bare.arm((-46, 38), (-96, 140), (-16, 136), thumb=1, aim=-4)
    return parts + group(near, far, x=x, y=y, s=s)


@step(
    "pere-porter",
    "Porter",
    "Dehors, un père porte son bébé en écharpe contre lui ; le visage du bébé est libre, tout près du sien.",
)
def carrying() -> str:
    parts = (
        rect(0, 0, 800, 600, "#dff0f3")
        + circle(130, 100, 50, SUN_SOFT)
        + ellipse(600, 90, 84, 24, WHITE)
        + ellipse(656, 74, 56, 25, WHITE)
    )
    parts += (
        ellipse(160, 560, 460, 170, LEAF_SOFT)
        + ellipse(680, 570, 460, 170, "#bcdca6")
        + tree(110, 480, 1.2)
        + tree(720, 470, 1.0)
    )
    s, x, y = 1.56, 400, 206
    parts += trousers(DAVID, x, 520, s=1.5)
    body = DAVID.bust((0, 0), (0, 210), turn=0.35, nod=0.6, eyes="happy", tilt=5)
    child = DAVID_BABY.figure(
        12,
        54,
        0.64,
        3,
        [((-50, 78), (-40, 48)), ((50, 78), (40, 48))],
        [((-92, 150), (-82, 196), -10), ((92, 150), (82, 196), 10)],
        turn=-0.75,
        nod=-0.25,
        eyes="closed",
        tilt=-6,
    )
    tone = PLUM_SOFT
    sling = shape(
        [(-36, 92), (12, 84), (58, 92), (62, 140), (44, 166), (12, 172), (-22, 166), (-40, 140)],
        tone,
        0.8,
    )
    sling += stroke([(-26, 10), (-38, 56), (-32, 100)], tone, 24) + stroke(
        [(28, 10), (50, 56), (54, 100)], tone, 24
    )
    sling += stroke([(-56, 166), (-10, 176), (56, 166)], tone, 26)
    sling += stroke([(-26, 110), (14, 128), (54, 112)], shadow_of(tone), 3) + stroke(
        [(-30, 136), (14, 152), (56, 138)], shadow_of(tone), 3
    )
    parts += group(body, child, sling, x=x, y=y, s=s)
    near = DAVID.arm((48, 38), (104, 130), (40, 178), thumb=0, aim=168)
    far = DAVID.arm((-48, 38), (-98, 120), (-26, 128), thumb=1, aim=-6)
    return parts + group(near, far, x=x, y=y, s=s)


@step(
    "pere-rendez-vous",
    "Venir aux rendez-vous",
    "Un futur père et sa compagne enceinte regardent ensemble une image d’échographie.",
)
def appointment() -> str:
    parts = (
        room(PLUM_WASH, SAND, 500, shape_tone=WASH)
        + frame(90, 90, 100, 80, "heart")
        + plant(720, 560, 1.2, LAGOON_MID)
    )
    parts += rect(120, 290, 580, 320, LAGOON_SOFT, 70)
    parts += DAVID.bust((280, 250), (280, 600), s=1.44, turn=0.8, nod=0.6, eyes="happy", tilt=6)
    parts += LENA.bust((504, 262), (504, 600), s=1.4, turn=-0.7, nod=0.7, eyes="down", tilt=-6)
    parts += ellipse(500, 490, 108, 104, LENA.top) + stroke(
        [(410, 540), (500, 588), (590, 540)], shadow_of(LENA.top), 4
    )
    scan = (
        rect(-62, -48, 124, 96, WHITE, 8)
        + path("M-50 30Q0 -70 50 30Q0 48 -50 30Z", "#3d4c59")
        + circle(-8, 4, 13, "#aebbc4")
        + ellipse(14, 14, 17, 11, "#aebbc4", 20)
    )
    parts += DAVID.arm((218, 312), (186, 452), (322, 458), 1.44, thumb=0, aim=-10)
    parts += LENA.arm((564, 322), (640, 440), (548, 492), 1.4, thumb=1, aim=170)
    parts += LENA.arm((446, 322), (420, 440), (462, 500), 1.4, thumb=-1, aim=30)
    return (
        parts
        + group(scan, x=384, y=392, rot=-5, s=1.16)
        + ellipse(340, 448, 20, 11, DAVID.skin, -50)
    )


@lead(
    "reprise",
    "Reprendre le travail",
    "Le matin, une mère avec son sac confie son bébé souriant à une assistante maternelle voilée.",
    MAUD,
)
def back_to_work() -> str:
    parts = (
        room(PLUM_WASH, SAND, 490, shape_tone=WASH)
        + rect(60, 120, 170, 380, lighter(WOOD, 0.25), 14)
        + rect(82, 146, 126, 140, "#cfeaf2", 10)
        + circle(208, 330, 9, WOOD)
    )
    parts += (
        window(330, 60, 130, 130)
        + shelf(590, 150, 170)
        + rug(480, 566, 320, 30, CORAL_SOFT)
        + blocks(720, 556, 0.9)
    )
    parts += trousers(NADIA, 250, 480, s=1.24) + NADIA.bust(
        (256, 226), (250, 470), s=1.24, turn=0.9, nod=0.15, eyes="happy", tilt=4
    )
    parts += (
        stroke([(140, 494), (152, 442), (180, 430), (208, 442), (220, 494)], darker(PLUM_SOFT), 9)
        + rect(120, 488, 120, 100, darker(PLUM_SOFT, 0.1), 20)
        + rect(120, 488, 120, 34, PLUM_SOFT, 17)
    )
    parts += trousers(SAMIRA, 560, 480, s=1.24)
    parts += SAMIRA.but(top=LAGOON_MID, scarf=SUN).bust(
        (556, 226), (560, 470), s=1.24, turn=-0.85, nod=0.15, eyes="open", tilt=-4
    )
    childminder = SAMIRA.but(top=LAGOON_MID, scarf=SUN)
    parts += childminder.arm((500, 274), (420, 400), (470, 420), 1.24, thumb=0)
    parts += NADIA_BABY.figure(
        456,
        282,
        0.82,
        -3,
        [((-62, 86), (-92, 66)), ((58, 92), (60, 70))],
        "flexed",
        turn=-0.7,
        mouth="laugh",
    )
    parts += childminder.arm((612, 274), (640, 410), (492, 408), 1.24, thumb=-1, aim=184)
    parts += NADIA.arm((312, 274), (370, 370), (392, 334), 1.24, thumb=1, aim=-40)
    return (
        parts
        + NADIA.arm((196, 274), (150, 370), (172, 430), 1.24, thumb=0)
        + heart(410, 150, 1.0, CORAL_SOFT)
    )
