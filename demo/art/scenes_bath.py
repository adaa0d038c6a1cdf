"""The bath, and the first teeth."""

from .babies import Baby
from .cast import AMA, TOM, TOM_BABY
from .catalogue import MAUD, lead, step
from .furniture import frame, plant, room, rug, window
from .hands import pinch, reach
from .palette import (
    CORAL,
    CORAL_SOFT,
    CORAL_WASH,
    HAIR,
    INK,
    LAGOON_MID,
    LAGOON_SOFT,
    LAGOON_WASH,
    PLUM_MID,
    SAND,
    SKIN,
    SUN,
    SUN_SOFT,
    WHITE,
    darker,
    lighter,
)
from .people import small_hand
from .poses import lap, shadow, trousers
from .shapes import circle, clip, ellipse, group, line, path, rect
from .things import ring, toothbrush

WATER = "#a9dbe8"
CHILD = Baby(SKIN["amber"], "puffs", HAIR["black"], LAGOON_SOFT, ties=SUN)


def tiles(level=440) -> str:
    """A bathroom wall with pale tiles, and its floor."""
    parts = rect(0, 0, 800, 600, LAGOON_WASH)
    for k in range(1, 8):
        parts += line([(k * 110 - 40, 0), (k * 110 - 40, level)], WHITE, 4, 0.8)
    for k in range(1, 5):
        parts += line([(0, k * 104), (800, k * 104)], WHITE, 4, 0.8)
    return parts + path(f"M0 {level}Q400 {level - 12} 800 {level}V600H0Z", SAND)


def bubbles(spots) -> str:
    """Foam: circles with a light rim."""
    return "".join(circle(x, y, r + 2, "#d5e9ee") + circle(x, y, r, WHITE) for x, y, r in spots)


def tub_back(x, y, w, colour=CORAL_SOFT) -> str:
    """The inside of a baby's bath `w` wide; (x, y) is the middle of its rim."""
    return ellipse(x, y, w / 2, 44, darker(colour, 0.12)) + ellipse(
        x, y + 10, w / 2 - 16, 36, WATER
    )


def tub_front(x, y, w, h=120, colour=CORAL_SOFT) -> str:
    """The near side of the same bath."""
    half = w / 2
    d = (
        f"M{x - half} {y}Q{x} {y + 88} {x + half} {y}L{x + half - 34} {y + h}Q{x + half - 44} {y + h + 26} {x + half - 76} {y + h + 26}"
        f"H{x - half + 76}Q{x - half + 44} {y + h + 26} {x - half + 34} {y + h}Z"
    )
    rim = path(f"M{x - half} {y}Q{x} {y + 88} {x + half} {y}", "none", lighter(colour, 0.3), 12)
    return path(d, colour) + rim


def in_bath(x, y, s=1.0, who=TOM, baby=TOM_BABY, w=430, trunk=False, **face) -> str:
    """A baby half lying in its bath, head on a grown-up's forearm; (x, y) is the rim's middle.

    `trunk` draws the grown-up's body too, for a picture that shows no head.
    """
    parts = who.torso((44, -270), (40, -10), 66) if trunk else ""
    parts += tub_back(0, 0, w)
    parts += who.arm((-4, -184), (-200, -96), (-96, -2), 1.1, thumb=0, aim=20)
    looks = {"turn": 0.3, "nod": -0.2, "mouth": "laugh", "tilt": 50} | face
    joints = [((-62, 90), (-40, 128)), ((58, 84), (84, 60))]
    parts += baby.figure(-96, -46, 0.86, -58, joints, "flexed", "bare", **looks)
    parts += small_hand((-104, -2), 14, 1.2, who.skin, 1)
    veil = f"M{-w / 2 + 30} 22Q-60 18 0 18T{w / 2 - 24} 10Q{w / 2 - 40} 44 0 50Q{-w / 2 + 60} 46 {-w / 2 + 30} 22Z"
    parts += path(veil, WATER, opacity=0.82)
    parts += bubbles(((90, 22, 15), (116, 14, 19), (146, 18, 13), (-166, 22, 11)))
    return group(parts, tub_front(0, 0, w), x=x, y=y, s=s)


@lead(
    "bain",
    "Le bain sans danger",
    "Un père donne le bain : son avant-bras soutient la nuque du bébé, sa main lui tient le bras, l’eau est basse.",
)
def bath() -> str:
    parts = tiles(450) + window(80, 60, 120, 120) + plant(740, 440, 0.8, LAGOON_MID)
    parts += (
        rect(610, 120, 130, 12, darker(SAND, 0.2), 6)
        + rect(626, 70, 34, 50, SUN, 8)
        + rect(672, 84, 50, 36, PLUM_MID, 8)
    )
    parts += rug(400, 566, 320, 30, SUN_SOFT)
    parts += TOM.bust(
        (430, 194),
        (430, 380),
        (424, 136),
        s=1.2,
        turn=-0.45,
        nod=0.8,
        eyes="down",
        mouth="laugh",
        tilt=-5,
    )
    parts += in_bath(400, 410, 1.1)
    return parts + TOM.arm((486, 246), (560, 350), (478, 404), 1.2, thumb=1, aim=150)


@step(
    "bain-temperature",
    "Vérifier l’eau",
    "De près : un adulte mesure l’eau du bain avec un thermomètre qui affiche 37 ; le bébé n’est pas encore dans l’eau.",
)
def water_heat() -> str:
    parts = tiles(470) + group(tub_back(0, 0, 640), x=400, y=330)
    duck = (
        ellipse(0, 0, 40, 24, SUN)
        + circle(26, -30, 21, SUN)
        + path("M44 -32L64 -26L44 -20Z", CORAL)
        + circle(32, -36, 3.6, INK)
        + ellipse(-8, -4, 20, 11, darker(SUN, 0.1), -12)
    )
    parts += group(duck, x=200, y=330) + clip(
        "M76 330H724V420H76Z", ellipse(200, 352, 70, 10, WATER)
    )
    gauge = (
        rect(-30, -96, 60, 176, WHITE, 30)
        + rect(-18, -70, 36, 46, "#d4ead9", 8)
        + rect(-30, -96, 60, 176, "none", 30, "#cfe0e4", 4)
    )
    gauge += (
        f'<text x="0" y="-38" font-size="21" font-weight="700" font-family="DejaVu Sans, sans-serif" text-anchor="middle" fill="{INK}">37°</text>'
        + rect(-6, 0, 12, 56, LAGOON_SOFT, 6)
        + rect(-6, 24, 12, 32, CORAL, 6)
    )
    parts += group(gauge, x=430, y=290, s=1.15) + ellipse(430, 366, 60, 12, WATER, 0, 0.85)
    parts += tub_front(400, 330, 640, 190)
    return (
        parts
        + pinch(466, 210, 1.2, TOM, -28, 320)
        + bubbles(((300, 350, 12), (322, 342, 16), (600, 344, 14), (576, 350, 10)))
    )


@step(
    "bain-tenir",
    "Bien le tenir",
    "De près : l’avant-bras de l’adulte soutient la nuque du bébé, sa main entoure le bras près de l’épaule.",
)
def hold_firmly() -> str:
    parts = tiles(520)
    return parts + group(in_bath(0, 0, 1.0, w=470, trunk=True), x=430, y=386, s=1.62)


@step(
    "bain-jamais-seul",
    "Rester là",
    "Dans la salle de bains, un père emmène son bébé avec lui, enveloppé dans une serviette ; le bain reste vide.",
)
def never_alone() -> str:
    parts = tiles(470) + window(600, 60, 120, 120)
    parts += shadow(170, 560, 150) + tub_back(170, 420, 300) + tub_front(170, 420, 300, 110)
    parts += bubbles(((90, 424, 12), (112, 416, 15), (230, 424, 13)))
    parts += trousers(TOM, 480, 500, s=1.32)
    towel = TOM_BABY.but(bag=SUN_SOFT)
    parts += TOM.bust((470, 230), (480, 500), s=1.34, turn=0.3, nod=0.6, eyes="happy", tilt=4)
    parts += TOM.arm((530, 286), (620, 400), (490, 446), 1.34, thumb=0)
    parts += towel.bundle(500, 286, 0.92, 6, turn=-0.4, mouth="smile")
    hood = path("M-46 10C-58 -60 58 -60 46 10L54 60H40Q44 -44 0 -44Q-44 -44 -40 60H-54Z", SUN_SOFT)
    parts += group(hood, x=500, y=286, s=0.92, rot=6)
    return parts + TOM.arm((412, 286), (370, 410), (470, 424), 1.34, thumb=1, aim=-10)


@lead(
    "dents",
    "Les premières dents",
    "Une grand-mère tient sur ses genoux un bébé qui mordille un anneau de dentition.",
    MAUD,
)
def teething() -> str:
    parts = (
        room(CORAL_WASH, SAND, 480, shape_tone="#fff6f2")
        + window(80, 70, 140, 150, curtains=LAGOON_SOFT)
        + plant(720, 530, 1.0, LAGOON_MID)
    )
    parts += frame(610, 100, 96, 76, "sun") + rug(400, 562, 330, 34, CORAL_SOFT)
    parts += (
        rect(236, 210, 328, 360, "#c3dedb", 80)
        + rect(200, 380, 80, 190, lighter("#c3dedb", 0.25), 36)
        + rect(520, 380, 80, 190, lighter("#c3dedb", 0.25), 36)
    )
    parts += AMA.bust(
        (386, 222), (400, 450), s=1.22, turn=0.45, nod=0.7, eyes="down", mouth="smile", tilt=5
    )
    parts += lap(AMA, 400, 478, 1.25, 1.15)
    parts += CHILD.figure(
        408,
        330,
        0.96,
        0,
        [((-60, 100), (-20, 60)), ((60, 100), (26, 58))],
        "sit",
        turn=-0.1,
        nod=0.1,
        mouth="o",
        eyes="open",
    )
    parts += AMA.arm((440, 272), (510, 380), (450, 454), 1.22, thumb=0, aim=170)
    parts += AMA.arm((332, 272), (280, 390), (352, 452), 1.22, thumb=1, aim=6)
    parts += CHILD.head(408, 330, 0.96, 0, -0.1, 0.1, "open", "o")
    return (
        parts
        + ring(410, 376, 0.86)
        + ellipse(388, 388, 14, 12, CHILD.skin)
        + ellipse(434, 386, 14, 12, CHILD.skin)
    )


@step(
    "dents-anneau",
    "Faire mordre",
    "De près : un bébé assis mord un anneau de dentition bien frais ; la main d’un adulte est tout près.",
    MAUD,
)
def cool_ring() -> str:
    parts = rect(0, 0, 800, 600, CORAL_WASH) + ellipse(400, 320, 350, 280, "#fff6f2")
    parts += CHILD.figure(
        400,
        220,
        2.0,
        0,
        [((-62, 104), (-26, 66)), ((62, 104), (30, 66))],
        "sit",
        mouth="o",
        nod=0.05,
    )
    parts += (
        ring(404, 312, 1.7)
        + ellipse(352, 338, 30, 25, CHILD.skin)
        + ellipse(456, 336, 30, 25, CHILD.skin)
    )
    flake = "".join(group(line([(0, -22), (0, 22)], "#8fcbdc", 5), rot=k * 60) for k in range(3))
    parts += group(flake, x=640, y=150, s=1.1) + group(flake, x=690, y=220, s=0.7)
    return parts + reach(210, 330, 1.4, AMA, 12, 0.4, 1, 260)


@step(
    "dents-brosse",
    "Brosser",
    "Une grand-mère brosse les dents d’un bébé assis contre elle, la tête calée, avec une petite brosse souple.",
    MAUD,
)
def brushing() -> str:
    parts = tiles(520) + frame(90, 80, 100, 80, "heart")
    parts += AMA.bust((400, 222), (400, 620), s=1.4, turn=0.1, nod=0.9, eyes="down", tilt=3)
    parts += CHILD.figure(404, 350, 1.36, 0, "down", "sit", mouth="laugh", nod=-0.15)
    parts += AMA.arm((330, 252), (240, 400), (330, 430), 1.5, thumb=0, aim=-8)
    parts += toothbrush(416, 378, 1.0, -66)
    return parts + AMA.arm((470, 252), (600, 350), (532, 424), 1.5, thumb=1, aim=186, fist=True)
