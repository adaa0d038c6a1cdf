"""Draw the demo's film again: the evening ritual in three steps, 26 seconds.

Run ``python -m demo.art.film``. Frames are SVG from the same kit as the pictures, rendered
by ``rsvg-convert`` and sent to ``ffmpeg`` (both Debian packages). The film has no speech; its
captions and transcript are written by hand beside it. Written:
``demo/content/film/rituel-du-soir.mp4`` (1280 x 720, H.264 and AAC) and ``poster.webp``.
"""

import math
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from .build import CONTENT, raster
from .cast import MOUSSA, MOUSSA_BABY
from .furniture import armchair, cot_back, cot_front, room, rug, shelf, window
from .lullaby import write_tune
from .palette import (
    CORAL_SOFT,
    LAGOON_SOFT,
    NIGHT,
    NIGHT_DEEP,
    NIGHT_SOFT,
    SAND,
    SUN_SOFT,
    WOOD,
    darker,
    mix,
)
from .poses import chest, lap, trousers
from .scenes_sleep import DUSK, bedside
from .shapes import circle, document, ellipse, group, line, path, rect
from .things import open_book

FOLDER = CONTENT / "film"
WIDTH, HEIGHT, RATE = 1280, 720, 20
FADE = 0.8  # seconds that two scenes share
SCENES = (("light", 0.0, 9.0), ("book", 8.2, 17.2), ("cot", 16.4, 26.0))
LENGTH = 26.0
POSTER_AT = 19.6


def ease(t: float, start: float, end: float) -> float:
    """0 before `start`, 1 after `end`, and a soft slope between (seconds)."""
    k = max(0.0, min(1.0, (t - start) / (end - start)))
    return k * k * (3 - 2 * k)


def between(a, b, k):
    """The point at share `k` of the way from `a` to `b`."""
    return (a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k)


def camera(body: str, x: float, y: float, zoom: float) -> str:
    """An SVG file of 800 x 450 units that looks at (x, y) of a scene."""
    return document(group(body, x=400 - zoom * x, y=225 - zoom * y, s=zoom), 800, 450)


def dimming_lamp(x, y, s, light) -> str:
    """A lamp whose glow follows `light` (0–1)."""
    glow = circle(0, -78, 60 + 90 * light, SUN_SOFT, opacity=round(0.1 + 0.16 * light, 3))
    glow += circle(0, -78, 40 + 56 * light, SUN_SOFT, opacity=round(0.12 + 0.2 * light, 3))
    foot = ellipse(0, -4, 26, 7, darker(WOOD, 0.3)) + line(
        [(0, -6), (0, -56)], darker(WOOD, 0.3), 7
    )
    hood = path("M-22 -108H22L38 -54Q0 -46 -38 -54Z", mix("#b99b63", SUN_SOFT, light))
    return group(glow, foot, hood, x=x, y=y, s=s)


def light_scene(t: float) -> str:
    """The father, his baby against him, turns the lamp down while the moon rises."""
    light = 1 - 0.85 * ease(t, 3.6, 6.8)
    wall = mix(NIGHT, mix(DUSK, SUN_SOFT, 0.3), light)
    parts = room(
        wall,
        mix(NIGHT_DEEP, NIGHT, light),
        490,
        shape_tone=mix(wall, SUN_SOFT, 0.04 + 0.12 * light),
    )
    rise = 0.86 - 0.52 * ease(t, 0.0, 8.5)
    parts += window(
        560,
        110,
        150,
        190,
        night=True,
        curtains=mix(NIGHT_SOFT, CORAL_SOFT, 0.45 + 0.55 * light),
        moon=(0.6, rise),
    )
    chest_tone = mix(NIGHT_DEEP, darker(WOOD, 0.22), 0.55 + 0.45 * light)
    parts += rect(70, 380, 150, 130, chest_tone, 10)
    for y in (396, 450):
        parts += rect(84, y, 122, 46, mix(chest_tone, WOOD, 0.35), 6) + circle(145, y + 22, 6, SAND)
    parts += dimming_lamp(145, 382, 1.15, light)
    sway = math.sin(t * 1.4) * 1.1
    eyes = "closed" if 4.9 < t < 5.1 else "open"
    looks = {"turn": -0.7, "nod": 0.3, "eyes": eyes, "tilt": -4}
    small = {"eyes": "closed" if 2.4 < t < 2.55 or 6.9 < t < 7.05 else "open", "turn": -0.8}
    who = trousers(MOUSSA, 0, 0, 170, s=1.16)
    who += chest(MOUSSA, MOUSSA_BABY, 0, -214, 1.16, long=190, far=False, baby_face=small, **looks)
    hand = between((-118, -40), (-188, -106), ease(t, 2.4, 3.5))
    hand = between(hand, (-118, -40), ease(t, 7.2, 8.4))
    elbow = between((-112, -80), (-122, -60), ease(t, 2.4, 3.5))
    who += MOUSSA.arm((-52, -168), elbow, hand, 1.16, thumb=1)
    parts += group(who, x=384, y=470, rot=sway)
    push = ease(t, 0.0, 9.0)
    return camera(parts, 430 - 34 * push, 292, 1.16 - 0.12 * push)


def book_scene(t: float) -> str:
    """In the armchair: a book, a cuddle; the baby yawns and its eyes grow heavy."""
    parts = room(
        mix(DUSK, NIGHT, 0.35), NIGHT, 490, shape_tone=mix(mix(DUSK, NIGHT, 0.35), SUN_SOFT, 0.1)
    )
    parts += shelf(80, 190, 170) + rug(400, 556, 300, 36, CORAL_SOFT)
    parts += dimming_lamp(650, 522, 2.4, 0.42 + 0.03 * math.sin(t * 2))
    parts += armchair(400, 556, 1.24, LAGOON_SOFT)
    reads = t < 5.0 and int(t * 2.6) % 2 == 0
    tilt = 4 + math.sin(t * 1.1) * 1.6
    mouth = "speak" if reads else "smile"
    parts += MOUSSA.bust(
        (400, 246), (400, 430), s=1.1, turn=0.25, nod=0.9, eyes="down", mouth=mouth, tilt=tilt
    )
    parts += lap(MOUSSA, 400, 432, 1.1, 1.1)
    look = {"eyes": "open", "mouth": "laugh" if 1.5 < t < 3 else "smile"}
    if t > 3.9:
        look = {"eyes": "sleepy", "mouth": "smile"}
    if 5.0 < t < 6.3:
        look = {"eyes": "closed", "mouth": "o"}
    arms = [
        ((-52, 96), (-64, 108)),
        ((52, 96), between((64, 108), (30, 14), ease(t, 6.5, 7.1) - ease(t, 8.2, 8.7))),
    ]
    drowsy = -6 * ease(t, 3.8, 7.5)
    parts += MOUSSA_BABY.figure(400, 322, 0.68, 0, arms, "sit", nod=0.4, tilt=drowsy, **look)
    hand = arms[1][1]
    parts += circle(400 + hand[0] * 0.68, 322 + hand[1] * 0.68, 9.5, MOUSSA_BABY.skin)
    parts += open_book(400, 438 + math.sin(t * 1.1) * 1.5, 1.0, cover=CORAL_SOFT)
    parts += MOUSSA.arm((350, 292), (296, 400), (338, 448), 1.1, thumb=1, aim=10, fist=True)
    parts += MOUSSA.arm((450, 292), (504, 400), (462, 448), 1.1, thumb=-1, aim=170, fist=True)
    push = ease(t, 0.0, 9.0)
    return camera(parts, 400, 312 + 14 * push, 1.0 + 0.24 * push)


def cot_scene(t: float) -> str:
    """The father lays the baby down on its back, awake, in an empty cot, and steps back."""
    parts = room(NIGHT, NIGHT_DEEP, 480, shape_tone=mix(NIGHT, NIGHT_SOFT, 0.32))
    parts += window(580, 96, 130, 120, night=True, moon=(0.6, 0.42 - 0.012 * t)) + bedside(84, 480)
    down, away = ease(t, 0.4, 2.6), ease(t, 3.6, 5.0)
    bow = 1 - away
    neck, head = (390, 172 - 10 * away), (400, 122 + 12 * bow)
    eyes = "down" if t < 6.5 else "happy"
    parts += MOUSSA.bust(
        neck,
        (390, 330),
        head,
        s=1.1,
        turn=0.1 - 0.35 * away,
        nod=1 - 0.35 * away,
        eyes=eyes,
        tilt=3,
    )
    parts += cot_back(180, 262, 440, rails=64, deep=166)
    baby_eyes = "open" if t < 5.6 else "sleepy" if t < 7.4 else "closed"
    if 3.0 < t < 3.15:
        baby_eyes = "closed"
    lift = 64 * (1 - down)
    look = {"eyes": baby_eyes, "mouth": "smile", "nod": -0.3}
    breath = 1 + 0.006 * math.sin(t * 2.4)
    parts += MOUSSA_BABY.figure(312, 382 - lift, 0.72 * breath, -90, "rest", wear="bag", **look)
    left = between((350, 366 - lift), (312, 262), away)
    right = between((452, 376 - lift), (476, 262), away)
    parts += MOUSSA.arm(
        (340, 216), between((306, 300 - lift * 0.4), (296, 232), away), left, 1.1, thumb=-1, aim=60
    )
    parts += MOUSSA.arm(
        (440, 216), between((486, 300 - lift * 0.4), (500, 236), away), right, 1.1, thumb=1, aim=120
    )
    parts += cot_front(180, 262, 440, rails=64, deep=166)
    push = ease(t, 4.2, 9.4)
    return camera(parts, 400 - 20 * push, 288 - 16 * push, 1.0 + 0.14 * push)


DRAW = {"light": light_scene, "book": book_scene, "cot": cot_scene}


def frame(seconds: float) -> Image.Image:
    """The film's picture at `seconds`, with soft passages between scenes."""
    picture = None
    for name, start, end in SCENES:
        if start <= seconds <= end:
            drawn = raster(DRAW[name](seconds - start), WIDTH)
            share = ease(seconds, start, start + FADE) if picture else 1.0
            picture = Image.blend(picture, drawn, share) if picture else drawn
    dark = Image.new("RGB", (WIDTH, HEIGHT), NIGHT_DEEP)
    shown = min(ease(seconds, 0.0, 0.7), 1 - ease(seconds, LENGTH - 1.2, LENGTH - 0.1))
    return Image.blend(dark, picture, shown)


def main() -> None:
    """Render all frames and write the film and its poster."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    poster = frame(POSTER_AT).resize((960, 540), Image.Resampling.LANCZOS)
    poster.save(FOLDER / "poster.webp", "WEBP", quality=82, method=6)
    with tempfile.TemporaryDirectory() as folder:
        tune = Path(folder) / "tune.wav"
        write_tune(tune, LENGTH)
        command = ["ffmpeg", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24"]
        command += ["-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "-", "-i", str(tune)]
        command += ["-c:v", "libx264", "-preset", "slow", "-crf", "28", "-tune", "animation"]
        command += ["-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "56k", "-shortest"]
        command += ["-movflags", "+faststart", "-fflags", "+bitexact", "-map_metadata", "-1"]
        command += [str(FOLDER / "rituel-du-soir.mp4")]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
            for k in range(int(LENGTH * RATE)):
                encoder.stdin.write(frame(k / RATE).tobytes())
            encoder.stdin.close()
            if encoder.wait():
                raise SystemExit("ffmpeg could not write the film")


if __name__ == "__main__":
    main()
