"""The square pictures of the seven stages."""

from .babies import Baby
from .cast import AWA, AWA_BABY, ERWAN_BABY, INAYA, LILA, MINH, NADIA_BABY, SAMIRA, TOM
from .catalogue import stage
from .furniture import leaves
from .palette import (
    CORAL,
    CORAL_SOFT,
    CORAL_WASH,
    HAIR,
    LAGOON_MID,
    LAGOON_SOFT,
    LAGOON_WASH,
    LEAF_SOFT,
    LEAF_WASH,
    PLUM_MID,
    PLUM_SOFT,
    PLUM_WASH,
    SKIN,
    SUN,
    SUN_SOFT,
    SUN_WASH,
    lighter,
)
from .people import shadow_of
from .poses import cradle, shadow
from .shapes import circle, ellipse, group, path, rect, stroke
from .things import ball, blocks, heart, ring, star

MOTHER_TO_BE = AWA.but(hair="afro", top=LAGOON_MID, skin=SKIN["amber"])


def medal(wash, tone) -> str:
    """A square ground with a big disc."""
    return rect(0, 0, 600, 600, wash) + circle(300, 310, 258, tone)


def sock(x, y, colour, rot=0) -> str:
    """A tiny sock hanging from a line."""
    d = "M-16 0H16V42Q16 50 24 56L40 64Q50 72 42 82Q34 90 20 86L-8 76Q-16 72 -16 60Z"
    return group(path(d, colour), rect(-18, -4, 36, 14, lighter(colour, 0.4), 6), x=x, y=y, rot=rot)


@stage(
    "projet",
    "Avant la grossesse",
    "Un couple se tient par la main ; au-dessus, deux petites chaussettes de bébé pendent à un fil.",
)
def project() -> str:
    parts = medal(SUN_WASH, lighter(SUN_SOFT, 0.45)) + stroke(
        [(60, 90), (300, 122), (540, 90)], PLUM_MID, 5
    )
    parts += (
        sock(262, 118, CORAL, 4)
        + sock(330, 118, LAGOON_MID, -4)
        + heart(190, 104, 0.9, CORAL_SOFT)
        + heart(424, 104, 0.9, CORAL_SOFT)
    )
    parts += TOM.bust((198, 352), (198, 640), s=1.24, turn=0.7, nod=0.1, eyes="happy", tilt=5)
    parts += INAYA.bust((404, 362), (404, 640), s=1.2, turn=-0.7, nod=0.1, eyes="happy", tilt=-5)
    parts += TOM.arm((146, 404), (110, 510), (160, 580), 1.24) + INAYA.arm(
        (456, 412), (494, 510), (450, 580), 1.2
    )
    parts += INAYA.arm((354, 412), (334, 500), (306, 526), 1.2, thumb=0, aim=170)
    return parts + TOM.arm((250, 404), (272, 500), (290, 526), 1.24, thumb=-1, aim=10)


@stage(
    "grossesse",
    "Grossesse",
    "Une femme enceinte sourit, les deux mains posées sur son ventre rond.",
)
def pregnancy() -> str:
    who = MOTHER_TO_BE
    parts = (
        medal(CORAL_WASH, lighter(CORAL_SOFT, 0.6))
        + leaves(96, 590, 1.3, LEAF_SOFT)
        + leaves(504, 590, 1.3, LEAF_SOFT, True)
    )
    parts += who.bust((290, 236), (296, 640), s=1.5, turn=0.3, nod=0.7, eyes="down", tilt=5)
    parts += ellipse(316, 486, 128, 122, who.top) + stroke(
        [(216, 556), (316, 606), (420, 552)], shadow_of(who.top), 4
    )
    parts += heart(318, 470, 1.3, CORAL_SOFT)
    parts += who.arm((226, 300), (150, 450), (232, 524), 1.5, thumb=1, aim=24)
    return parts + who.arm((354, 300), (472, 400), (398, 424), 1.5, thumb=1, aim=168)


@stage(
    "naissance",
    "Naissance",
    "Un nouveau-né emmailloté, coiffé d’un petit bonnet, dort dans les bras de sa mère voilée.",
)
def birth() -> str:
    parts = (
        medal(PLUM_WASH, lighter(PLUM_SOFT, 0.5))
        + leaves(90, 590, 1.2, PLUM_SOFT)
        + leaves(510, 590, 1.2, PLUM_SOFT, True)
    )
    newborn = Baby(SKIN["honey"], "none", HAIR["black"], SUN_SOFT, SUN_SOFT)
    parts += cradle(SAMIRA, newborn, 290, 234, 1.66, long=240, wrap=True)
    cap = (
        path("M-43 -2C-46 -58 46 -58 43 -2Q0 -22 -43 -2Z", CORAL_SOFT)
        + stroke([(-42, -4), (0, -19), (42, -4)], lighter(CORAL_SOFT, 0.4), 9)
        + circle(0, -50, 10, lighter(CORAL_SOFT, 0.4))
    )
    return parts + group(cap, x=290 + 54 * 1.66, y=234 + 72 * 1.66, s=0.7 * 1.66, rot=54)


@stage(
    "0-3-mois",
    "0–3 mois",
    "Vu d’en haut : un bébé éveillé, couché sur le dos sur un tapis rond, agite les bras et les jambes.",
)
def first_months() -> str:
    parts = (
        medal(LAGOON_WASH, lighter(LAGOON_SOFT, 0.35))
        + circle(300, 310, 214, LAGOON_SOFT)
        + circle(300, 310, 200, "#d3ebe9")
    )
    for k, colour in enumerate((CORAL_SOFT, SUN_SOFT, PLUM_SOFT, LEAF_SOFT)):
        u, v = ((140, 200), (460, 210), (150, 430), (452, 424))[k]
        parts += group(star(colour), x=u, y=v, s=0.9)
    return parts + ERWAN_BABY.figure(
        300,
        206,
        1.1,
        0,
        [((-72, 78), (-90, 34)), ((72, 84), (96, 70))],
        "kick",
        mouth="laugh",
        eyes="open",
    )


@stage(
    "4-11-mois",
    "4–11 mois",
    "Un bébé assis par terre tient un anneau ; des cubes et une balle sont devant lui.",
)
def sitting_age() -> str:
    parts = medal(LEAF_WASH, lighter(LEAF_SOFT, 0.5)) + shadow(300, 500, 210, 20)
    parts += AWA_BABY.but(suit=CORAL_SOFT, hair="curly").figure(
        292,
        216,
        1.36,
        0,
        [((-62, 96), (-30, 92)), ((64, 92), (78, 58))],
        "sit",
        mouth="laugh",
        turn=0.2,
    )
    parts += ring(410, 290, 0.9) + ellipse(400, 302, 20, 16, AWA_BABY.skin)
    return parts + blocks(440, 526, 1.1) + ball(150, 512, 32, LAGOON_MID)


def walker(baby: Baby, x, y, s, arms, step=12, **face) -> str:
    """A toddler who stands or walks; (x, y) is the head's centre."""
    legs = [((-34, 206), (-36 - step, 262), -18), ((34, 206), (36 + step, 258), 18)]
    return baby.figure(x, y, s, 0, arms, legs, **face)


@stage("1-an", "1 an", "Un enfant fait ses premiers pas ; un adulte lui tient les deux mains.")
def first_steps() -> str:
    parts = medal(SUN_WASH, lighter(SUN_SOFT, 0.45)) + shadow(300, 548, 150, 16)
    parts += MINH.but(top=PLUM_MID).torso((300, -80), (300, 190), 110)
    parts += (
        path("M196 180H404L420 470H340L300 260L260 470H180Z", MINH.bottom)
        + ellipse(222, 482, 48, 24, MINH.shoe)
        + ellipse(378, 482, 48, 24, MINH.shoe)
    )
    parts += walker(
        NADIA_BABY.but(hair="tuft"),
        300,
        264,
        1.0,
        [((-62, 60), (-84, 12)), ((62, 60), (84, 12))],
        14,
        mouth="laugh",
        eyes="happy",
    )
    big = MINH.but(top=PLUM_MID)
    parts += big.arm((192, 0), (150, 130), (206, 256), 1.7, thumb=1, aim=64, fist=True)
    return parts + big.arm((408, 0), (450, 130), (394, 256), 1.7, thumb=-1, aim=116, fist=True)


@stage(
    "2-ans",
    "2 ans",
    "Une petite fille de deux ans, debout, rit et tient un gros ballon dans ses bras.",
)
def two_years() -> str:
    parts = medal(CORAL_WASH, lighter(CORAL_SOFT, 0.6)) + shadow(300, 540, 150, 16)
    girl = LILA.but(suit=LAGOON_MID)
    parts += walker(
        girl,
        300,
        206,
        1.2,
        [((-58, 100), (-40, 118)), ((58, 100), (40, 118))],
        24,
        mouth="laugh",
        eyes="happy",
    )
    parts += (
        ball(300, 346, 54, SUN)
        + ellipse(252, 350, 19, 17, girl.skin)
        + ellipse(348, 350, 19, 17, girl.skin)
    )
    return parts
