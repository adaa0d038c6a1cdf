"""How people hold babies: adults and babies drawn together, in the right order."""

from .palette import darker
from .people import Person, shadow_of, small_hand
from .shapes import ellipse, group, line, path, stroke, taper
from .things import bottle


def cradle(
    who: Person,
    baby,
    x,
    y,
    s=1.0,
    flip=False,
    long=170,
    feed=None,
    wear="pyjama",
    wrap=False,
    baby_face=None,
    **face,
) -> str:
    """A grown-up who holds a baby in the crook of one arm; (x, y) is the base of the neck.

    `long` is the trunk's length, `feed` what the free hand holds (drawn below that hand),
    `baby_face` the baby's look.
    """
    looks = {"turn": 0.55, "nod": 0.7, "eyes": "down", "mouth": "smile", "tilt": 5} | face
    small = {"turn": -0.3, "eyes": "closed", "mouth": "smile", "tilt": -16} | (baby_face or {})
    body = who.bust((0, 0), (0, long), **looks)
    under = who.arm((44, 36), (104, 126), (-14, 160), thumb=0)
    legs = [((-46, 190), (-20, 232), -20), ((44, 192), (26, 238), 20)]
    if wrap:
        child = baby.bundle(54, 72, 0.7, 70, **small)
    else:
        arms = [((-56, 100), (-22, 78)), ((52, 108), (16, 116))]
        child = baby.figure(54, 72, 0.7, 70, arms, legs, wear, **small)
    over = who.arm((-46, 38), (-104, 116), (-62, 164) if not feed else (-18, 92), aim=-14)
    if not feed:
        return group(
            body,
            over,
            under,
            child,
            small_hand((-34, 150), -36, 1, who.skin, 1),
            x=x,
            y=y,
            s=s,
            flip=flip,
        )
    return group(body, under, child, feed or "", over, x=x, y=y, s=s, flip=flip)


def chest(
    who: Person,
    baby,
    x,
    y,
    s=1.0,
    long=170,
    wear="pyjama",
    side=1,
    far=True,
    baby_face=None,
    **face,
) -> str:
    """A grown-up who holds a baby upright on the chest, cheek against it, face free.

    Without `far`, the arm on the left stays free for the scene to draw.
    """
    looks = {
        "turn": 0.35 * side,
        "nod": 0.7,
        "eyes": "down",
        "mouth": "smile",
        "tilt": 5 * side,
    } | face
    small = {
        "turn": -0.75 * side,
        "nod": 0.1,
        "eyes": "closed",
        "mouth": "smile",
        "tilt": -8 * side,
    }
    small |= baby_face or {}
    body = who.bust((0, 0), (0, long), **looks)
    legs = [((-52, 170), (-30, 200), -30), ((52, 170), (30, 200), 30)]
    arms = [((-54, 70), (-46, 36)), ((54, 70), (46, 36))]
    child = baby.figure(16 * side, 48, 0.6, 4 * side, arms, legs, wear, **small)
    near = who.arm((46, 38), (92, 132), (0, 146), thumb=0)
    other = who.arm((-46, 38), (-86, 118), (-12, 98), thumb=1) if far else ""
    return group(body, child, near, other, x=x, y=y, s=s)


def lap(who: Person, x, y, s=1.0, spread=1.0) -> str:
    """Legs of a person who sits facing us; (x, y) is the middle of the seat."""
    parts = ""
    for side in (-1, 1):
        parts += who.leg(
            (side * 30, 0), (side * 54 * spread, 26), (side * 50 * spread, 128), foot=0
        )
    return group(parts, x=x, y=y, s=s)


def crossed(who: Person, x, y, s=1.0) -> str:
    """Legs of a person who sits cross-legged on the floor; (x, y) is the seat's middle."""
    left = who.leg((-28, 0), (-112, 14), (4, 40), foot=0)
    right = who.leg((28, 0), (112, 14), (-10, 44), foot=0)
    return group(left, right, x=x, y=y, s=s)


def shadow(x, y, rx, ry=14, colour="#3a1510") -> str:
    """A soft shadow on the floor under somebody or something."""
    return ellipse(x, y, rx, ry, colour, 0, 0.1)


def trousers(who: Person, x, y, low=640, s=1.0, wide=50) -> str:
    """The legs of somebody who stands, from the waist (x, y) down to `low`."""
    w = wide * s * who.width
    d = f"M{x - w:.1f} {y:.1f}H{x + w:.1f}Q{x + w * 1.12:.1f} {y + 60:.1f} {x + w:.1f} {low}H{x - w:.1f}"
    d += f"Q{x - w * 1.12:.1f} {y + 60:.1f} {x - w:.1f} {y:.1f}Z"
    return path(d, who.bottom) + line([(x, y + 70 * s), (x, low)], shadow_of(who.bottom), 4)


def suckle(who: Person, baby, x, y, s=1.0, long=180, **face) -> str:
    """A mother who breastfeeds: the baby's body is turned to her, its mouth takes the areola."""
    looks = {"turn": 0.55, "nod": 0.8, "eyes": "down", "tilt": 6} | face
    body = who.bust((0, 0), (0, long), **looks)
    tone = darker(who.skin, 0.3)
    breast = ellipse(22, 92, 32, 33, shadow_of(who.top)) + ellipse(23, 95, 28, 29, who.skin)
    lifted = path("M-12 60Q22 50 58 64L60 82Q24 60 -14 84Z", who.top)
    breast += lifted + stroke([(-14, 85), (22, 72), (60, 83)], shadow_of(who.top), 3.5)
    areola = ellipse(20, 115, 13, 11, tone)
    trunk = taper([(10, 150), (-30, 164), (-66, 174)], 62, 68, shadow_of(baby.suit))
    trunk += taper([(10, 150), (-30, 164), (-66, 174)], 58, 64, baby.suit)
    leg = taper([(-72, 172), (-112, 154), (-128, 190)], 44, 34, shadow_of(baby.suit))
    leg += taper([(-72, 172), (-112, 154), (-128, 190)], 40, 30, baby.suit)
    head = baby.profile(40, 134, 0.74, 50, flip=True)
    small = ellipse(-14, 112, 9, 10, baby.skin) + taper(
        [(6, 152), (-12, 142), (-16, 122)], 28, 22, shadow_of(baby.suit)
    )
    small += taper([(6, 152), (-12, 142), (-16, 122)], 25, 19, baby.suit)
    near = who.arm((46, 38), (124, 150), (-22, 200), thumb=1, aim=176)
    far = who.arm((-46, 38), (-98, 130), (-84, 200), thumb=0, aim=30)
    return group(body, breast, far, leg, trunk, areola, head, small, near, x=x, y=y, s=s)


def bottle_feed(who: Person, baby, x, y, s=1.0, long=170, flip=False, wear="pyjama", **face) -> str:
    """A grown-up who gives a bottle to a baby held half upright, bottle nearly level."""
    looks = {"turn": 0.5, "nod": 0.8, "eyes": "down", "tilt": 6} | face
    body = who.bust((0, 0), (0, long), **looks)
    under = who.arm((44, 36), (108, 128), (-2, 182), thumb=0)
    arms = [((-58, 96), (-10, 96)), ((54, 100), (24, 112))]
    child = baby.figure(
        48, 86, 0.7, 48, arms, "flexed", wear, turn=-0.75, nod=0.1, mouth="none", tilt=-34
    )
    milk = ellipse(39, 101, 5.5, 6, "#a8392f") + bottle(-20, 92, 0.7, 99, 1.0)
    over = who.arm((-46, 38), (-104, 116), (-58, 90), aim=0, fist=True)
    return group(body, under, child, milk, over, x=x, y=y, s=s, flip=flip)


def teardrop(x, y, s=1.0) -> str:
    """A single tear."""
    return group(path("M0 -9C6 0 6 7 0 8C-6 7 -6 0 0 -9Z", "#9ad3e6"), x=x, y=y, s=s)
