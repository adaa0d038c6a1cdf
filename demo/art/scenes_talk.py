"""Talking, singing and reading to a baby."""

from .babies import Baby
from .cast import AMA, FATOU, FATOU_BABY
from .catalogue import MAUD, lead, step
from .furniture import frame, leaves, plant, room, rug, shelf, sofa, window
from .palette import (
    CORAL,
    CORAL_SOFT,
    HAIR,
    LAGOON_MID,
    LAGOON_SOFT,
    LEAF_SOFT,
    LEAF_WASH,
    PLUM_MID,
    SAND,
    SKIN,
    SUN,
    SUN_SOFT,
    WHITE,
)
from .poses import crossed, lap, shadow, trousers
from .shapes import circle, group, rect
from .things import bubble, heart, note, open_book, star

GRANDCHILD = Baby(SKIN["amber"], "curly", HAIR["black"], SUN_SOFT)


@lead(
    "parler",
    "Parler à son bébé",
    "Une mère tient son bébé devant elle, visage près du visage ; ils se regardent, se sourient et se parlent.",
    MAUD,
)
def talking() -> str:
    parts = (
        room(LEAF_WASH, SAND, 486)
        + window(600, 70, 130, 140, curtains=SUN_SOFT)
        + plant(80, 540, 1.1, CORAL)
    )
    parts += (
        bubble(188, 120, 150, 92, WHITE, 1) + heart(160, 118, 0.9) + note(206, 120, 1.0, PLUM_MID)
    )
    parts += (
        bubble(556, 120, 96, 66, WHITE, -1)
        + circle(536, 120, 6, LAGOON_MID)
        + circle(556, 120, 6, LAGOON_MID)
        + circle(576, 120, 6, LAGOON_MID)
    )
    parts += sofa(390, 580, 640, LAGOON_SOFT, 1.2)
    parts += group(lap(FATOU, 330, 494, 1.25, 1.1))
    parts += FATOU.bust(
        (326, 262), (330, 478), s=1.28, turn=0.95, nod=0.2, eyes="happy", mouth="laugh", tilt=8
    )
    parts += FATOU.arm((380, 316), (436, 410), (480, 380), 1.28, thumb=0)
    parts += FATOU_BABY.figure(
        468,
        230,
        0.84,
        4,
        [((-56, 84), (-84, 40)), ((58, 96), (74, 66))],
        "dangle",
        turn=-0.95,
        nod=0.05,
        mouth="laugh",
        eyes="open",
    )
    parts += FATOU.arm((272, 316), (322, 420), (430, 388), 1.28, thumb=1, aim=-14)
    return parts


@step(
    "parler-visage",
    "Visage contre visage",
    "De près : une mère et son bébé, joue contre joue ou presque, se sourient ; le bébé tend la main vers elle.",
    MAUD,
)
def face_to_face() -> str:
    parts = rect(0, 0, 800, 600, LEAF_WASH) + circle(400, 310, 290, "#f4faee")
    parts += leaves(86, 590, 1.5, LEAF_SOFT) + leaves(716, 590, 1.5, LEAF_SOFT, True)
    parts += FATOU.bust(
        (250, 440),
        (230, 700),
        (284, 290),
        s=2.3,
        turn=1.0,
        nod=0.15,
        eyes="happy",
        mouth="smile",
        tilt=8,
    )
    parts += FATOU_BABY.figure(
        520,
        330,
        2.0,
        -6,
        [((-52, 76), (-58, 34)), ((58, 100), (40, 130))],
        "dangle",
        turn=-1,
        nod=0,
        mouth="laugh",
        eyes="open",
    )
    parts += FATOU.arm((330, 560), (420, 640), (560, 560), 2.2, thumb=1, aim=-20)
    return parts + heart(410, 90, 1.6, CORAL_SOFT) + heart(466, 54, 0.9, CORAL_SOFT)


@step(
    "parler-livre",
    "Un livre",
    "Assise par terre, une grand-mère lit un livre d’images au bébé installé entre ses jambes ; il montre une image.",
    MAUD,
)
def reading() -> str:
    parts = room(LEAF_WASH, SAND, 430) + shelf(80, 180, 190) + window(600, 60, 130, 140)
    parts += rug(400, 530, 370, 60, SUN_SOFT) + shadow(400, 520, 200)
    parts += AMA.bust((400, 216), (400, 440), s=1.25, turn=0.1, nod=0.9, eyes="down", mouth="speak")
    parts += crossed(AMA, 400, 462, 1.3)
    parts += GRANDCHILD.figure(
        400,
        316,
        0.84,
        0,
        [((-56, 96), (-60, 112)), ((56, 90), (34, 124))],
        "sit",
        nod=0.6,
        turn=0.2,
        mouth="laugh",
    )
    parts += open_book(400, 452, 1.15, cover=CORAL)
    parts += AMA.arm((344, 268), (270, 390), (326, 456), 1.25, thumb=1, aim=6, fist=True)
    return parts + AMA.arm((456, 268), (530, 390), (474, 456), 1.25, thumb=-1, aim=174, fist=True)


@step(
    "parler-chanson",
    "Une chanson",
    "Une mère chante en tenant son bébé contre elle ; des notes de musique s’envolent, le bébé lève les bras.",
    MAUD,
)
def singing() -> str:
    parts = (
        room(LEAF_WASH, SAND, 500)
        + plant(110, 540, 1.2, LAGOON_MID)
        + frame(80, 110, 100, 80, "sun")
    )
    parts += trousers(FATOU, 380, 520, s=1.4)
    parts += FATOU.bust(
        (370, 250), (380, 520), s=1.4, turn=0.7, nod=0.1, eyes="happy", mouth="speak", tilt=6
    )
    parts += FATOU.arm((428, 310), (560, 420), (450, 470), 1.4, thumb=0)
    parts += FATOU_BABY.figure(
        496, 286, 0.9, 8, "joy", "flexed", turn=-0.7, nod=-0.1, mouth="laugh", eyes="happy"
    )
    parts += FATOU.arm((312, 310), (330, 440), (470, 424), 1.4, thumb=1, aim=-6)
    parts += (
        note(600, 150, 1.5, PLUM_MID, True)
        + note(694, 230, 1.2, LAGOON_MID)
        + note(250, 110, 1.2, CORAL)
    )
    return parts + group(star(SUN), x=700, y=110, s=0.6) + note(660, 330, 0.9, CORAL)
