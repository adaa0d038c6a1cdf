"""Whether an entry is in the directory already."""

from difflib import SequenceMatcher

from django.db.models import Q

from .words import folded

# From this share of common letters on, two names of one commune may mean the same.
ALIKE = 0.85
# How the INSEE codes of the arrondissements of Paris, Lyon and Marseille begin: an entry may be
# under either.
ARRONDISSEMENTS = {"75056": "751", "69123": "6938", "13055": "132"}
# What says nothing about which of several it is.
EMPTY_WORDS = frozenset({"l", "d", "le", "la", "les", "de", "du", "des", "et", "a", "au", "aux"})


def _bare(name):
    return " ".join(word for word in folded(name).split() if word not in EMPTY_WORDS)


def alike(name, other):
    """Whether two names may mean the same, but for small differences."""
    return _alike(_bare(name), _bare(other))


def _alike(one, two):
    if not one or not two:
        return False
    if one == two or sorted(one.split()) == sorted(two.split()):
        return True
    both = SequenceMatcher(None, one, two)
    # The first two say in a moment that it cannot be so much: Paris has thousands of names.
    shares = (both.real_quick_ratio, both.quick_ratio, both.ratio)
    return all(share() >= ALIKE for share in shares)


def _one_town(code):
    """The codes of all that is one town with the commune of this *code*."""
    for whole, begin in ARRONDISSEMENTS.items():
        if code == whole or code.startswith(begin):
            places = 5 - len(begin)
            return [whole, *(f"{begin}{number:0{places}}" for number in range(1, 10**places))]
    return [code]


def similar(entries, name, commune, siret=""):
    """Those of the QuerySet *entries* with this SIRET, or with a name alike in this commune
    (either may be lacking), as a list. Paris and each of its arrondissements are one commune."""
    condition = Q(pk=None)
    if siret:
        condition |= Q(siret=siret)
    if commune is not None:
        condition |= Q(commune__in=_one_town(commune.pk))
    known = entries.exclude(state="started").exclude(purged_at__isnull=False).filter(condition)
    bare = _bare(name)
    pks = [
        pk
        for pk, its_name, its_siret in known.values_list("pk", "name", "siret")
        if (siret and its_siret == siret) or _alike(bare, _bare(its_name))
    ]
    return list(entries.filter(pk__in=pks).select_related("kind", "commune"))
