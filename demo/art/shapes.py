"""Plain SVG pieces: every function takes numbers in scene units and returns SVG text.

A scene is 800 x 600 units (a square one 600 x 600); `document` wraps it. Patterned
fills are plain strings such as ``url(#stripes-fff-d9604c-14)``: `document` reads the
names and writes the definitions, so that drawing stays free of shared state.
"""

import hashlib
import math
import re
from itertools import pairwise

Point = tuple[float, float]


def num(value: float) -> str:
    """Write a number with at most one decimal."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def _attributes(fill, stroke, width, opacity, dash=None) -> str:
    text = f' fill="{fill}"'
    if stroke:
        text += (
            f' stroke="{stroke}" stroke-width="{num(width)}"'
            ' stroke-linecap="round" stroke-linejoin="round"'
        )
    if dash:
        text += f' stroke-dasharray="{dash}"'
    if opacity != 1:
        text += f' opacity="{opacity}"'
    return text


def path(d, fill="none", stroke=None, width=0, opacity=1, dash=None) -> str:
    """A path from SVG path data."""
    return f'<path d="{d}"{_attributes(fill, stroke, width, opacity, dash)}/>'


def line(points, stroke, width, opacity=1, dash=None) -> str:
    """An open polyline with round ends."""
    d = "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points)
    return path(d, "none", stroke, width, opacity, dash)


def circle(x, y, r, fill, stroke=None, width=0, opacity=1) -> str:
    """A disc of radius `r`."""
    shape = f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}"'
    return f"{shape}{_attributes(fill, stroke, width, opacity)}/>"


def ellipse(x, y, rx, ry, fill, rot=0, opacity=1) -> str:
    """An ellipse turned by `rot` degrees."""
    turn = f' transform="rotate({num(rot)} {num(x)} {num(y)})"' if rot else ""
    size = f'cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}"'
    return f"<ellipse {size}{_attributes(fill, None, 0, opacity)}{turn}/>"


def rect(x, y, w, h, fill, r=0, stroke=None, width=0, opacity=1) -> str:
    """A rectangle with corners of radius `r`."""
    size = f'x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}" rx="{num(r)}"'
    return f"<rect {size}{_attributes(fill, stroke, width, opacity)}/>"


def group(*parts, x=0, y=0, s=1.0, rot=0, flip=False, opacity=1) -> str:
    """Parts moved to (x, y), turned by `rot` degrees, scaled by `s`, mirrored if `flip`."""
    sx = -s if flip else s
    faded = f' opacity="{opacity}"' if opacity != 1 else ""
    move = f"translate({num(x)} {num(y)}) rotate({num(rot)}) scale({sx:.3f} {s:.3f})"
    return f'<g transform="{move}"{faded}>{"".join(parts)}</g>'


def clip(d: str, *parts) -> str:
    """Parts seen only inside the path `d`."""
    body = "".join(parts)
    name = "c" + hashlib.md5((d + body).encode(), usedforsecurity=False).hexdigest()[:10]
    return f'<clipPath id="{name}"><path d="{d}"/></clipPath><g clip-path="url(#{name})">{body}</g>'


def smooth(points, closed=True, pull=1.0) -> str:
    """Path data of a soft curve through all points (Catmull-Rom)."""
    count = len(points)
    d = f"M{num(points[0][0])} {num(points[0][1])}"
    for i in range(count if closed else count - 1):
        if closed:
            a, b, c, e = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            a, b = points[max(i - 1, 0)], points[i]
            c, e = points[i + 1], points[min(i + 2, count - 1)]
        k = pull / 6
        one = (b[0] + (c[0] - a[0]) * k, b[1] + (c[1] - a[1]) * k)
        two = (c[0] - (e[0] - b[0]) * k, c[1] - (e[1] - b[1]) * k)
        d += "C" + " ".join(f"{num(px)} {num(py)}" for px, py in (one, two, c))
    return d + ("Z" if closed else "")


def shape(points, fill, pull=1.0, **look) -> str:
    """A soft closed shape through the points."""
    return path(smooth(points, True, pull), fill, **look)


def stroke(points, colour, width, pull=1.0, **look) -> str:
    """A soft open line through the points."""
    return path(smooth(points, False, pull), "none", colour, width, **look)


def bend(start: Point, middle: Point, end: Point, soft=0.62, count=26) -> list[Point]:
    """Points of a limb from `start` to `end` with a rounded joint at `middle`."""
    first = (middle[0] + (start[0] - middle[0]) * soft, middle[1] + (start[1] - middle[1]) * soft)
    last = (middle[0] + (end[0] - middle[0]) * soft, middle[1] + (end[1] - middle[1]) * soft)
    points = [start]
    for i in range(count + 1):
        t = i / count
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        points.append(
            (
                a * first[0] + b * middle[0] + c * last[0],
                a * first[1] + b * middle[1] + c * last[1],
            )
        )
    return [*points, end]


def measure(points) -> list[float]:
    """Length along the points, from 0 to 1, for each of them."""
    total, steps = 0.0, [0.0]
    for a, b in pairwise(points):
        total += math.dist(a, b)
        steps.append(total)
    return [s / (total or 1) for s in steps]


def taper(points, w0, w1, fill, start=0.0, end=1.0) -> str:
    """A limb along `points`, `w0` wide at its start and `w1` at its end, with round ends.

    `start` and `end` (0–1) keep only a part of it: a sleeve, a cuff.
    """
    spots = []
    for point, t, i in zip(points, measure(points), range(len(points))):
        a, b = points[max(i - 1, 0)], points[min(i + 1, len(points) - 1)]
        angle = math.atan2(b[1] - a[1], b[0] - a[0]) + math.pi / 2
        spots.append((point, t, angle, (w0 + (w1 - w0) * t) / 2))
    kept = _cut(spots, start, end)
    left = [(p[0] + math.cos(a) * w, p[1] + math.sin(a) * w) for p, _, a, w in kept]
    right = [(p[0] - math.cos(a) * w, p[1] - math.sin(a) * w) for p, _, a, w in kept]
    d = "M" + "L".join(f"{num(x)} {num(y)}" for x, y in left)
    tip, root = kept[-1][3], kept[0][3]
    d += f"A{num(tip)} {num(tip)} 0 0 0 {num(right[-1][0])} {num(right[-1][1])}"
    d += "L" + "L".join(f"{num(x)} {num(y)}" for x, y in reversed(right))
    return path(d + f"A{num(root)} {num(root)} 0 0 0 {num(left[0][0])} {num(left[0][1])}Z", fill)


def _cut(spots, start, end):
    """Keep the spots between two shares of the length, with exact new ends."""

    def at(t):
        for one, two in pairwise(spots):
            if one[1] <= t <= two[1] and two[1] > one[1]:
                k = (t - one[1]) / (two[1] - one[1])
                where = tuple(p + (q - p) * k for p, q in zip(one[0], two[0]))
                return (where, t, one[2], one[3] + (two[3] - one[3]) * k)
        return spots[-1]

    inner = [s for s in spots if start < s[1] < end]
    return [at(start), *inner, at(end)]


_PATTERNS = {
    "stripes": '<rect width="{g}" height="{h}" fill="{b}"/>',
    "stripesv": '<rect width="{h}" height="{g}" fill="{b}"/>',
    "dots": '<circle cx="{q}" cy="{q}" r="{e}" fill="{b}"/><circle cx="{t}" cy="{t}" r="{e}" fill="{b}"/>',
    "checks": '<path d="M0 0H{h}V{g}H0zM{h} {h}H{g}V{g}H{h}z" fill="{b}" opacity=".55"/>',
}


def pattern(kind: str, ground: str, mark: str, gap: int = 14) -> str:
    """A fill of "stripes", "stripesv", "dots" or "checks": `mark` on `ground`, every `gap` units."""
    return f"url(#{kind}-{ground[1:]}-{mark[1:]}-{gap})"


def _definition(kind, ground, mark, gap) -> str:
    g = int(gap)
    marks = _PATTERNS[kind].format(
        g=g, h=num(g / 2.4), q=num(g / 4), t=num(g * 3 / 4), e=num(g / 9), b="#" + mark
    )
    return (
        f'<pattern id="{kind}-{ground}-{mark}-{gap}" width="{g}" height="{g}"'
        f' patternUnits="userSpaceOnUse"><rect width="{g}" height="{g}" fill="#{ground}"/>'
        f"{marks}</pattern>"
    )


def document(body: str, width=800, height=600) -> str:
    """A whole SVG file of `width` x `height` units around `body`."""
    kinds = "|".join(_PATTERNS)
    used = sorted(set(re.findall(rf"url\(#({kinds})-(\w{{6}})-(\w{{6}})-(\d+)\)", body)))
    defs = "".join(_definition(*one) for one in used)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}"><defs>{defs}</defs>{body}</svg>'
    )
