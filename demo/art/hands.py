"""Hands seen from near, with fingers, for steps that show a gesture."""

from .palette import darker, lighter
from .people import Person, shadow_of
from .shapes import circle, ellipse, group, shape, stroke, taper


def forearm(who: Person, length=230, sleeve=90) -> str:
    """A forearm lying along -x, its wrist at (0, 0), its sleeve at the far end."""
    skin = taper([(-length, 6), (-60, 2), (6, 0)], 84, 56, who.skin)
    cuff = taper([(-length - 60, 8), (-length + sleeve, 5)], 118, 104, who.top)
    edge = taper(
        [(-length + sleeve - 8, 5), (-length + sleeve + 6, 4)], 104, 102, shadow_of(who.top)
    )
    return skin + edge + cuff


def open_hand(skin, curl=0.0, thumb=-1, spread=1.0) -> str:
    """A flat hand pointing to +x from the wrist (0, 0); `thumb` -1 is above, 1 below."""
    tone = darker(skin, 0.13)
    parts = ""
    for k, long in enumerate((56, 66, 62, 48)):
        v = thumb * (-26 + 17.5 * k)
        tip = (58 + long - curl * 20, v + thumb * (k - 1.5) * 5 * spread + curl * 14)
        parts += taper(
            [(52, v), ((52 + tip[0]) / 2 + 4, (v + tip[1]) / 2 - curl * 6), tip], 20, 15.5, skin
        )
    palm = [(-4, -28), (34, -35), (70, -33), (76, 0), (70, 33), (34, 34), (-4, 28)]
    finger = taper([(12, thumb * 20), (36, thumb * 46), (62, thumb * 56)], 26, 18, skin)
    lines = "".join(
        stroke([(68, thumb * (-17 + 17.5 * k)), (84, thumb * (-17.5 + 18.5 * k))], tone, 2)
        for k in range(3)
    )
    return finger + parts + shape(palm, skin) + lines


def reach(x, y, s, who: Person, rot=0, curl=0.0, thumb=-1, length=230, spread=1.0) -> str:
    """A forearm with an open hand whose wrist is at (x, y)."""
    return group(
        forearm(who, length), open_hand(who.skin, curl, thumb, spread), x=x, y=y, s=s, rot=rot
    )


def palm_up(x, y, s, who: Person, rot=-4, length=230) -> str:
    """The inside of a wrist and a palm turned up; (x, y) is the wrist."""
    tone = darker(who.skin, 0.13)
    skin = lighter(who.skin, 0.08)
    folds = stroke([(-2, -24), (2, 0), (-2, 24)], tone, 2.4) + stroke(
        [(20, -20), (40, 4), (34, 24)], tone, 2.4
    )
    return group(forearm(who, length), open_hand(skin, 0.5, -1), folds, x=x, y=y, s=s, rot=rot)


def grip(x, y, s, who: Person, rot=0, length=230, fingers=4) -> str:
    """A hand closed round something that passes vertically through (x, y).

    The forearm comes from +x when `rot` is 0; draw the thing first, then this.
    """
    skin, tone = who.skin, darker(who.skin, 0.13)
    arm = group(forearm(who, length), x=92, y=4, rot=180)
    back = shape([(30, -44), (66, -42), (104, -26), (104, 26), (66, 42), (30, 42)], skin)
    thumb = taper([(70, -30), (34, -56), (-8, -58)], 28, 19, skin)
    parts = ""
    for k in range(fingers):
        v = -33 + 21.5 * k
        parts += taper([(44, v), (8, v - 1), (-28, v + 2)], 23.5, 20, tone) + taper(
            [(44, v - 1), (8, v - 2), (-28, v + 1)], 21, 17.5, skin
        )
    return group(arm, thumb, back, parts, x=x, y=y, s=s, rot=rot)


def pinch(x, y, s, who: Person, rot=0, length=230) -> str:
    """A hand that holds something small between thumb and fingers at (x, y), arm to +x."""
    skin = who.skin
    arm = group(forearm(who, length), x=112, y=16, rot=184)
    back = shape([(50, -24), (84, -26), (122, -10), (122, 40), (80, 46), (52, 34)], skin)
    curled = "".join(
        taper([(92, 24 + 12 * k), (48 + 9 * k, 30 + 11 * k)], 21, 18, darker(skin, 0.05 * k))
        for k in (2, 1, 0)
    )
    index = taper([(84, -14), (36, -24), (2, -4)], 23, 16, skin)
    thumb = taper([(92, 22), (44, 22), (4, 8)], 25, 17, skin)
    nail = ellipse(6, 7, 6, 4.5, lighter(skin, 0.35), 20)
    return group(arm, curled, back, index, thumb, nail, x=x, y=y, s=s, rot=rot)


def washing(x, y, s, who: Person) -> str:
    """Two hands rubbing each other with foam."""
    left = group(forearm(who), open_hand(who.skin, 0.2, -1), x=-92, y=10, rot=-6)
    right = group(forearm(who), open_hand(darker(who.skin, 0.04), 0.3, 1), x=96, y=-14, rot=174)
    spots = (
        (-40, 28, 20),
        (-12, 40, 26),
        (22, 34, 22),
        (48, 20, 18),
        (-20, -34, 17),
        (10, -44, 13),
        (40, -38, 10),
        (66, 44, 9),
    )
    foam = "".join(circle(u, v, r + 2, "#d5e9ee") + circle(u, v, r, "#ffffff") for u, v, r in spots)
    return group(left, right, foam, x=x, y=y, s=s)
