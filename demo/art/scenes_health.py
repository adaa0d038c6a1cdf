"""Fever and vaccines."""

from .cast import LUCIE, LUCIE_BABY, NURSE, SAMIRA, SAMIRA_BABY
from .catalogue import lead, step
from .furniture import armchair, frame, lamp, plant, room, rug, sofa, table, window
from .hands import pinch
from .palette import (
    CORAL,
    CORAL_SOFT,
    CORAL_WASH,
    INK,
    LAGOON_MID,
    LAGOON_SOFT,
    PLUM_SOFT,
    SAND,
    SUN_SOFT,
    WHITE,
    WOOD,
    darker,
    lighter,
)
from .poses import bottle_feed, chest, cradle, lap, trousers
from .shapes import circle, ellipse, group, line, path, rect, taper
from .things import booklet, cup, drops, heart, thermometer

WARM = {"eyes": "sleepy", "mouth": "flat"}


def flush(x, y, s=1.0) -> str:
    """Two hot cheeks over a baby's face at (x, y)."""
    return ellipse(x - 20 * s, y + 18 * s, 11 * s, 8 * s, "#e0503c", 0, 0.4) + ellipse(
        x + 20 * s, y + 18 * s, 11 * s, 8 * s, "#e0503c", 0, 0.4
    )


@lead(
    "fievre",
    "La fièvre du tout-petit",
    "Une mère tient dans ses bras son bébé fiévreux, peu couvert ; un thermomètre et de l’eau sont à côté.",
)
def fever() -> str:
    parts = (
        room(CORAL_WASH, SAND, 486, shape_tone="#fff6f2")
        + window(70, 70, 140, 150, curtains=LAGOON_SOFT)
        + frame(620, 100, 90, 70, "heart")
    )
    parts += rug(400, 560, 340, 36, CORAL_SOFT) + sofa(400, 570, 560, "#c3dedb", 1.25)
    parts += group(lap(LUCIE, 400, 484, 1.25, 1.12))
    parts += cradle(
        LUCIE, LUCIE_BABY, 400, 232, 1.28, long=180, wear="body", mouth="flat", baby_face=WARM
    )
    parts += rect(30, 430, 150, 16, WOOD, 8) + line([(105, 440), (105, 570)], WOOD, 14)
    parts += cup(70, 394, 0.9, LAGOON_MID)
    return parts + thermometer(140, 424, 0.66, 84)


@step(
    "fievre-mesurer",
    "Mesurer",
    "De près : une main tient un thermomètre électronique dont l’écran affiche 38,6.",
)
def thermometer_near() -> str:
    parts = rect(0, 0, 800, 600, CORAL_WASH) + ellipse(400, 310, 340, 270, "#fff6f2")
    body = (
        rect(-190, -50, 330, 100, WHITE, 50)
        + path("M120 -34H190L296 -12Q312 0 296 12L190 34H120Z", LAGOON_SOFT)
        + rect(268, -13, 50, 26, "#aab7bf", 13)
    )
    body += (
        rect(-130, -30, 160, 60, "#d4ead9", 12)
        + circle(84, 0, 22, CORAL)
        + rect(-190, -50, 330, 100, "none", 50, "#d7e3e6", 5)
    )
    digits = f'<text x="-50" y="17" font-size="50" font-weight="700" font-family="DejaVu Sans, sans-serif" text-anchor="middle" fill="{INK}">38,6</text>'
    parts += group(body, digits, x=330, y=290, rot=-14)
    return parts + pinch(486, 282, 1.6, LUCIE, 28, 300)


@step(
    "fievre-decouvrir",
    "Découvrir",
    "Une mère enlève le pyjama de son bébé couché sur le dos sur un tapis à langer ; il reste en body léger.",
)
def undress() -> str:
    parts = (
        room(CORAL_WASH, SAND, 470, shape_tone="#fff6f2")
        + window(90, 60, 120, 130)
        + plant(730, 420, 0.8, LAGOON_MID)
    )
    parts += LUCIE.bust(
        (400, 190), (400, 360), (404, 134), s=1.2, nod=0.9, turn=-0.1, eyes="down", tilt=3
    )
    parts += table(90, 412, 620, 200)
    parts += rect(150, 330, 500, 96, LAGOON_SOFT, 40) + rect(
        176, 342, 448, 66, lighter(LAGOON_SOFT, 0.4), 30
    )
    parts += LUCIE_BABY.but(suit=WHITE).figure(
        266, 366, 0.96, -90, "down", "straight", "body", nod=-0.2, mouth="smile"
    )
    parts += LUCIE.arm((344, 242), (282, 320), (338, 372), 1.2, thumb=-1, aim=40)
    limbs = ((-20, -26, -58, -8), (20, -26, 58, -8), (-16, 40, -26, 92), (16, 40, 26, 92))
    cloth = "".join(taper([(u, v), (k, m)], 30, 27, darker(SUN_SOFT, 0.12)) for u, v, k, m in limbs)
    cloth += rect(-32, -42, 64, 98, SUN_SOFT, 24) + line([(0, -34), (0, 44)], darker(SUN_SOFT), 3)
    cloth = group(cloth, x=640, y=318, rot=14, s=0.9)
    return parts + cloth + LUCIE.arm((456, 242), (540, 330), (606, 296), 1.2, thumb=-1, aim=-20)


@step(
    "fievre-boire",
    "Faire boire",
    "Une mère donne à boire à son bébé, tenu à demi assis dans ses bras ; un gobelet est posé à côté.",
)
def drink() -> str:
    parts = (
        room(CORAL_WASH, SAND, 490, shape_tone="#fff6f2")
        + frame(90, 100, 96, 76, "sun")
        + lamp(690, 540, 1.8, dim=True)
    )
    parts += armchair(400, 590, 1.5, "#c3dedb") + lap(LUCIE, 400, 504, 1.35, 1.12)
    parts += bottle_feed(LUCIE, LUCIE_BABY, 400, 228, 1.4, long=180, wear="body")
    parts += rect(36, 440, 150, 16, WOOD, 8) + line([(110, 450), (110, 580)], WOOD, 14)
    return parts + cup(110, 402, 1.0, CORAL) + drops(110, 330, 1.0)


@lead(
    "vaccins",
    "Les vaccins sans stress",
    "Une mère voilée tient son bébé contre elle ; une infirmière souriante lui parle avant le vaccin.",
)
def vaccine_visit() -> str:
    parts = (
        room(CORAL_WASH, SAND, 480, shape_tone="#fff6f2")
        + window(330, 60, 140, 140, curtains=LAGOON_SOFT)
        + plant(90, 520, 1.0, LAGOON_MID)
    )
    parts += (
        frame(620, 80, 100, 80, "heart")
        + rect(40, 120, 130, 90, WHITE, 10)
        + path("M60 184Q84 140 108 168T152 146", "none", LAGOON_MID, 6)
    )
    parts += (
        line([(160, 330), (150, 570)], darker(WOOD), 16)
        + line([(390, 330), (400, 570)], darker(WOOD), 16)
        + rect(150, 300, 250, 150, WOOD, 34)
    )
    parts += lap(SAMIRA, 276, 474, 1.25, 1.1)
    parts += chest(
        SAMIRA,
        SAMIRA_BABY,
        272,
        252,
        1.28,
        long=180,
        turn=0.9,
        nod=0.1,
        eyes="open",
        tilt=2,
        baby_face={"turn": 0.8, "eyes": "open"},
        side=1,
    )
    parts += trousers(NURSE, 566, 480, s=1.26)
    parts += NURSE.bust(
        (566, 226), (566, 470), s=1.26, turn=-0.85, nod=0.15, eyes="open", mouth="speak"
    )
    parts += line([(566, 262), (566, 490)], "#c9dede", 4) + rect(590, 330, 40, 26, CORAL_SOFT, 6)
    parts += booklet(650, 430, 0.74, 8)
    parts += NURSE.arm((622, 280), (690, 380), (640, 436), 1.26, thumb=-1, aim=160, fist=True)
    return parts + NURSE.arm((510, 280), (470, 370), (418, 330), 1.26, thumb=1, aim=196)


@step(
    "vaccins-carnet",
    "Avant : le carnet de santé",
    "Une mère voilée sort le carnet de santé jaune de son sac, son bébé contre elle.",
)
def health_record() -> str:
    parts = (
        room(CORAL_WASH, SAND, 500, shape_tone="#fff6f2")
        + frame(90, 90, 100, 80, "sun")
        + window(600, 70, 120, 140)
    )
    parts += trousers(SAMIRA, 380, 500, s=1.36)
    parts += chest(
        SAMIRA,
        SAMIRA_BABY,
        372,
        232,
        1.38,
        long=190,
        far=False,
        turn=-0.6,
        nod=0.5,
        eyes="down",
        tilt=-3,
    )
    bag = (
        path("M60 430H280L300 600H40Z", PLUM_SOFT)
        + path("M110 432Q116 352 170 352Q224 352 230 432", "none", darker(PLUM_SOFT), 12)
        + rect(60, 424, 220, 24, darker(PLUM_SOFT), 12)
    )
    parts += booklet(176, 376, 1.05, -8) + bag
    return parts + SAMIRA.arm((312, 288), (262, 400), (232, 352), 1.38, thumb=1, aim=200, fist=True)


@step(
    "vaccins-bras",
    "Pendant : dans les bras",
    "Le bébé est dans les bras de sa mère, contre elle ; une infirmière prépare le vaccin près de sa cuisse.",
)
def in_arms() -> str:
    parts = room(CORAL_WASH, SAND, 520, shape_tone="#fff6f2") + window(590, 50, 130, 120)
    parts += rect(70, 250, 330, 330, WOOD, 50)
    parts += lap(SAMIRA, 260, 520, 1.5, 1.1)
    parts += cradle(
        SAMIRA,
        SAMIRA_BABY,
        250,
        226,
        1.5,
        flip=True,
        long=190,
        wear="body",
        turn=0.5,
        baby_face={"eyes": "open", "turn": 0.3, "mouth": "smile"},
    )
    parts += NURSE.bust((640, 300), (650, 640), s=1.4, turn=-0.9, nod=0.4, eyes="open", tilt=-4)
    parts += line([(645, 350), (650, 600)], "#c9dede", 4)
    syringe = (
        rect(-14, -10, 70, 20, "#e8f6f7", 5)
        + rect(-14, -10, 34, 20, LAGOON_SOFT, 5)
        + rect(56, -14, 8, 28, "#8fa5ae", 3)
        + line([(60, 0), (66, 0)], "#8fa5ae", 6)
        + line([(-18, 0), (-42, 0)], "#8fa5ae", 2.4)
    )
    parts += group(syringe, x=512, y=366, rot=-14)
    return parts + NURSE.arm((578, 360), (574, 466), (544, 380), 1.4, thumb=1, aim=200, fist=True)


@step(
    "vaccins-apres",
    "Après : un câlin",
    "Après le vaccin, une mère voilée câline son bébé apaisé, un petit pansement sur la jambe.",
)
def after_vaccine() -> str:
    parts = (
        room(CORAL_WASH, SAND, 500, shape_tone="#fff6f2")
        + window(90, 60, 130, 140, curtains=LAGOON_SOFT)
        + plant(716, 540, 1.1, CORAL)
    )
    parts += armchair(400, 600, 1.55, "#c3dedb") + lap(SAMIRA, 400, 510, 1.4, 1.12)
    parts += chest(SAMIRA, SAMIRA_BABY, 400, 222, 1.46, long=190, wear="body", tilt=8)
    parts += group(
        rect(-20, -8, 40, 16, "#f6d9b0", 8),
        rect(-7, -8, 14, 16, "#e9bd84", 2),
        x=372,
        y=462,
        rot=-6,
    )
    return parts + heart(560, 90, 1.5, CORAL_SOFT) + heart(616, 56, 0.9, CORAL_SOFT)
