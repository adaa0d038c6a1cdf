"""The pictures of the five themes."""

from .cast import AMA, CLAIRE_BABY, FATOU_BABY, KARIM, LILA, LUC, MOUSSA_BABY, NURSE, SAMIRA_BABY
from .catalogue import theme
from .furniture import cot_above, leaves
from .palette import (
    CORAL,
    CORAL_SOFT,
    CORAL_WASH,
    LAGOON_MID,
    LAGOON_SOFT,
    LEAF_SOFT,
    LEAF_WASH,
    MOON,
    NIGHT,
    NIGHT_SOFT,
    PLUM_MID,
    PLUM_WASH,
    SUN,
    SUN_SOFT,
    SUN_WASH,
    lighter,
    mix,
)
from .people import small_hand
from .scenes_meals import bib
from .shapes import circle, ellipse, group, rect
from .things import (
    ball,
    blocks,
    booklet,
    bottle,
    bowl,
    heart,
    note,
    open_book,
    spoon,
    star,
    thermometer,
)


def ground(wash, tone) -> str:
    """A wash with a large soft oval."""
    return rect(0, 0, 800, 600, wash) + ellipse(400, 320, 350, 262, tone)


@theme(
    "sommeil",
    "Thème : sommeil",
    "La nuit, vu d’en haut : un bébé dort sur le dos, en gigoteuse, dans son lit vide, entouré d’étoiles et d’une lune.",
)
def sleep() -> str:
    parts = (
        ground(NIGHT, mix(NIGHT, NIGHT_SOFT, 0.45))
        + circle(654, 150, 62, MOON)
        + circle(682, 132, 54, mix(NIGHT, NIGHT_SOFT, 0.2))
    )
    for x, y, s in (
        (120, 120, 0.8),
        (180, 420, 0.6),
        (96, 300, 0.5),
        (690, 380, 0.8),
        (610, 500, 0.5),
        (228, 210, 0.4),
    ):
        parts += group(star(MOON), x=x, y=y, s=s)
    parts += cot_above(286, 60, 228, 470)
    return parts + MOUSSA_BABY.figure(400, 184, 0.92, 0, "up", wear="bag", eyes="closed")


@theme(
    "alimentation",
    "Thème : alimentation",
    "Un bébé en bavoir sourit devant un bol de purée ; un biberon et une cuillère sont posés près de lui.",
)
def food() -> str:
    parts = (
        ground(SUN_WASH, lighter(SUN_SOFT, 0.4))
        + leaves(90, 560, 1.2, LEAF_SOFT)
        + leaves(710, 560, 1.2, LEAF_SOFT, True)
    )
    parts += CLAIRE_BABY.figure(400, 206, 1.6, 0, "down", "sit", mouth="laugh", eyes="happy") + bib(
        400, 266, 1.7
    )
    parts += rect(60, 470, 680, 30, "#dba97a", 15) + rect(80, 496, 640, 14, "#c79364", 7)
    return (
        parts
        + bowl(400, 400, 1.5, CORAL)
        + bottle(596, 380, 1.46, fill=0.6)
        + spoon(232, 440, 1.2, -84)
    )


@theme(
    "eveil",
    "Thème : éveil et langage",
    "Une petite fille assise lit un livre d’images ; autour d’elle, des cubes, une balle et des notes de musique.",
)
def play() -> str:
    parts = ground(LEAF_WASH, lighter(LEAF_SOFT, 0.5)) + ellipse(400, 520, 300, 34, LEAF_SOFT)
    parts += FATOU_BABY.figure(
        400,
        214,
        1.36,
        0,
        [((-62, 100), (-56, 122)), ((62, 100), (56, 122))],
        "sit",
        nod=0.5,
        mouth="laugh",
    )
    parts += open_book(400, 402, 1.4, cover=CORAL)
    parts += ellipse(312, 400, 20, 16, FATOU_BABY.skin) + ellipse(488, 400, 20, 16, FATOU_BABY.skin)
    parts += blocks(650, 530, 1.2) + ball(140, 500, 36, LAGOON_MID)
    return (
        parts
        + note(210, 190, 1.6, PLUM_MID, True)
        + note(590, 170, 1.4, LAGOON_MID)
        + group(star(SUN), x=654, y=260, s=0.9)
        + heart(150, 290, 0.9, CORAL_SOFT)
    )


@theme(
    "sante",
    "Thème : santé et soins",
    "Une infirmière à lunettes tient un bébé souriant ; un carnet de santé et un thermomètre sont à côté.",
)
def health() -> str:
    parts = (
        ground(CORAL_WASH, "#fff6f2")
        + leaves(86, 570, 1.2, CORAL_SOFT)
        + leaves(714, 570, 1.2, CORAL_SOFT, True)
    )
    nurse = NURSE.but(top=LAGOON_SOFT)
    parts += nurse.bust((380, 236), (390, 640), s=1.5, turn=0.5, nod=0.4, eyes="happy", tilt=5)
    parts += nurse.arm((444, 300), (560, 430), (430, 490), 1.5, thumb=0)
    parts += SAMIRA_BABY.figure(474, 280, 1.02, 6, "out", "flexed", turn=-0.3, mouth="laugh")
    parts += nurse.arm((316, 300), (326, 460), (460, 450), 1.5, thumb=1, aim=-8)
    return (
        parts
        + booklet(170, 420, 1.3, -8)
        + thermometer(650, 400, 1.5, 16)
        + heart(610, 120, 1.4, CORAL_SOFT)
    )


@theme(
    "parents",
    "Thème : être parent",
    "Deux pères serrés l’un contre l’autre tiennent leur fille dans leurs bras ; la grand-mère se tient près d’eux.",
)
def parents() -> str:
    parts = ground(PLUM_WASH, "#f8f3fc") + heart(400, 70, 1.5, CORAL_SOFT)
    parts += AMA.bust((640, 300), (640, 660), s=1.26, turn=-0.6, nod=0.2, eyes="happy", tilt=-5)
    parts += KARIM.bust((470, 250), (470, 660), s=1.4, turn=-0.5, nod=0.3, eyes="happy", tilt=-5)
    parts += LUC.bust((250, 256), (250, 660), s=1.4, turn=0.6, nod=0.3, eyes="down", tilt=5)
    parts += LUC.arm((312, 318), (330, 440), (376, 470), 1.4, thumb=0)
    parts += KARIM.arm((410, 312), (450, 440), (372, 470), 1.4, thumb=0, aim=176)
    parts += LILA.but(suit=CORAL_SOFT).figure(362, 306, 1.0, 0, "out", "flexed", mouth="laugh")
    parts += small_hand((404, 446), 186, 1.4, KARIM.skin, 1)
    parts += LUC.arm((188, 318), (176, 500), (318, 490), 1.4, thumb=1, aim=-8)
    parts += KARIM.arm((530, 312), (570, 460), (500, 560), 1.4)
    return parts + AMA.arm((584, 350), (550, 440), (520, 372), 1.26, thumb=1, aim=190)
