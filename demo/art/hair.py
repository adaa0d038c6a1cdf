"""Hair and head coverings, in the coordinates of a head: centre (0, 0), 40 wide each side.

Each style has a layer behind the head and one before it; `dx` is how far the face
looks aside, so that the hairline follows it.
"""

from .palette import darker, lighter
from .shapes import circle, ellipse, path, shape, stroke

CAP = "M-42 4C-50 -60 50 -60 42 4"


def _curls(spots, colour) -> str:
    return "".join(circle(x, y, r, colour) for x, y, r in spots)


def _cap(dx, colour, low=-14, dip=-26, parting=0.0) -> str:
    """Hair over the top of the head, with a hairline from `low` (sides) to `dip` (middle)."""
    middle = dx + parting
    d = (
        f"{CAP}C40 {low + 4} 34 {low - 4} {28 + dx * 0.4:.1f} {low - 8}"
        f"Q{middle + 12:.1f} {dip - 2} {middle:.1f} {dip}"
        f"Q{middle - 14:.1f} {low - 4} {-30 + dx * 0.4:.1f} {low - 4}C-38 {low} -40 -4 -42 4Z"
    )
    return path(d, colour)


def behind(style: str, colour: str) -> str:
    """The layer of hair that a head and a torso cover."""
    if style == "long":
        points = [(-40, -20), (0, -52), (40, -20), (50, 30), (52, 88), (30, 100), (-30, 100)]
        return shape([*points, (-52, 88), (-50, 30)], colour)
    if style == "bob":
        points = [(-42, -20), (0, -52), (42, -20), (50, 22), (44, 48), (-44, 48), (-50, 22)]
        return shape(points, colour)
    if style == "wavy":
        spots = [(-44, 0, 20), (44, 0, 20), (-48, 28, 20), (48, 28, 20), (-46, 56, 19)]
        return _curls([*spots, (46, 56, 19), (-40, 80, 16), (40, 80, 16)], colour) + ellipse(
            0, 10, 44, 58, colour
        )
    if style == "afro":
        spots = [(-46, 4, 22), (46, 4, 22), (-52, -22, 24), (52, -22, 24), (-36, -50, 26)]
        return _curls([*spots, (36, -50, 26), (0, -62, 28), (0, -20, 52)], colour)
    if style == "bun":
        return circle(0, -60, 22, colour)
    if style == "ponytail":
        return shape([(20, -44), (52, -52), (66, -14), (60, 34), (48, 40), (46, 0)], colour)
    if style == "braids":
        strands = ""
        for side in (-1, 1):
            spots = [(side * (40 + k), 4 + k * 15, 11 - k * 0.5) for k in range(7)]
            strands += _curls(spots, colour)
        return strands
    if style == "locs":
        return "".join(
            stroke([(x * 0.74, -22), (x * 0.96, 10), (x * 1.06, 62 - abs(x) * 0.1)], colour, 13)
            for x in (-50, -40, -28, 28, 40, 50)
        )
    if style == "puffs":
        return _curls([(-38, -42, 24), (38, -42, 24)], colour)
    if style == "pigtails":
        return ellipse(-48, -4, 12, 22, colour, 20) + ellipse(48, -4, 12, 22, colour, -20)
    return ""


def before(style: str, colour: str, dx: float) -> str:
    """The layer of hair over the forehead."""
    if style in ("bald", "none"):
        return ""
    if style == "elder":
        tufts = ellipse(-40, -4, 9, 17, colour) + ellipse(40, -4, 9, 17, colour)
        return tufts + stroke([(-14 + dx, -38), (dx, -42), (14 + dx, -38)], colour, 3)
    if style == "afro":
        spots = [(-34, -24, 13), (-18, -36, 14), (2, -40, 14), (20, -36, 14), (35, -24, 13)]
        return _curls([(x + dx * 0.3, y, r) for x, y, r in spots], colour)
    if style == "curly":
        spots = [(-40, -10, 12), (-34, -28, 15), (-18, -42, 16), (2, -47, 17), (22, -42, 16)]
        spots += [(36, -28, 15), (41, -10, 12), (-10, -30, 13), (12, -31, 13)]
        return _curls([(x + dx * 0.2, y, r) for x, y, r in spots], colour)
    if style == "fade":
        return _cap(dx, colour, -12, -22) + ellipse(0, -34, 34, 14, colour)
    if style == "wisp":
        return path(
            "M-38 -10C-40 -56 40 -56 38 -10C30 -26 16 -33 0 -33C-16 -33 -30 -26 -38 -10Z",
            colour,
            opacity=0.85,
        ) + stroke([(dx - 2, -40), (dx + 4, -52), (dx + 12, -50)], colour, 4)
    if style == "down":
        return path(
            "M-37 -14C-38 -54 38 -54 37 -14C28 -29 16 -35 0 -35C-16 -35 -28 -29 -37 -14Z",
            colour,
            opacity=0.55,
        )
    if style == "puffs":
        return _cap(dx, colour, -16, -30) + stroke([(dx, -48), (dx, -30)], lighter(colour), 1.6)
    if style in ("short", "pigtails"):
        return _cap(dx, colour, -12, -24, 8)
    if style == "tuft":
        tuft = shape([(-20, -38), (-8, -58), (10, -54), (30, -58), (34, -36), (6, -34)], colour)
        return _cap(dx, colour, -12, -26, -8) + tuft
    if style in ("bob", "long", "wavy"):
        side = stroke([(-40, -12), (-44, 8), (-43, 30)], colour, 9)
        side += stroke([(40, -12), (44, 8), (43, 30)], colour, 9)
        return _cap(dx, colour, -8, -32, -10) + side
    if style == "locs":
        lines = "".join(
            stroke([(x * 0.5 + dx * 0.3, -37), (x + dx * 0.2, -20)], darker(colour, 0.4), 1.6)
            for x in (-30, -12, 8, 26)
        )
        return _cap(dx, colour, -10, -24) + lines
    if style in ("bun", "ponytail", "braids"):
        strand = stroke([(dx, -30), (dx + 16, -36), (32, -22)], lighter(colour, 0.18), 2)
        return _cap(dx, colour, -12, -32, -4) + strand
    raise ValueError(f"no hair style called {style!r}")


def scarf_behind(colour: str) -> str:
    """The headscarf behind the neck and the shoulders."""
    points = [(-46, -10), (0, -54), (46, -10), (50, 40), (58, 78), (0, 92), (-58, 78), (-50, 40)]
    return shape(points, darker(colour, 0.12))


def scarf_before(colour: str, dx: float) -> str:
    """The headscarf around the face and over the chest."""
    hole = (
        f"M{dx - 30:.1f} -2C{dx - 32:.1f} -38 {dx + 32:.1f} -38 {dx + 30:.1f} -2"
        f"C{dx + 29:.1f} 22 {dx + 16:.1f} 39 {dx:.1f} 39C{dx - 16:.1f} 39 {dx - 29:.1f} 22 {dx - 30:.1f} -2Z"
    )
    outer = (
        "M-46 -2C-50 -62 50 -62 46 -2C48 30 60 52 54 74C30 92 -30 92 -54 74C-60 52 -48 30 -46 -2Z"
    )
    cloth = f'<path d="{outer}{hole}" fill="{colour}" fill-rule="evenodd"/>'
    edge = path(hole, "none", darker(colour, 0.14), 3)
    folds = stroke([(dx - 18, 42), (-4, 54), (30, 50), (48, 34)], darker(colour, 0.14), 3)
    folds += stroke([(-48, 62), (-16, 74), (22, 70)], darker(colour, 0.14), 3)
    return cloth + edge + folds


def wrap_before(colour: str, mark: str, dx: float) -> str:
    """A cloth tied round the head, knotted above the forehead."""
    band = f"M-43 0C-58 -70 58 -70 43 0C36 -20 20 {-24} {dx:.1f} -24C-20 -24 -36 -20 -43 0Z"
    folds = stroke([(-34, -20), (-12, -42), (20, -52)], mark, 3.5)
    folds += stroke([(34, -20), (18, -36), (-8, -52)], mark, 3.5)
    knot = ellipse(dx - 10, -56, 17, 12, colour, -24) + ellipse(dx + 14, -57, 17, 12, colour, 24)
    return path(band, colour) + folds + knot + circle(dx + 2, -52, 9, mark)
