"""Small things that hands hold. Each is drawn around (0, 0) and placed by x, y, s and rot."""

from .palette import (
    CORAL,
    CORAL_SOFT,
    CREAM,
    INK,
    LAGOON,
    LAGOON_MID,
    LAGOON_SOFT,
    LEAF,
    LEAF_SOFT,
    PAPER,
    PLUM_MID,
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
from .shapes import circle, clip, ellipse, group, line, path, rect, shape, stroke, taper


def bottle(x, y, s=1.0, rot=0, fill=0.6, ring=LAGOON_MID, open_top=False, milk="#fffdf6") -> str:
    """A baby's bottle, teat up; `fill` (0–1) is the level of `milk` when it stands.

    `open_top` leaves out the teat.
    """
    d = "M-20 -40Q-24 -30 -24 -18V48Q-24 60 -12 60H12Q24 60 24 48V-18Q24 -30 20 -40Z"
    level = 60 - 96 * fill
    glass = (
        path(d, "#f4fbfb")
        + clip(d, rect(-30, level, 60, 120, milk))
        + clip(d, line([(-24, level), (24, level)], "#e8dcc4", 3))
    )
    marks = "".join(line([(10, v), (20, v)], LAGOON_SOFT, 2.4) for v in (-10, 6, 22, 38))
    rim = path(d, "none", LAGOON_SOFT, 3.4)
    teat = path("M-14 -54Q-12 -66 -6 -70Q-5 -84 0 -84Q5 -84 6 -70Q12 -66 14 -54Z", "#e59f63")
    top = ellipse(0, -42, 21, 5, "#d9eef1") if open_top else teat + rect(-22, -56, 44, 20, ring, 7)
    return group(glass, marks, rim, top, x=x, y=y, s=s, rot=rot)


def bowl(x, y, s=1.0, colour=CORAL, food="#f0a045") -> str:
    """A bowl of smooth mash; (x, y) is the middle of its rim."""
    side = path("M-48 0Q-46 44 -18 50H18Q46 44 48 0Z", colour)
    band = clip("M-48 0Q-46 44 -18 50H18Q46 44 48 0Z", rect(-50, 16, 100, 8, lighter(colour, 0.35)))
    mash = (
        ellipse(0, 0, 48, 13, darker(colour))
        + ellipse(0, -1, 42, 10, food)
        + ellipse(-6, -4, 24, 6, lighter(food, 0.25))
    )
    return group(side, band, mash, x=x, y=y, s=s)


def spoon(x, y, s=1.0, rot=0, food="#f0a045", colour=LAGOON_MID) -> str:
    """A small soft spoon: (x, y) is its bowl, the handle goes down."""
    parts = line([(0, 10), (0, 74)], colour, 7) + ellipse(0, 0, 11, 16, colour)
    if food:
        parts += ellipse(0, -2, 8, 11, food)
    return group(parts, x=x, y=y, s=s, rot=rot)


def cup(x, y, s=1.0, colour=LAGOON_MID, water=True) -> str:
    """A small open cup with two handles."""
    ears = "".join(
        path(f"M{k * 24} -12q{k * 22} 4 {k * 14} 34", "none", darker(colour), 7) for k in (-1, 1)
    )
    body = path("M-28 -26H28L22 28Q21 34 14 34H-14Q-21 34 -22 28Z", colour)
    rim = ellipse(0, -26, 28, 7, lighter(colour, 0.3)) + (
        ellipse(0, -25, 22, 4.6, "#d8f0f5") if water else ""
    )
    return group(ears, body, rim, x=x, y=y, s=s)


def mug(x, y, s=1.0, colour=SUN, steam=False) -> str:
    """A mug with its handle on the right."""
    parts = path("M24 -14q24 0 20 20q-3 14 -22 12", "none", darker(colour), 7)
    parts += path("M-26 -26H26V22Q26 32 16 32H-16Q-26 32 -26 22Z", colour) + ellipse(
        0, -26, 26, 6.5, darker(colour, 0.3)
    )
    if steam:
        parts += stroke([(-8, -44), (-2, -54), (-8, -64), (-2, -74)], WHITE, 4, opacity=0.8)
        parts += stroke([(10, -42), (16, -52), (10, -62)], WHITE, 4, opacity=0.8)
    return group(parts, x=x, y=y, s=s)


def open_book(x, y, s=1.0, rot=0, cover=CORAL, seen="inside") -> str:
    """An open picture book: "inside" shows two pages, "outside" its cover, held by a reader."""
    if seen == "outside":
        parts = path("M0 -40L-66 -46Q-72 -46 -72 -40V36Q-72 42 -66 42L0 48Z", cover)
        parts += path("M0 -40L66 -46Q72 -46 72 -40V36Q72 42 66 42L0 48Z", lighter(cover, 0.12))
        parts += line([(0, -40), (0, 48)], darker(cover), 5) + circle(37, 0, 18, SUN_SOFT)
        parts += group(star(), x=37, s=0.55) + line(
            [(-54, -16), (-22, -14)], lighter(cover, 0.4), 6
        )
        parts += line([(-54, 2), (-30, 4)], lighter(cover, 0.4), 6)
    else:
        parts = path("M0 -30L-70 -38V40L0 48L70 40V-38Z", cover)
        parts += path("M0 -34Q-30 -46 -64 -38V34Q-30 28 0 42Z", PAPER) + path(
            "M0 -34Q30 -46 64 -38V34Q30 28 0 42Z", WHITE
        )
        parts += (
            circle(-34, -6, 15, SUN)
            + path("M12 24Q34 -18 56 22Z", LEAF_SOFT)
            + circle(44, -16, 7, CORAL_SOFT)
        )
        parts += line([(0, -34), (0, 42)], SAND, 3)
    return group(parts, x=x, y=y, s=s, rot=rot)


def star(colour=SUN) -> str:
    """A five-pointed star with soft ends around (0, 0)."""
    d = "M0 -24L7 -8L24 -7L11 4L15 21L0 12L-15 21L-11 4L-24 -7L-7 -8Z"
    return path(d, colour, colour, 5)


def heart(x, y, s=1.0, colour=CORAL, opacity=1, rot=0) -> str:
    """A small heart."""
    return group(
        path("M0 16C-34 -8 -16 -30 0 -14C16 -30 34 -8 0 16Z", colour),
        x=x,
        y=y,
        s=s,
        rot=rot,
        opacity=opacity,
    )


def note(x, y, s=1.0, colour=PLUM_MID, double=False) -> str:
    """A music note."""
    parts = ellipse(-6, 14, 9, 7, colour, -18) + line([(2, 12), (2, -22)], colour, 4)
    if double:
        parts += (
            ellipse(24, 8, 9, 7, colour, -18)
            + line([(32, 6), (32, -28)], colour, 4)
            + line([(2, -22), (32, -28)], colour, 8)
        )
    else:
        parts += stroke([(2, -22), (12, -14), (14, -4)], colour, 4)
    return group(parts, x=x, y=y, s=s)


def bubble(x, y, w, h, colour=WHITE, tail=-1) -> str:
    """A speech bubble centred on (x, y); its tail points down left (-1) or down right (1)."""
    t = x + tail * w * 0.22
    parts = rect(x - w / 2, y - h / 2, w, h, colour, min(w, h) * 0.46)
    return parts + path(
        f"M{t - 14} {y + h / 2 - 6}L{t + tail * 14} {y + h / 2 + 26}L{t + 16} {y + h / 2 - 6}Z",
        colour,
    )


def phone(x, y, s=1.0, rot=0, screen=LAGOON_SOFT) -> str:
    """A mobile telephone, screen towards us."""
    parts = rect(-22, -42, 44, 84, INK, 9) + rect(-18, -34, 36, 66, screen, 4)
    return group(parts, x=x, y=y, s=s, rot=rot)


def thermometer(x, y, s=1.0, rot=0, reading="") -> str:
    """A digital thermometer, tip down."""
    parts = (
        rect(-13, -70, 26, 96, WHITE, 13)
        + path("M-8 24H8L4 62Q0 68 -4 62Z", LAGOON_SOFT)
        + rect(-4, 50, 8, 16, "#aab7bf", 4)
    )
    parts += (
        rect(-8, -52, 16, 34, "#cfe6d8", 4)
        + circle(0, 0, 6, CORAL)
        + rect(-13, -70, 26, 96, "none", 13, "#d7e3e6", 2.5)
    )
    if reading:
        parts += group(
            f'<text x="0" y="5" font-size="13" font-weight="700" font-family="sans-serif" text-anchor="middle" fill="{INK}">{reading}</text>',
            y=-35,
            rot=90,
        )
    return group(parts, x=x, y=y, s=s, rot=rot)


def booklet(x, y, s=1.0, rot=0) -> str:
    """A child's health record: a plain booklet with a small smiling face on its cover."""
    parts = (
        rect(-50, -66, 100, 132, darker(SUN), 8)
        + rect(-50, -66, 96, 130, SUN, 8)
        + rect(-50, -66, 14, 130, darker(SUN, 0.1), 6)
    )
    parts += (
        rect(-26, -48, 62, 26, PAPER, 6)
        + line([(-16, -40), (26, -40)], LAGOON_MID, 4)
        + line([(-16, -30), (12, -30)], LAGOON_SOFT, 4)
    )
    parts += (
        circle(5, 18, 25, CREAM)
        + circle(-4, 14, 3, INK)
        + circle(14, 14, 3, INK)
        + stroke([(-4, 24), (5, 30), (14, 24)], INK, 3)
    )
    return group(parts, x=x, y=y, s=s, rot=rot)


def ring(x, y, s=1.0, rot=0) -> str:
    """A cool teething ring."""
    parts = circle(0, 0, 27, "none", LAGOON_SOFT, 15)
    parts += "".join(
        circle(dx, dy, 3, WHITE) for dx, dy in ((-27, 0), (0, -27), (19, 19), (-19, 19), (22, -16))
    )
    return group(parts, x=x, y=y, s=s, rot=rot)


def toothbrush(x, y, s=1.0, rot=0, colour=PLUM_MID) -> str:
    """A baby's small toothbrush: (x, y) is its head, the handle goes down."""
    parts = line([(0, 10), (0, 108)], colour, 11) + line(
        [(0, 60), (0, 108)], lighter(colour, 0.3), 14
    )
    parts += rect(-9, -22, 18, 40, colour, 8) + "".join(
        line([(-9, v), (-20, v)], WHITE, 5) for v in (-16, -8, 0, 8)
    )
    return group(parts, x=x, y=y, s=s, rot=rot)


def teddy(x, y, s=1.0, colour=WOOD) -> str:
    """A small cuddly bear sitting at (x, y); never put it in a cot."""
    parts = (
        circle(-15, -66, 9, colour) + circle(15, -66, 9, colour) + ellipse(0, -22, 22, 25, colour)
    )
    parts += ellipse(-20, -6, 10, 13, darker(colour), 30) + ellipse(
        20, -6, 10, 13, darker(colour), -30
    )
    parts += (
        ellipse(-22, -30, 8, 15, colour, 30)
        + ellipse(22, -30, 8, 15, colour, -30)
        + circle(0, -52, 21, colour)
    )
    parts += (
        ellipse(0, -46, 10, 8, lighter(colour, 0.45))
        + circle(-8, -56, 2.4, INK)
        + circle(8, -56, 2.4, INK)
        + circle(0, -49, 3, INK)
    )
    return group(parts, x=x, y=y, s=s)


def blocks(x, y, s=1.0) -> str:
    """Three wooden blocks, two below and one above; (x, y) is on the ground."""
    parts = (
        rect(-46, -44, 44, 44, CORAL, 8)
        + rect(2, -44, 44, 44, LAGOON_MID, 8)
        + rect(-22, -88, 44, 44, SUN, 8)
    )
    parts += (
        circle(-24, -22, 10, lighter(CORAL, 0.4))
        + path("M12 -12L24 -34L36 -12Z", lighter(LAGOON_MID, 0.5))
        + rect(-9, -75, 18, 18, PAPER, 4)
    )
    return group(parts, x=x, y=y, s=s)


def ball(x, y, r=26, colour=CORAL) -> str:
    """A ball with a light band."""
    d = f"M{x - r} {y}A{r} {r} 0 1 1 {x + r} {y}A{r} {r} 0 1 1 {x - r} {y}Z"
    return circle(x, y, r, colour) + clip(
        d, group(rect(-r, -r * 0.28, r * 2, r * 0.56, CREAM), x=x, y=y, rot=-24)
    )


def carton_flaps(x, y, w, colour="#d8ac78") -> str:
    """The open flaps of a cardboard box `w` wide whose top left corner is (x, y)."""
    parts = path(f"M{x} {y}L{x - 34} {y - 22}L{x + 8} {y - 30}L{x + 30} {y}Z", darker(colour, 0.1))
    right = f"M{x + w} {y}L{x + w + 34} {y - 22}L{x + w - 8} {y - 30}L{x + w - 30} {y}Z"
    return parts + path(right, darker(colour, 0.1))


def pan(x, y, s=1.0, colour=LAGOON_MID) -> str:
    """A saucepan with its handle on the right; (x, y) is the middle of its rim."""
    parts = line([(40, 10), (104, 2)], INK, 11) + path(
        "M-46 0V36Q-46 50 -32 50H32Q46 50 46 36V0Z", colour
    )
    return group(parts, ellipse(0, 0, 46, 11, darker(colour, 0.25)), x=x, y=y, s=s)


def wooden_spoon(x, y, s=1.0, rot=0) -> str:
    """A wooden spoon: (x, y) is its bowl."""
    return group(
        line([(0, 12), (0, 104)], WOOD_DEEP, 8),
        ellipse(0, 0, 15, 20, WOOD_DEEP),
        ellipse(0, -1, 10, 14, WOOD),
        x=x,
        y=y,
        s=s,
        rot=rot,
    )


def tree(x, y, s=1.0, colour=LEAF) -> str:
    """A round tree standing at (x, y)."""
    trunk = taper([(0, 0), (0, -150)], 26, 16, WOOD_DEEP) + stroke(
        [(0, -84), (26, -118)], WOOD_DEEP, 9
    )
    crown = (
        circle(0, -200, 76, colour) + circle(-54, -160, 48, colour) + circle(54, -158, 50, colour)
    )
    crown += circle(-20, -222, 34, lighter(colour, 0.16)) + circle(
        30, -172, 24, lighter(colour, 0.16)
    )
    return group(trunk, crown, x=x, y=y, s=s)


def grass(x, y, s=1.0, colour=LEAF) -> str:
    """A tuft of grass."""
    return group(
        *(
            stroke([(k * 7, 0), (k * 8, -16), (k * 13, -30 + abs(k) * 5)], colour, 5)
            for k in (-2, -1, 0, 1, 2)
        ),
        x=x,
        y=y,
        s=s,
    )


def flower(x, y, s=1.0, colour=CORAL_SOFT) -> str:
    """A flower on its stem; (x, y) is on the ground."""
    stem = stroke([(0, 0), (3, -24), (0, -46)], LEAF, 4) + ellipse(10, -18, 11, 5, LEAF, -30)
    petals = "".join(group(ellipse(0, -10, 7, 10, colour), y=-52, rot=k * 72) for k in range(5))
    return group(stem, petals, circle(0, -52, 6, SUN), x=x, y=y, s=s)


def water_bottle(x, y, s=1.0, rot=0) -> str:
    """A plain bottle of still water with a white label."""
    d = "M-12 -76V-54Q-28 -46 -28 -26V58Q-28 68 -18 68H18Q28 68 28 58V-26Q28 -46 12 -54V-76Z"
    parts = (
        path(d, "#d5eef5")
        + clip(d, rect(-30, -36, 60, 120, "#b9e1ec"))
        + rect(-14, -90, 28, 16, LAGOON, 5)
    )
    return group(
        parts,
        rect(-28, -8, 56, 38, WHITE, 2),
        shape([(0, -2), (9, 14), (0, 23), (-9, 14)], LAGOON_SOFT),
        x=x,
        y=y,
        s=s,
        rot=rot,
    )


def drops(x, y, s=1.0, colour="#8fcbdc") -> str:
    """Three drops of water."""
    drop = "M0 -14C8 -2 9 4 6 9A8 8 0 0 1 -6 9C-9 4 -8 -2 0 -14Z"
    return group(
        group(path(drop, colour), x=-18, y=6),
        group(path(drop, colour), x=0, y=-12),
        group(path(drop, colour), x=18, y=4),
        x=x,
        y=y,
        s=s,
    )


def swirl(x, y, s=1.0, colour=PLUM_SOFT) -> str:
    """Two soft lines of breath or warmth."""
    return group(
        stroke([(0, 0), (22, -8), (44, 2), (68, -6)], colour, 5),
        stroke([(6, 18), (28, 12), (48, 20)], colour, 5),
        x=x,
        y=y,
        s=s,
    )
