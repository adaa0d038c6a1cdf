"""Rooms and furniture. Coordinates are those of the scene, 800 x 600."""

from .palette import (
    CREAM,
    LAGOON_SOFT,
    LEAF,
    LEAF_SOFT,
    MOON,
    NIGHT,
    NIGHT_DEEP,
    NIGHT_SOFT,
    PAPER,
    SAND,
    SUN,
    SUN_SOFT,
    WHITE,
    WOOD,
    WOOD_DEEP,
    darker,
    lighter,
    mix,
)
from .shapes import circle, clip, ellipse, group, line, path, rect, shape, stroke


def room(wall, floor, level=470, width=800, height=600, shape_tone=None) -> str:
    """A wall with a large soft shape on it, and a floor from `level` down."""
    tone = shape_tone or lighter(wall, 0.45)
    blob = shape(
        [
            (60, 330),
            (110, 130),
            (300, 50),
            (520, 70),
            (720, 120),
            (770, 330),
            (640, 520),
            (180, 520),
        ],
        tone,
    )
    ground = path(
        f"M0 {level}Q{width / 2} {level - 16} {width} {level}V{height}H0Z",
        floor,
    )
    return rect(0, 0, width, height, wall) + blob + ground


def window(x, y, w, h, night=False, curtains=None, moon=(0.62, 0.34)) -> str:
    """A window with a cross bar: sky and sun cloud by day, moon and stars by night."""
    sky = NIGHT_DEEP if night else "#cfeaf2"
    frame = NIGHT_SOFT if night else WHITE
    parts = rect(x - 9, y - 9, w + 18, h + 18, frame, 16)
    d = f"M{x} {y}h{w}v{h}h{-w}z"
    if night:
        mx, my, r = x + w * moon[0], y + h * moon[1], min(w, h) * 0.17
        scene = rect(x, y, w, h, sky) + circle(mx, my, r * 1.7, MOON, opacity=0.14)
        scene += circle(mx, my, r, MOON) + circle(mx + r * 0.45, my - r * 0.3, r * 0.86, sky)
        for u, v, k in (
            (0.16, 0.2, 3),
            (0.32, 0.62, 2.4),
            (0.86, 0.68, 3),
            (0.24, 0.4, 2),
            (0.6, 0.8, 2.2),
        ):
            scene += circle(x + w * u, y + h * v, k, MOON)
    else:
        scene = rect(x, y, w, h, sky) + circle(x + w * 0.74, y + h * 0.27, w * 0.12, SUN_SOFT)
        scene += ellipse(x + w * 0.28, y + h * 0.42, w * 0.2, h * 0.07, WHITE)
        scene += ellipse(x + w * 0.38, y + h * 0.37, w * 0.14, h * 0.07, WHITE)
        scene += ellipse(x + w * 0.25, y + h * 1.02, w * 0.45, h * 0.24, LEAF_SOFT)
        scene += ellipse(x + w * 0.85, y + h * 1.04, w * 0.4, h * 0.2, mix(LEAF_SOFT, LEAF, 0.3))
    parts += clip(d, scene)
    parts += line([(x + w / 2, y), (x + w / 2, y + h)], frame, 7)
    parts += line([(x, y + h / 2), (x + w, y + h / 2)], frame, 7)
    parts += rect(x - 18, y + h + 6, w + 36, 12, darker(frame, 0.06), 6)
    if curtains:
        parts += line([(x - 42, y - 22), (x + w + 42, y - 22)], WOOD_DEEP, 7)
        for side in (-1, 1):
            edge = x - 36 if side < 0 else x + w + 36
            inner = edge - side * 56
            d = (
                f"M{edge} {y - 20}L{inner} {y - 20}Q{inner + side * 4} {y + h * 0.5} {inner + side * 26} {y + h + 30}"
                f"L{edge} {y + h + 30}Z"
            )
            parts += path(d, curtains)
            for k in (14, 30):
                u = edge - side * k
                parts += stroke(
                    [(u, y - 14), (u + side * k * 0.2, y + h + 22)], darker(curtains, 0.1), 2.5
                )
    return parts


def plant(x, y, s=1.0, pot="#d9604c", leaf=LEAF) -> str:
    """A potted plant standing at (x, y)."""
    leaves = ""
    for rot, k in ((-58, 0.8), (-30, 1.0), (0, 1.15), (30, 1.0), (58, 0.8)):
        blade = path(
            "M0 0C-26 -30 -22 -74 0 -100C22 -74 26 -30 0 0Z",
            leaf if rot % 60 else lighter(leaf, 0.16),
        )
        vein = line([(0, -8), (0, -80)], darker(leaf), 2)
        leaves += group(blade, vein, y=-46, s=k, rot=rot)
    vase = path("M-32 -50H32L24 -4Q23 0 18 0H-18Q-23 0 -24 -4Z", pot) + rect(
        -36, -58, 72, 16, darker(pot), 6
    )
    return group(leaves, vase, x=x, y=y, s=s)


def leaves(x, y, s=1.0, colour=LEAF_SOFT, flip=False) -> str:
    """A branch with round leaves: a quiet ornament for a corner."""
    stem = stroke([(0, 0), (10, -70), (2, -150)], darker(colour, 0.12), 4)
    parts = "".join(
        ellipse(side * 24 + 6, -30 - k * 26, 23, 12, colour, side * -32)
        for k, side in enumerate((-1, 1, -1, 1, -1))
    )
    return group(stem, parts, ellipse(2, -160, 12, 22, colour), x=x, y=y, s=s, flip=flip)


def rug(x, y, rx, ry, colour, rim=None) -> str:
    """A round rug lying on the floor."""
    rim = rim or lighter(colour, 0.35)
    return (
        ellipse(x, y, rx, ry, colour)
        + ellipse(x, y, rx * 0.86, ry * 0.8, rim)
        + ellipse(x, y, rx * 0.78, ry * 0.7, colour)
    )


def frame(x, y, w, h, kind="sun", wood=WOOD) -> str:
    """A small picture on the wall: "sun", "hill" or "heart"."""
    inside = rect(x, y, w, h, wood, 6) + rect(x + 7, y + 7, w - 14, h - 14, PAPER, 3)
    cx, cy, k = x + w / 2, y + h / 2, min(w, h)
    if kind == "sun":
        art = circle(cx, cy, k * 0.2, SUN)
    elif kind == "hill":
        d = f"M{x + 7} {y + 7}h{w - 14}v{h - 14}h{14 - w}z"
        art = clip(
            d,
            ellipse(cx - k * 0.2, y + h, k * 0.4, k * 0.35, LEAF_SOFT),
            ellipse(cx + k * 0.3, y + h, k * 0.35, k * 0.28, LEAF),
        )
    else:
        art = group(
            path("M0 14C-30 -8 -14 -26 0 -12C14 -26 30 -8 0 14Z", "#f4a994"), x=cx, y=cy, s=k / 60
        )
    return inside + art


def lamp(x, y, s=1.0, on=True, dim=False, shade=SUN_SOFT) -> str:
    """A bedside lamp standing at (x, y); `dim` draws a small warm glow."""
    glow = ""
    if on:
        glow = circle(0, -78, 62 if dim else 120, SUN_SOFT, opacity=0.2)
        glow += circle(0, -78, 44 if dim else 78, SUN_SOFT, opacity=0.24)
    foot = ellipse(0, -4, 26, 7, WOOD_DEEP) + line([(0, -6), (0, -56)], WOOD_DEEP, 7)
    hood = path("M-22 -108H22L38 -54Q0 -46 -38 -54Z", shade if on else mix(shade, NIGHT, 0.55))
    return group(glow, foot, hood, x=x, y=y, s=s)


def cot_back(x, y, w, wood=WOOD, sheet=CREAM, rails=62, deep=150) -> str:
    """The far side and the mattress of a cot seen from rather high; (x, y) is its top left.

    Draw the baby next, then `cot_front` with the same numbers. The bed is empty on purpose.
    """
    parts = "".join(
        line([(x + w * k / 12, y), (x + w * k / 12, y + rails)], darker(wood, 0.1), 7)
        for k in range(1, 12)
    )
    parts += rect(x - 6, y - 8, w + 12, 16, wood, 8)
    inside = path(
        f"M{x + 4} {y + rails}H{x + w - 4}L{x + w + 22} {y + rails + deep}H{x - 22}Z",
        darker(sheet, 0.08),
    )
    bed = path(
        f"M{x + 20} {y + rails + 6}H{x + w - 20}Q{x + w - 8} {y + rails + 6} {x + w - 6} {y + rails + 20}"
        f"L{x + w + 10} {y + rails + deep - 4}H{x - 10}L{x + 6} {y + rails + 20}"
        f"Q{x + 8} {y + rails + 6} {x + 20} {y + rails + 6}Z",
        sheet,
    )
    side = rect(x - 20, y + rails + deep - 6, w + 40, 40, darker(sheet, 0.14))
    return parts + inside + side + bed


def cot_front(x, y, w, wood=WOOD, rails=62, deep=150, drop=0) -> str:
    """The near side of a cot: posts, a thin rail and bars one sees through."""
    top, low = y + deep + drop, y + deep + rails
    left, right = x - 22, x + w + 22
    parts = path(
        f"M{x - 6} {y}L{left} {top}V{low + 6}L{x - 6} {y + rails}Z",
        darker(wood, 0.05),
        opacity=0.55,
    )
    parts += path(
        f"M{x + w + 6} {y}L{right} {top}V{low + 6}L{x + w + 6} {y + rails}Z",
        darker(wood, 0.05),
        opacity=0.55,
    )
    parts += line([(x - 4, y), (left, top)], wood, 13) + line(
        [(x + w + 4, y), (right, top)], wood, 13
    )
    span = right - left
    parts += "".join(
        line([(left + span * k / 12, top), (left + span * k / 12, low + 20)], wood, 6)
        for k in range(1, 12)
    )
    parts += rect(left - 4, low + 10, span + 8, 26, wood, 10)
    parts += rect(left - 6, top - 8, span + 12, 15, lighter(wood, 0.12), 8)
    for u in (left, right):
        parts += rect(u - 9, top - 14, 18, low - top + 92, wood, 8)
    return parts


def cot_above(x, y, w, h, wood=WOOD, sheet=CREAM) -> str:
    """An empty cot seen from straight above."""
    parts = rect(x - 20, y - 20, w + 40, h + 40, darker(wood, 0.1), 30) + rect(
        x - 16, y - 18, w + 32, h + 32, wood, 28
    )
    parts += rect(x, y, w, h, darker(sheet, 0.12), 18) + rect(
        x + 6, y + 8, w - 12, h - 14, sheet, 20
    )
    for k in range(1, 9):
        v = y + h * k / 9
        parts += line([(x - 15, v), (x - 4, v)], darker(wood, 0.18), 4)
        parts += line([(x + w + 4, v), (x + w + 15, v)], darker(wood, 0.18), 4)
    seam = rect(x + 16, y + 18, w - 32, h - 34, "none", 16, darker(sheet, 0.07), 2.5)
    return parts + seam


def armchair(x, y, s=1.0, colour=LAGOON_SOFT) -> str:
    """An armchair seen from the front; (x, y) is the middle of its base. Sit people on it."""
    tone = darker(colour, 0.12)
    legs = line([(-92, -16), (-98, 0)], WOOD_DEEP, 12) + line([(92, -16), (98, 0)], WOOD_DEEP, 12)
    back = rect(-104, -290, 208, 230, colour, 62)
    seat = rect(-104, -112, 208, 92, tone, 26)
    arms = rect(-140, -172, 60, 160, lighter(colour, 0.12), 28) + rect(
        80, -172, 60, 160, lighter(colour, 0.12), 28
    )
    return group(legs, back, seat, arms, x=x, y=y, s=s)


def sofa(x, y, w, colour, s=1.0) -> str:
    """A sofa `w` wide seen from the front; (x, y) is the middle of its base."""
    half, tone = w / 2, darker(colour, 0.1)
    parts = line([(-half + 30, -16), (-half + 24, 0)], WOOD_DEEP, 12) + line(
        [(half - 30, -16), (half - 24, 0)], WOOD_DEEP, 12
    )
    parts += rect(-half + 16, -232, w - 32, 180, colour, 44)
    parts += line([(0, -222), (0, -110)], tone, 3)
    parts += rect(-half + 20, -116, w - 40, 96, tone, 24) + line(
        [(0, -112), (0, -26)], darker(tone), 3
    )
    for side in (-1, 1):
        parts += rect(side * (half - 34) - 34, -168, 68, 156, lighter(colour, 0.12), 30)
    return group(parts, x=x, y=y, s=s)


def table(x, y, w, h=150, wood=WOOD, cloth=None) -> str:
    """A table seen from the front: (x, y) is the top's left end, `h` the height of its legs."""
    legs = line([(x + 34, y + 20), (x + 26, y + h)], darker(wood), 16)
    legs += line([(x + w - 34, y + 20), (x + w - 26, y + h)], darker(wood), 16)
    top = rect(x, y, w, 26, cloth or wood, 13) + rect(
        x + 10, y + 20, w - 20, 10, darker(cloth or wood, 0.12), 5
    )
    return legs + top


def high_chair_back(x, y, s=1.0, colour=SUN, wood=WOOD) -> str:
    """Back and legs of a high chair; (x, y) is the middle of the tray. Baby next, then the tray."""
    legs = line([(-58, 70), (-92, 300)], darker(wood, 0.1), 13) + line(
        [(58, 70), (92, 300)], darker(wood, 0.1), 13
    )
    rest = line([(-76, 214), (76, 214)], wood, 13)
    back = rect(-66, -140, 132, 220, colour, 48) + rect(
        -52, -124, 104, 190, lighter(colour, 0.3), 40
    )
    seat = rect(-74, 40, 148, 46, darker(colour, 0.1), 20)
    return group(legs, rest, back, seat, x=x, y=y, s=s)


def high_chair_tray(x, y, s=1.0, wood=WOOD) -> str:
    """The tray of a high chair, before the baby."""
    tray = rect(-112, -2, 224, 30, darker(wood, 0.12), 15) + rect(
        -112, -10, 224, 28, lighter(wood, 0.2), 14
    )
    return group(tray, x=x, y=y, s=s)


def shelf(x, y, w, wood=WOOD) -> str:
    """A wall shelf with books and a small pot."""
    parts = rect(x, y, w, 12, wood, 6)
    colours = ("#d9604c", LAGOON_SOFT, SUN, "#9a78b8", "#f4a994")
    for k, tall in enumerate((46, 56, 40, 52, 48)):
        parts += rect(x + 14 + k * 15, y - tall, 13, tall, colours[k], 3)
    parts += path(f"M{x + w - 52} {y - 26}h34l-5 26h-24z", WHITE)
    return (
        parts
        + ellipse(x + w - 44, y - 36, 9, 18, LEAF, -24)
        + ellipse(x + w - 28, y - 38, 9, 18, LEAF_SOFT, 20)
    )


def bed(x, y, w, blanket=LAGOON_SOFT, wood=WOOD) -> str:
    """A grown-ups' bed seen from its foot; (x, y) is the top left of the headboard."""
    parts = rect(x, y, w, 190, wood, 30) + rect(
        x + 14, y + 14, w - 28, 150, lighter(wood, 0.18), 22
    )
    for k in (0.27, 0.73):
        parts += rect(x + w * k - w * 0.19, y + 78, w * 0.38, 76, WHITE, 30)
    parts += path(
        f"M{x - 4} {y + 140}Q{x + w / 2} {y + 118} {x + w + 4} {y + 140}L{x + w + 18} {y + 286}H{x - 18}Z",
        blanket,
    )
    parts += path(
        f"M{x - 4} {y + 140}Q{x + w / 2} {y + 118} {x + w + 4} {y + 140}L{x + w + 8} {y + 172}Q{x + w / 2} {y + 150} {x - 8} {y + 172}Z",
        PAPER,
    )
    return parts + rect(x - 20, y + 278, w + 40, 26, darker(wood, 0.08), 10)


def wheelchair_back(x, y, s=1.0, seat="#3f979a", flip=False) -> str:
    """Seat and back of a wheelchair seen from its side, facing right; (x, y) is below the axle.

    Somebody sits with hips near (-14, -160) and ankles near (98, -50), then comes the front.
    """
    parts = line([(-72, -144), (-84, -262)], seat, 18) + line(
        [(-86, -256), (-114, -260)], "#3d4c59", 13
    )
    parts += rect(-78, -152, 152, 24, seat, 12) + line([(66, -140), (86, -50)], "#8b9aa6", 9)
    return group(parts, line([(80, -30), (132, -30)], "#3d4c59", 11), x=x, y=y, s=s, flip=flip)


def wheelchair_front(x, y, s=1.0, flip=False) -> str:
    """The near wheels and the arm rest of the same wheelchair."""
    parts = circle(0, -84, 80, "none", "#3d4c59", 11) + circle(0, -84, 66, "none", "#a9b5be", 4)
    for dx, dy in ((62, 0), (44, 44), (0, 62), (-44, 44)):
        parts += line([(-dx, -84 - dy), (dx, -84 + dy)], "#a9b5be", 3)
    parts += circle(0, -84, 10, "#3d4c59") + circle(92, -20, 18, "#a9b5be", "#3d4c59", 8)
    return group(parts, x=x, y=y, s=s, flip=flip)


def kitchen(x, y, w, wall=WHITE, top=SAND) -> str:
    """A worktop `w` wide at height `y` with doors below, to the picture's foot."""
    parts = rect(x, y + 16, w, 600 - y, wall) + rect(x - 6, y, w + 12, 24, top, 8)
    for k in range(int(w // 150)):
        parts += rect(x + 14 + k * 150, y + 44, 126, 160, "none", 12, darker(wall, 0.08), 3)
        parts += line([(x + 60 + k * 150, y + 64), (x + 92 + k * 150, y + 64)], WOOD_DEEP, 6)
    return parts


def night_room(level=480) -> str:
    """A bedroom in the evening: dim wall, dark floor."""
    return room(NIGHT, NIGHT_DEEP, level, shape_tone=mix(NIGHT, NIGHT_SOFT, 0.32))
