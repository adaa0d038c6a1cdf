"""Grown-ups and children: a `Person` knows its colours, and draws head, bust and limbs.

Heads are about 90 units high for an adult; a scene places necks, hips, elbows and hands
in its own coordinates and chooses the order in which parts cover each other.
"""

import math
from dataclasses import dataclass, replace

from . import hair
from .palette import CORAL, INK, SKIN, WHITE, darker, lighter
from .shapes import bend, circle, clip, ellipse, group, path, stroke, taper


@dataclass(frozen=True)
class Person:
    """The look of one person: skin and hair colours are #rrggbb, clothes may be patterns."""

    skin: str = SKIN["peach"]
    hair: str = "short"
    hair_colour: str = "#553524"
    top: str = CORAL
    bottom: str = "#3b5568"
    shoe: str = "#8a5130"
    beard: bool = False
    glasses: bool = False
    scarf: str = ""
    wrap: str = ""
    old: bool = False
    young: bool = False
    earring: str = ""
    short_sleeve: bool = False
    width: float = 1.0

    def but(self, **changes) -> "Person":
        """The same person in other clothes."""
        return replace(self, **changes)

    # -- the head ---------------------------------------------------------------

    def head_behind(self, x, y, s=1.0, tilt=0) -> str:
        """Hair or scarf behind neck and torso; draw it before the torso."""
        if self.scarf:
            part = hair.scarf_behind(self.scarf)
        elif self.wrap:
            part = ""
        else:
            part = hair.behind(self.hair, self.hair_colour)
        return group(part, x=x, y=y, s=s, rot=tilt)

    def head(self, x, y, s=1.0, tilt=0, turn=0.0, nod=0.0, eyes="open", mouth="smile") -> str:
        """The head around (x, y).

        `turn` and `nod` (-1 to 1) say where the face looks, `tilt` leans it in degrees.
        """
        dx, dy = turn * 12, nod * 9
        tone = darker(self.skin, 0.1)
        ears = circle(-39 - dx * 0.25, 4, 9, self.skin) + circle(39 - dx * 0.25, 4, 9, self.skin)
        ears += circle(-40 - dx * 0.25, 4, 4, tone) + circle(40 - dx * 0.25, 4, 4, tone)
        if self.earring:
            ears += circle(-41, 15, 4, self.earring) + circle(41, 15, 4, self.earring)
        if self.young:
            outline = "M-41 0C-42 -52 42 -52 41 0C44 26 22 41 0 41C-22 41 -44 26 -41 0Z"
        else:
            outline = "M-40 -4C-41 -54 41 -54 40 -4C40 24 22 45 0 45C-22 45 -40 24 -40 -4Z"
        skull = path(outline, self.skin)
        beard = self._beard(outline, dx, dy) if self.beard else ""
        face = clip(outline, face_parts(self.skin, dx, dy, eyes, mouth, self.young))
        if self.old:
            face += stroke([(dx - 30, dy + 10), (dx - 33, dy + 14)], darker(self.skin, 0.25), 1.8)
            face += stroke([(dx + 30, dy + 10), (dx + 33, dy + 14)], darker(self.skin, 0.25), 1.8)
        if self.glasses:
            face += spectacles(dx, dy)
        if self.scarf:
            top, ears = hair.scarf_before(self.scarf, dx * 0.45), ""
        elif self.wrap:
            top = hair.wrap_before(self.wrap, lighter(self.wrap, 0.35), dx * 0.4)
        else:
            top = hair.before(self.hair, self.hair_colour, dx * 0.5)
        return group(ears, skull, beard, face, top, x=x, y=y, s=s, rot=tilt)

    def _beard(self, outline, dx, dy) -> str:
        tone = self.hair_colour
        d = (
            f"M-46 0C-36 4 -32 14 {dx - 22:.1f} {dy + 13:.1f}Q{dx:.1f} {dy + 7:.1f} {dx + 22:.1f} "
            f"{dy + 13:.1f}C32 14 36 4 46 0L46 60L-46 60Z"
        )
        lips = ellipse(dx * 1.05, dy + 22, 13, 6.5, self.skin)
        return clip(outline, path(d, tone)) + lips

    # -- the body ---------------------------------------------------------------

    def bust(self, neck, hip, head=None, s=1.0, wide=58, hips=None, **face) -> str:
        """Hair, neck, torso and head; `neck` is the base of the neck, `hip` the seat's middle.

        `head` moves the head's centre (default: straight above the neck); `wide` is half the
        shoulders' width. Arms and legs are drawn apart, in the order that the scene needs.
        """
        head = head or (neck[0], neck[1] - 52 * s)
        tilt = face.get("tilt", 0)
        throat = taper([head, (neck[0], neck[1] + 6)], 30 * s, 34 * s, darker(self.skin, 0.1))
        return (
            self.head_behind(*head, s, tilt)
            + self.torso(neck, hip, wide * s, hips and hips * s, s)
            + throat
            + self._collar(neck, s)
            + self.head(*head, s, **face)
        )

    def _collar(self, neck, s) -> str:
        x, y = neck
        d = f"M{x - 19 * s:.1f} {y - 2:.1f}Q{x:.1f} {y + 30 * s:.1f} {x + 19 * s:.1f} {y - 2:.1f}Z"
        return path(d, darker(self.skin, 0.1))

    def torso(self, neck, hip, wide=58, hips=None, s=1.0, fill=None) -> str:
        """The clothed trunk from neck to hip."""
        wide *= self.width
        hips = (hips or wide * 0.86) * (1 + (self.width - 1) * 0.6)
        (x, y), (u, v) = neck, hip
        low, r = v + 22 * s, 22 * s
        tall = v - y - 40 * s
        d = (
            f"M{x - 15 * s:.1f} {y - 4 * s:.1f}C{x - wide * 0.6:.1f} {y + 2 * s:.1f} "
            f"{x - wide:.1f} {y + 4 * s:.1f} {x - wide:.1f} {y + 40 * s:.1f}"
            f"C{x - wide:.1f} {y + 40 * s + tall * 0.35:.1f} {u - hips:.1f} {v - tall * 0.4:.1f} "
            f"{u - hips:.1f} {v:.1f}Q{u - hips:.1f} {low:.1f} {u - hips + r:.1f} {low:.1f}"
            f"L{u + hips - r:.1f} {low:.1f}Q{u + hips:.1f} {low:.1f} {u + hips:.1f} {v:.1f}"
            f"C{u + hips:.1f} {v - tall * 0.4:.1f} {x + wide:.1f} {y + 40 * s + tall * 0.35:.1f} "
            f"{x + wide:.1f} {y + 40 * s:.1f}C{x + wide:.1f} {y + 4 * s:.1f} "
            f"{x + wide * 0.6:.1f} {y + 2 * s:.1f} {x + 15 * s:.1f} {y - 4 * s:.1f}Z"
        )
        return path(d, fill or self.top)

    def arm(self, shoulder, elbow, hand, s=1.0, thumb=1, fist=False, edge=True, aim=None) -> str:
        """An arm with its sleeve and hand.

        `thumb` is the side of the thumb (1, -1, or 0 for none), `fist` closes the hand, `aim`
        is the direction of the hand in degrees (default: that of the forearm).
        """
        points = bend(shoulder, elbow, hand)
        w0, w1 = 37 * s * self.width, 26 * s
        if aim is None:
            aim = math.degrees(math.atan2(hand[1] - elbow[1], hand[0] - elbow[0]))
        palm = small_hand(hand, aim, s, self.skin, thumb, fist)
        if self.short_sleeve:
            sleeve = taper(points, w0 + 6 * s, w1 + 10 * s, self.top, 0, 0.4)
            limb = taper(points, w0 - 3 * s, w1, self.skin)
            rim = taper(points, w0 + 12 * s, w1 + 16 * s, shadow_of(self.top), 0, 0.42)
            return limb + palm + (rim if edge and self.top[0] == "#" else "") + sleeve
        line = taper(points, w0 + 4, w1 + 6, shadow_of(self.top), 0.2) if edge else ""
        return palm + line + taper(points, w0, w1 + 3 * s, self.top)

    def leg(self, hip, knee, ankle, s=1.0, foot=1, bare=False) -> str:
        """A leg with trousers and a shoe whose toe points to +1 (right), -1 (left) or 0 (us)."""
        points = bend(hip, knee, ankle)
        x, y = ankle
        if foot:
            toe = [(x - foot * 6 * s, y + 6 * s), (x + foot * 30 * s, y + 12 * s)]
            shoe = taper(toe, 28 * s, 20 * s, self.skin if bare else self.shoe)
        else:
            shoe = ellipse(x, y + 10 * s, 19 * s, 16 * s, self.skin if bare else self.shoe)
        edge = taper(points, 57 * s * self.width, 39 * s, shadow_of(self.bottom))
        return shoe + edge + taper(points, 53 * s * self.width, 36 * s, self.bottom)


def shadow_of(fill: str) -> str:
    """A slightly darker tone of a colour; for a pattern, of its ground colour."""
    if fill.startswith("#"):
        return darker(fill, 0.14)
    return darker("#" + fill.split("-")[1], 0.14)


def small_hand(at, aim, s, skin, thumb=1, fist=False) -> str:
    """A mitten-like hand whose wrist is at `at`, pointing `aim` degrees."""
    tone = darker(skin, 0.14)
    if fist:
        fingers = ellipse(12, 0, 16, 15, skin)
        lines = stroke([(18, -8), (22, -1), (18, 7)], tone, 1.8)
    else:
        fingers = taper([(4, 0), (16, 0), (30, 2)], 24, 19, skin)
        lines = stroke([(24, -2), (34, -1)], tone, 1.5) + stroke([(24, 5), (33, 5)], tone, 1.5)
    finger = ""
    if thumb:
        finger = taper([(6, -thumb * 7), (14, -thumb * 15), (21, -thumb * 17)], 12, 9, skin)
    return group(fingers, lines, finger, x=at[0], y=at[1], s=s, rot=aim)


def spectacles(dx, dy, colour=INK) -> str:
    """Round glasses over a face."""
    lens = "".join(
        circle(x, dy + 1, 12.5, lighter(colour, 0.9), colour, 2.6, 0.28) for x in (dx - 16, dx + 16)
    )
    rims = "".join(circle(x, dy + 1, 12.5, "none", colour, 2.6) for x in (dx - 16, dx + 16))
    bridge = stroke([(dx - 4, dy - 1), (dx, dy - 3), (dx + 4, dy - 1)], colour, 2.6)
    arms = stroke([(dx - 28, dy - 1), (-39, -4)], colour, 2.4)
    return lens + rims + bridge + arms + stroke([(dx + 28, dy - 1), (39, -4)], colour, 2.4)


def face_parts(skin, dx, dy, eyes="open", mouth="smile", young=False, blush=True) -> str:
    """Eyes, brows, nose, cheeks and mouth, moved by (dx, dy) on the head."""
    dark = skin in (SKIN["brown"], SKIN["deep"])
    ink = "#1d1414" if dark else INK
    tone = darker(skin, 0.3)
    gap = 17 if young else 15
    level = dy + (5 if young else 1)
    spots = (dx - gap, dx + gap)
    parts = ""
    if blush:
        cheek = "#c2543f" if dark else "#ef7f6d"
        parts += "".join(
            ellipse(dx * 1.05 + side * (gap + 9), level + 13, 8.5, 6.5, cheek, 0, 0.32)
            for side in (-1, 1)
        )
    for x, side in zip(spots, (-1, 1)):
        parts += _eye(x, level, eyes, ink)
        rise = {"sad": 4, "cry": 4, "tired": 3}.get(mouth, 0)
        inner, outer = (x - side * 7, level - 13 - rise), (x + side * 8, level - 12 + rise * 0.7)
        middle = (x, level - 15.5 - (0 if rise else 1))
        if not young or mouth in ("cry", "sad"):
            parts += stroke([inner, middle, outer], darker(skin, 0.55), 2.6)
    nose = dx * 1.25
    if young:
        parts += stroke(
            [(nose - 3, level + 7), (nose, level + 9), (nose + 3, level + 7)], tone, 2.6
        )
    else:
        side = 1 if dx >= 0 else -1
        points = [
            (nose + side, level + 3),
            (nose + side * 5, level + 11),
            (nose - side * 2, level + 12),
        ]
        parts += stroke(points, tone, 2.8)
    return parts + _mouth(dx * 1.1, level + (19 if young else 22), mouth, ink)


def _eye(x, y, eyes, ink) -> str:
    if eyes == "open":
        return circle(x, y, 4.2, ink) + circle(x + 1.4, y - 1.5, 1.3, WHITE)
    if eyes == "happy":
        return stroke([(x - 6, y + 2), (x, y - 4), (x + 6, y + 2)], ink, 3)
    if eyes in ("closed", "down"):
        return stroke([(x - 6, y - 1), (x, y + 3.5), (x + 6, y - 1)], ink, 3)
    if eyes == "sleepy":
        lid = stroke([(x - 6, y - 2), (x + 6, y - 2)], ink, 2.6)
        return path(f"M{x - 4:.1f} {y - 1:.1f}A4.2 4.2 0 0 0 {x + 4:.1f} {y - 1:.1f}Z", ink) + lid
    if eyes == "squeezed":
        return stroke([(x - 6, y + 1), (x, y + 3), (x + 6, y - 1)], ink, 3.2)
    raise ValueError(f"no eyes called {eyes!r}")


def _mouth(x, y, mouth, ink) -> str:
    red = "#a8392f"
    if mouth == "smile":
        return stroke([(x - 9, y - 2), (x, y + 3), (x + 9, y - 2)], red, 3)
    if mouth == "laugh":
        return path(
            f"M{x - 10:.1f} {y - 4:.1f}Q{x:.1f} {y + 15:.1f} {x + 10:.1f} {y - 4:.1f}Z", red
        )
    if mouth == "o":
        return ellipse(x, y, 4.5, 5.5, red)
    if mouth == "speak":
        return ellipse(x, y, 7, 5, red)
    if mouth == "blow":
        return circle(x, y, 3.4, red)
    if mouth in ("flat", "tired"):
        return stroke([(x - 7, y), (x, y + 0.5), (x + 7, y)], red, 3)
    if mouth == "sad":
        return stroke([(x - 8, y + 3), (x, y - 1), (x + 8, y + 3)], red, 3)
    if mouth == "cry":
        return path(
            f"M{x - 10:.1f} {y + 7:.1f}Q{x:.1f} {y - 14:.1f} {x + 10:.1f} {y + 7:.1f}Z", red
        )
    if mouth == "none":
        return ""
    raise ValueError(f"no mouth called {mouth!r}")
