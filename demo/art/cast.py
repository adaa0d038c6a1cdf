"""The invented families of the demo: one cast, so that a family looks the same everywhere."""

from .babies import Baby
from .palette import (
    CORAL,
    CORAL_SOFT,
    HAIR,
    LAGOON,
    LAGOON_MID,
    LAGOON_SOFT,
    LEAF,
    LEAF_SOFT,
    PLUM,
    PLUM_MID,
    PLUM_SOFT,
    SKIN,
    SUN,
    SUN_SOFT,
    WHITE,
)
from .people import Person
from .shapes import pattern

STRIPES = pattern("stripes", WHITE, LAGOON_MID, 16)

MOUSSA = Person(SKIN["brown"], "fade", HAIR["black"], CORAL, "#34506a", beard=True)
MOUSSA_BABY = Baby(SKIN["amber"], "curly", HAIR["black"], SUN_SOFT, LAGOON_SOFT)
SAMIRA = Person(SKIN["honey"], "short", HAIR["black"], PLUM, "#4b3a66", scarf=PLUM_MID)
SAMIRA_BABY = Baby(SKIN["honey"], "down", HAIR["black"], CORAL_SOFT, SUN_SOFT)
AWA = Person(SKIN["brown"], "braids", HAIR["black"], SUN, "#5b3f7a", earring=SUN)
AWA_BABY = Baby("#b0754a", "down", HAIR["black"], LAGOON_SOFT, PLUM_SOFT)
ERWAN = Person(
    SKIN["rose"], "short", HAIR["ginger"], LAGOON_MID, "#3b5568", beard=True, glasses=True
)
ERWAN_BABY = Baby(SKIN["rose"], "wisp", HAIR["ginger"], SUN_SOFT, LEAF_SOFT)
CLAIRE = Person(SKIN["peach"], "bob", HAIR["chestnut"], LEAF, "#34506a")
CLAIRE_BABY = Baby(SKIN["peach"], "tuft", HAIR["brown"], pattern("stripes", WHITE, CORAL_SOFT, 16))
NADIA = Person(SKIN["honey"], "wavy", HAIR["black"], CORAL, "#4b3a66", width=1.2)
NADIA_BABY = Baby(SKIN["honey"], "curly", HAIR["black"], LAGOON_SOFT, SUN_SOFT)
FATOU = Person(SKIN["deep"], wrap=CORAL, top=LAGOON_MID, bottom="#5b3f7a", earring=SUN)
FATOU_BABY = Baby(SKIN["deep"], "puffs", HAIR["black"], SUN_SOFT, CORAL_SOFT, ties=CORAL)
LUC = Person(SKIN["peach"], "tuft", HAIR["brown"], STRIPES, "#34506a")
KARIM = Person(SKIN["amber"], "curly", HAIR["black"], SUN, "#4a5a68", beard=True)
LILA = Baby(SKIN["honey"], "pigtails", HAIR["brown"], CORAL_SOFT)
MINH = Person(SKIN["peach"], "tuft", HAIR["black"], LAGOON, "#6a5440", glasses=True)
MINH_TWINS = (
    Baby(SKIN["peach"], "short", HAIR["black"], SUN_SOFT),
    Baby(SKIN["peach"], "short", HAIR["black"], LAGOON_SOFT),
)
LUCIE = Person(SKIN["rose"], "ponytail", HAIR["blond"], PLUM_MID, "#34506a", width=1.15)
LUCIE_BABY = Baby(SKIN["rose"], "wisp", HAIR["blond"], LEAF_SOFT, SUN_SOFT)
INAYA = Person(SKIN["amber"], "long", HAIR["black"], LAGOON_MID, "#5b3f7a")
INAYA_BABY = Baby(SKIN["amber"], "down", HAIR["black"], SUN_SOFT, PLUM_SOFT)
YVES = Person(SKIN["rose"], "elder", HAIR["white"], LEAF, "#6a5440", old=True, glasses=True)
JEANNE = Person(SKIN["rose"], "bun", HAIR["grey"], PLUM_MID, "#4a5a68", old=True, glasses=True)
AMA = Person(SKIN["brown"], "afro", HAIR["grey"], CORAL, "#34506a", old=True)
TOM = Person(SKIN["amber"], "locs", HAIR["black"], SUN, "#34506a", beard=True)
TOM_BABY = Baby(SKIN["brown"], "curly", HAIR["black"], LAGOON_SOFT, SUN_SOFT)
PAUL = Person(SKIN["peach"], "short", HAIR["brown"], PLUM_MID, "#34506a")
NURSE = Person(SKIN["brown"], "bun", HAIR["black"], "#e9f4f3", "#3b5568", glasses=True)
