"""What kinds, priorities, grounds and sectors are called in the language being read, by slug.

In French they bear the official names of professionals/data/directory.json; elsewhere these.
"""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "pmi": _("PMI: mother and child health centre"),
    "sante": _("Health professional or health centre"),
    "mode-accueil": _("Childcare for young children"),
    "rpe": _("Relais petite enfance: advice on childcare"),
    "laep": _("LAEP: a place where children and parents meet"),
    "maison-parents": _("House for parents and families"),
    "saad": _("Home help for families"),
    "information-conseil": _("Information and advice centre"),
    "groupe-parents": _("Organiser of parents' groups"),
    "cafe-parents": _("Parents' workshops or café"),
    "centre-social": _("Community centre"),
    "jeunesse": _("Youth services or educational city"),
    "handicap": _("Disability resource centre or place for young children with a disability"),
    "sapph": _("Support in being a parent for people with a disability"),
    "relais-parental": _("Relais parental: a place for a child when parents need a break"),
    "centre-parental": _("Centre parental: a home for parents with their child"),
    "ase": _("Child welfare service"),
    "culture": _("Cultural place where young children discover the arts"),
    "sport": _("Sports club or centre"),
    "parc": _("Park or garden with games for children up to 2"),
}
PRIORITIES = {
    "informer": _("Inform about the first 1000 days"),
    "accompagner": _("Support parents and parents-to-be during the first 1000 days"),
    "situations-specifiques": _("Offer support for particular situations"),
    "partager-souffler": _("Let parents share and catch their breath"),
    "sante-environnement": _("Act for young children's health and a safe environment"),
    "eveiller": _("Awaken to the arts, nature and tastes"),
    "conciliation": _("Help to combine work and family"),
    "accueillir": _("Welcome children and their parents"),
    "former": _("Train and support professionals of the first 1000 days"),
    "peres-seconds-parents": _("Fathers and second parents"),
}
GROUNDS = {
    "service-public": _("Service of the State, the social security or a local authority"),
    "finance": _("Funded by the State, the social security or a local authority"),
    "conventionne": _("Under contract with a social security fund (family, health or MSA)"),
    "autorise": _("Authorised or approved by a public authority"),
}
