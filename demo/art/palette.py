"""The colours of the demo's drawings: the site's five washes and a few deep tones."""

INK = "#22303c"
PAPER = "#fffaf4"
WHITE = "#ffffff"
CREAM = "#fff3df"

CORAL = "#d9604c"
CORAL_DEEP = "#b23a2e"
CORAL_SOFT = "#f4a994"
CORAL_WASH = "#fde9e3"

LAGOON = "#0b5f66"
LAGOON_MID = "#3f979a"
LAGOON_SOFT = "#9fd3d0"
LAGOON_WASH = "#e0f2f1"

SUN = "#f2b53c"
SUN_SOFT = "#ffdc8a"
SUN_WASH = "#fff1cc"

PLUM = "#6f4a8e"
PLUM_MID = "#9a78b8"
PLUM_SOFT = "#cdb7e2"
PLUM_WASH = "#efe6f7"

LEAF = "#55894a"
LEAF_SOFT = "#aed096"
LEAF_WASH = "#e6f2dd"

WOOD = "#dba97a"
WOOD_DEEP = "#b87f4f"
SAND = "#f3dfc4"

NIGHT = "#27485a"
NIGHT_DEEP = "#1b3646"
NIGHT_SOFT = "#3f6478"
MOON = "#ffe9a8"

SKIN = {
    "rose": "#fad9c3",
    "peach": "#f2c19b",
    "honey": "#dca071",
    "amber": "#bd8052",
    "brown": "#915a38",
    "deep": "#6b4029",
}
HAIR = {
    "black": "#2a1d1c",
    "brown": "#553524",
    "chestnut": "#8a5130",
    "ginger": "#c4692f",
    "blond": "#dcae55",
    "grey": "#b9b8ba",
    "white": "#ece9e4",
}


def mix(colour: str, other: str, share: float) -> str:
    """Return `colour` with `share` (0–1) of `other` in it; both are #rrggbb."""
    ours = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    theirs = [int(other[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(ours, theirs))


def darker(colour: str, share: float = 0.16) -> str:
    """Return `colour` a little nearer to a warm dark brown: for folds and shadows."""
    return mix(colour, "#3a1510", share)


def lighter(colour: str, share: float = 0.3) -> str:
    """Return `colour` a little nearer to white."""
    return mix(colour, "#ffffff", share)
