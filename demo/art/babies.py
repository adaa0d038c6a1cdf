"""Babies: one front view, drawn upright around the head's centre, then turned and scaled.

At scale 1 a baby's head is 82 units high and the body about 290 long, so that the head is
a good quarter of the whole; scenes use scales of 0.55 (newborn) to 0.8 beside adults.
"""

import math
from dataclasses import dataclass, replace

from . import hair
from .palette import SKIN, WHITE, darker, lighter
from .people import face_parts, shadow_of
from .shapes import bend, circle, clip, ellipse, group, path, shape, stroke, taper

ARMS = {
    "up": [((-72, 84), (-70, 34)), ((72, 84), (70, 34))],
    "out": [((-66, 78), (-92, 58)), ((66, 78), (92, 58))],
    "down": [((-56, 98), (-50, 138)), ((56, 98), (50, 138))],
    "belly": [((-58, 98), (-24, 118)), ((58, 98), (24, 118))],
    "front": [((-52, 92), (-18, 86)), ((52, 92), (18, 86))],
    "joy": [((-66, 50), (-84, 8)), ((66, 50), (84, 8))],
    "rest": [((-56, 96), (-70, 128)), ((56, 96), (70, 128))],
}
LEGS = {
    "flexed": [((-62, 182), (-34, 222), -25), ((62, 182), (34, 222), 25)],
    "straight": [((-30, 200), (-32, 246), -12), ((30, 200), (32, 246), 12)],
    "sit": [((-70, 176), (-82, 196), -60), ((70, 176), (82, 196), 60)],
    "kick": [((-58, 176), (-64, 226), -30), ((66, 168), (48, 208), 30)],
    "dangle": [((-34, 186), (-36, 226), -8), ((34, 186), (36, 226), 8)],
}


@dataclass(frozen=True)
class Baby:
    """The look of one baby; `suit` may be a pattern."""

    skin: str = SKIN["peach"]
    hair: str = "wisp"
    hair_colour: str = "#553524"
    suit: str = "#9fd3d0"
    bag: str = "#cdb7e2"
    ties: str = ""

    def but(self, **changes) -> "Baby":
        """The same baby in other clothes."""
        return replace(self, **changes)

    def head(
        self, x=0.0, y=0.0, s=1.0, tilt=0, turn=0.0, nod=0.0, eyes="open", mouth="smile"
    ) -> str:
        """The head around (x, y); arguments as for `people.Person.head`."""
        dx, dy = turn * 13, nod * 9
        ears = circle(-41 - dx * 0.3, 8, 8, self.skin) + circle(41 - dx * 0.3, 8, 8, self.skin)
        tone = darker(self.skin, 0.1)
        ears += circle(-42 - dx * 0.3, 8, 3.5, tone) + circle(42 - dx * 0.3, 8, 3.5, tone)
        outline = "M-42 2C-44 -52 44 -52 42 2C45 28 22 41 0 41C-22 41 -45 28 -42 2Z"
        skull = path(outline, self.skin)
        back = hair.behind(self.hair, self.hair_colour)
        if self.ties:
            back += circle(-32, -34, 6, self.ties) + circle(32, -34, 6, self.ties)
        top = hair.before(self.hair, self.hair_colour, dx * 0.5)
        face = clip(outline, face_parts(self.skin, dx, dy, eyes, mouth, True))
        return group(back, ears, skull, face, top, x=x, y=y, s=s, rot=tilt)

    def figure(self, x, y, s=0.6, rot=0, arms="up", legs="flexed", wear="pyjama", **face) -> str:
        """The whole baby; (x, y) is the head's centre and `rot` turns the body around it.

        `arms` and `legs` name a pose or list the joints; `wear` is "pyjama", "bag" (a sleeping
        bag over pyjamas), "body" (bare legs), "nappy" or "bare"; the rest goes to `head`.
        """
        body = self._body(arms, legs, wear)
        return group(body, self.head(**face), x=x, y=y, s=s, rot=rot)

    def _body(self, arms, legs, wear) -> str:
        arms = ARMS[arms] if isinstance(arms, str) else arms
        legs = LEGS[legs] if isinstance(legs, str) else legs
        naked = wear in ("nappy", "bare")
        trunk = self.skin if naked else self.suit
        parts = "".join(self.limb_leg(side, leg, wear) for side, leg in zip((-1, 1), legs))
        if wear == "bag":
            parts = ""
        belly = [(-30, 46), (0, 38), (30, 46), (46, 80), (47, 130), (34, 160), (0, 166)]
        belly += [(-34, 160), (-47, 130), (-46, 80)]
        parts += shape(belly, trunk)
        if naked:
            parts += ellipse(0, 124, 2.6, 3, darker(self.skin, 0.25))
        if wear == "nappy":
            cloth = shape([(-49, 132), (0, 140), (49, 132), (44, 160), (0, 178), (-44, 160)], WHITE)
            parts += cloth + stroke([(-46, 137), (0, 146), (46, 137)], "#cfe6e4", 3)
        if wear == "pyjama":
            tone = shadow_of(self.suit)
            parts += "".join(circle(0, y, 3.4, tone) for y in (74, 98, 122))
        if wear == "bag":
            parts += self._bag()
        parts += "".join(self.limb_arm(side, arm, naked) for side, arm in zip((-1, 1), arms))
        return parts

    def _bag(self) -> str:
        tone = shadow_of(self.bag)
        outline = [(-26, 44), (-42, 70), (-50, 130), (-62, 210), (-52, 262), (0, 274), (52, 262)]
        outline += [(62, 210), (50, 130), (42, 70), (26, 44), (14, 58), (0, 62), (-14, 58)]
        zip_line = stroke([(0, 64), (0, 170), (20, 236)], tone, 3)
        hem = stroke([(-50, 250), (0, 262), (50, 250)], tone, 3)
        return shape(outline, self.bag, 0.8) + zip_line + hem + circle(0, 66, 4, tone)

    def limb_arm(self, side, joints, naked=False) -> str:
        """One arm in the baby's own coordinates; `side` is -1 (left of the drawing) or 1."""
        elbow, hand = joints
        points = bend((side * 33, 62), elbow, hand)
        aim = math.degrees(math.atan2(hand[1] - elbow[1], hand[0] - elbow[0]))
        palm = group(
            ellipse(11, 0, 14.5, 12.5, self.skin),
            taper([(8, -side * 7), (15, -side * 13)], 9, 7, self.skin),
            x=hand[0],
            y=hand[1],
            rot=aim,
        )
        if naked:
            return (
                palm
                + taper(points, 31, 26, darker(self.skin, 0.09))
                + taper(points, 29, 23, self.skin)
            )
        edge = taper(points, 35, 31, shadow_of(self.suit), 0.2)
        return edge + taper(points, 33, 26, self.suit) + palm

    def limb_leg(self, side, joints, wear="pyjama") -> str:
        """One leg in the baby's own coordinates: joints are (knee, ankle, foot's angle)."""
        knee, ankle, turn = joints
        points = bend((side * 22, 150), knee, ankle)
        bare = wear in ("nappy", "bare", "body")
        cloth = self.skin if bare else self.suit
        foot = group(
            ellipse(0, 10, 15, 20, self.skin if bare else self.suit),
            x=ankle[0],
            y=ankle[1],
            rot=-turn,
        )
        if bare:
            toes = "".join(
                circle(-9 + k * 4.5, 27 - abs(k - 2) * 0.8, 3.4, self.skin) for k in range(5)
            )
            foot += group(toes, x=ankle[0], y=ankle[1], rot=-turn)
        edge = taper(points, 45, 33, shadow_of(cloth) if not bare else darker(self.skin, 0.09))
        return edge + foot + taper(points, 42, 30, cloth)

    def profile(self, x, y, s=0.6, rot=0, eyes="closed", flip=False) -> str:
        """The head seen from its side, mouth open to the right, for a baby at the breast."""
        d = (
            "M-8 -44C-40 -44 -50 -14 -46 8C-43 30 -26 44 -2 43C12 42 22 38 27 31"
            "C30 27 29 24 26 22L20 17L31 10C34 7 33 4 31 1C36 1 38 -3 36 -6C33 -10 32 -14 31 -20C27 -36 12 -44 -8 -44Z"
        )
        skull = path(d, self.skin)
        tone = darker(self.skin, 0.12)
        fuzz = path(
            "M26 -30C14 -50 -30 -54 -46 -22C-52 -4 -48 16 -40 26C-34 20 -34 6 -24 -2C-8 -10 10 -18 26 -30Z",
            self.hair_colour,
            opacity=0.8,
        )
        ear = ellipse(-20, 8, 8, 10, self.skin) + ellipse(-20, 8, 4, 6, tone)
        lid = stroke([(13, -4), (18, 0), (25, -3)], "#22303c", 3)
        if eyes == "open":
            lid = circle(20, -4, 4.2, "#22303c") + circle(21.4, -5.6, 1.4, WHITE)
        cheek = ellipse(8, 16, 10, 8, "#e0705c", 0, 0.34)
        return group(skull, fuzz, ear, cheek, lid, x=x, y=y, s=s, rot=rot, flip=flip)

    def bundle(self, x, y, s=0.6, rot=0, wear=None, **face) -> str:
        """A baby wrapped up to the chest in a light cloth, for arms (never for a cot)."""
        cloth = wear or self.bag
        outline = [
            (-40, 52),
            (0, 44),
            (40, 52),
            (54, 110),
            (44, 190),
            (0, 222),
            (-44, 190),
            (-54, 110),
        ]
        fold = stroke([(-40, 60), (0, 100), (44, 130)], shadow_of(cloth), 3.5)
        body = shape(outline, cloth) + fold
        return group(body, self.head(**face), x=x, y=y, s=s, rot=rot)


def speckle(d: str, colour: str, spots) -> str:
    """Light dots inside the outline `d`: a soft print on cloth."""
    return clip(d, "".join(circle(x, y, 4, lighter(colour, 0.4)) for x, y in spots))
