"""A soft tune for the demo's film, made from sine waves: nobody's song but ours."""

import math
import struct
import wave
from pathlib import Path

RATE = 24_000
BEAT = 0.68  # seconds
# Steps of a major scale from C5 (0) and their length in beats; None is a rest.
TUNE = (
    (4, 1), (2, 1), (0, 2), (2, 1), (4, 1), (5, 2), (4, 1), (2, 1), (4, 2), (1, 3), (None, 1),
    (4, 1), (2, 1), (0, 2), (2, 1), (4, 1), (7, 2), (5, 1), (4, 1), (2, 2), (0, 4),
)  # fmt: skip
BASS = ((0, 4), (3, 4), (0, 4), (4, 4), (0, 4), (3, 4), (4, 4), (0, 4))
SCALE = (0, 2, 4, 5, 7, 9, 11, 12)


def _pitch(degree: int, base: float) -> float:
    return base * 2 ** (SCALE[degree] / 12)


def _pluck(samples: list[float], start: float, pitch: float, loud: float, ring: float) -> None:
    """Add one music-box note at `start` seconds that fades within about `ring` seconds."""
    first = int(start * RATE)
    for i in range(min(int(ring * 2.2 * RATE), len(samples) - first)):
        t = i / RATE
        swell = min(t / 0.012, 1.0)
        fade = math.exp(-t * 2.6 / ring)
        wave_ = math.sin(math.tau * pitch * t) + 0.22 * math.sin(math.tau * pitch * 2 * t) * fade
        samples[first + i] += loud * swell * fade * wave_


def write_tune(target: Path, seconds: float) -> None:
    """Write the tune as a mono WAV file of `seconds`, with a fade at its end."""
    samples = [0.0] * int(seconds * RATE)
    for line, base, loud, ring in ((TUNE, 523.25, 0.2, 1.1), (BASS, 130.81, 0.16, 2.0)):
        start = 0.5
        for degree, beats in line:
            if degree is not None and start < seconds - 1:
                _pluck(samples, start, _pitch(degree, base), loud, ring)
            start += beats * BEAT
    last = int(2.5 * RATE)
    for i in range(last):
        samples[-1 - i] *= i / last
    with wave.open(str(target), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(
            b"".join(struct.pack("<h", int(max(-1, min(1, s)) * 30_000)) for s in samples)
        )
