"""One line of HTML in five short steps: what somebody who puts it together has answered so far.

Everything stands in the address of the page, by the names that the addresses of embeds have.
"""

from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pages.models import SiteLanguage, Stage, ThemePage, TopicPage
from pages.models.theme import Wash
from pages.names import said
from pages.versions import address
from partners.addresses import KEY_PARAMETER, embed_path, list_path, map_path, topic_path
from partners.lines import Lines
from partners.models import Partner
from partners.options import MOST_TOPICS, NO, WASH_NAMES, YES
from partners.titles import title_of_list, title_of_map
from partners.topics import topic_key
from professionals.departements import departements

TOPIC, THEME, STAGE, TOPICS, MAP = "sujet", "theme", "etape", "sujets", "carte"
# What it may be, with the parameter that says which.
KINDS = {
    TOPIC: (_("One topic"), "sujet"),
    THEME: (_("The topics of a theme"), "theme"),
    STAGE: (_("The topics of an age"), "etape"),
    TOPICS: (_("Topics that you choose"), "sujets"),
    MAP: (_("The professionals of a département, with their map"), "departement"),
}
WHAT, WHICH, LANGUAGE, LOOK, LINE = STEPS = range(1, 6)
STEP_NAMES = {
    WHAT: _("Kind of content"),
    WHICH: _("Your choice"),
    LANGUAGE: _("Language"),
    LOOK: _("Colour and pictures"),
    LINE: _("The line to copy"),
}
WASHES = {
    "": _("As usual: the colour of the theme, or the one of your institution"),
    **WASH_NAMES,
}
# In the order in which they are answered.
PARAMETERS = ("quoi", "sujet", "theme", "etape", "sujets", "departement", "langue", "couleur",
              "images", KEY_PARAMETER)  # fmt: skip
FRENCH = settings.LANGUAGE_CODE
LONGEST = 500  # characters of one answer
STEP, SENT = "pas", "fait"  # which step to open; which one was sent


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool
    is_there: bool = True  # else in another language alone
    language: str = ""  # the code of the label's, where it may be another than the reader's


class Assistant:
    """The answers in the *parameters* of an address (a QueryDict); what is none counts as not
    answered yet."""

    def __init__(self, parameters):
        last = {name: parameters.get(name, "")[:LONGEST] for name in PARAMETERS}
        # Each tick is a parameter of its own; in an address that is passed on, they are one.
        ticked = ",".join(parameters.getlist("sujets")).split(",", 10 * MOST_TOPICS)
        keys = [topic_key(text) for text in ticked[: 10 * MOST_TOPICS]]
        self.keys = list(dict.fromkeys(key for key in keys if key))
        last["sujets"] = ",".join(map(str, self.keys))
        self.given = {name: value for name, value in last.items() if name in parameters}
        self.kind = last["quoi"] if last["quoi"] in KINDS else ""
        self.typed_key = last[KEY_PARAMETER].strip()
        self.partner = Partner.objects.of_key(self.typed_key)
        self.asked_step = parameters.get(STEP, "")
        self.sent = parameters.get(SENT, "")

    @cached_property
    def which(self):
        """What was chosen, or None: a TopicPage, a ThemePage, a Stage, keys, a Departement."""
        if not self.kind:
            return None
        text = self.given.get(KINDS[self.kind][1], "")
        if self.kind == TOPIC:
            key = topic_key(text)
            return self._in_language(_topics().filter(translation_key=key)) if key else None
        if self.kind == THEME:
            # Each language may call it otherwise.
            themes = ThemePage.objects.readable()
            named = themes.filter(slug=text).values("translation_key")
            return self._in_language(themes.filter(translation_key__in=named))
        if self.kind == STAGE:
            return Stage.objects.filter(slug=text).first()
        if self.kind == MAP:
            return departements().get(text)
        return tuple(self.keys) if 0 < len(self.keys) <= MOST_TOPICS else None

    def _in_language(self, pages):
        """The page in the language that was chosen; else in that being read, in French, in any
        other; or None."""
        order = [self.language, get_language(), FRENCH]
        found = list(pages.select_related("locale").order_by("pk"))

        def place(page):
            code = _code(page)
            return order.index(code) if code in order else len(order)

        return min(found, key=place, default=None)

    @property
    def language(self):
        """The code that was chosen, "" for the reader's; None while it was not asked."""
        text = self.given.get("langue")
        return text if text == "" or text in dict(settings.LANGUAGES) else None

    @property
    def wash(self):
        """The Wash that was chosen, "" for the usual one; None while it was not asked."""
        text = self.given.get("couleur")
        return text if text == "" or text in Wash.values else None

    @property
    def has_pictures(self):
        """As it was chosen; else as the partner has it."""
        usual = getattr(self.partner, "pictures", True)
        return {YES: True, NO: False}.get(self.given.get("images"), usual)

    @cached_property
    def _topics_chosen(self):
        """The TopicPages, of any language, among which is what was chosen; None for a map."""
        if self.kind == TOPIC:
            return _topics().filter(translation_key=self.which.translation_key)
        if self.kind == TOPICS:
            return _topics().filter(translation_key__in=self.which)
        if self.kind == STAGE:
            return _topics().filter(stages=self.which)
        if self.kind == MAP:
            return None
        same = ThemePage.objects.readable().filter(translation_key=self.which.translation_key)
        paths = same.values_list("path", flat=True)
        return _topics().filter(reduce(or_, (Q(path__startswith=path) for path in paths)))

    @cached_property
    def languages_there(self):
        """The codes of the languages that have something of what was chosen."""
        if self._topics_chosen is None:
            return {code for code, _name in settings.LANGUAGES}
        codes = self._topics_chosen.order_by().values_list("locale__language_code", flat=True)
        return set(codes.distinct())

    @property
    def missing_language(self):
        """The name of the language that was chosen, where it has nothing of it; else ""."""
        if not self.language or self.language in self.languages_there:
            return ""
        return dict(settings.LANGUAGES)[self.language]

    @property
    def own_steps(self):
        """The steps whose answers change something: a map has neither colour nor pictures."""
        return [step for step in STEPS if step != LOOK or self.kind != MAP]

    @cached_property
    def open_step(self):
        """The first that is not answered; the last where all are."""
        answers = {
            WHAT: self.kind or None,
            WHICH: self.which,
            LANGUAGE: self.language,
            LOOK: self.wash,
        }
        open_ones = (step for step in self.own_steps if answers.get(step, "") is None)
        return next(open_ones, LINE)

    @cached_property
    def step(self):
        """The one to show: the one that was asked for, as far as what it builds on is there."""
        is_one = self.asked_step in map(str, self.own_steps)
        return min(int(self.asked_step), self.open_step) if is_one else self.open_step

    @property
    def problem(self):
        """What is wrong with what was sent, as a sentence; "" where nothing is."""
        if self.sent != str(self.step) or self.step == LINE:
            return ""
        if self.kind == TOPICS and self.step == WHICH and len(self.keys) > MOST_TOPICS:
            return _("A list holds %(most)d topics at most, and you chose %(number)d.") % {
                "most": MOST_TOPICS,
                "number": len(self.keys),
            }
        return _("Choose one of these.")

    @property
    def has_unknown_key(self):
        return bool(self.typed_key) and self.partner is None

    def query(self, **changes):
        """The answers so far, encoded, with others."""
        return urlencode(self.given | changes, safe=",")

    def hidden(self):
        """[(name, value)] of the answers that the form of this step passes on."""
        of_step = {
            WHAT: ("quoi",),
            WHICH: (KINDS[self.kind][1],) if self.kind else (),
            LANGUAGE: ("langue",),
            LOOK: ("couleur", "images"),
            LINE: (KEY_PARAMETER,),
        }[self.step]
        return [(name, value) for name, value in self.given.items() if name not in of_step]

    def steps(self):
        """[(number, name, query of the step or "" where it is not its turn yet, whether it is
        the one to show)]."""
        return [
            (
                number,
                STEP_NAMES[step],
                self.query(**{STEP: step}) if step <= self.open_step else "",
                step == self.step,
            )
            for number, step in enumerate(self.own_steps, start=1)
        ]

    def choices(self):
        """What this step offers: Choices, or {(theme, code of its language): Choices} of topics."""
        if self.step == WHAT:
            return _choices(self.kind, [(kind, label) for kind, (label, _by) in KINDS.items()])
        if self.step == LANGUAGE:
            return self._languages()
        if self.step == LOOK:
            return _choices(self.wash or "", WASHES.items())
        if self.step == LINE:
            return []
        chosen = self.given.get(KINDS[self.kind][1], "").split(",")
        if self.kind == THEME:
            themes = ThemePage.objects.readable().filter(locale__language_code=get_language())
            return _choices(chosen[0], [(one.slug, one.title) for one in themes.order_by("path")])
        if self.kind == STAGE:
            return _choices(chosen[0], [(s.slug, said(s, "name")[0]) for s in Stage.objects.all()])
        if self.kind == MAP:
            rows = departements().items()
            return _choices(chosen[0], [(code, f"{code} · {one.name}") for code, one in rows])
        return _shelves(chosen)

    def _languages(self):
        shown = set(SiteLanguage.objects.shown().values_list("language_code", flat=True))
        usual = _("That of each reader’s browser")
        if own := getattr(self.partner, "language", ""):
            usual = _("As usual, that of your institution: %(language)s")
            usual %= {"language": dict(settings.LANGUAGES)[own]}
        on = [
            Choice(code, name, code == self.language, code in self.languages_there)
            for code, name in settings.LANGUAGES
            if code in shown
        ]
        return [Choice("", usual, not self.language), *on]

    @property
    def look(self):
        """{name: value} of the options that say how the embed looks."""
        if self.kind == MAP:
            return {"language": self.language}
        look = {"language": self.language, "wash": self.wash}
        # Only what differs from what the partner has anyway.
        if self.has_pictures != getattr(self.partner, "pictures", True):
            look["pictures"] = self.has_pictures
        return look

    def path(self):
        """The path of the embed that was put together."""
        look = self.look
        if self.kind == TOPIC:
            return embed_path(self.which.translation_key, self.partner, **look)
        if self.kind == MAP:
            return map_path(self.partner, departement=self.which.code, **look)
        if self.kind == TOPICS:
            return list_path(self.partner, topics=self.which, **look)
        if self.kind == THEME:
            return list_path(self.partner, theme=self.which.slug, **look)
        return list_path(self.partner, stage=self.which.slug, **look)

    def title(self):
        """What the frame is called."""
        if self.kind == MAP:
            return title_of_map(self.which)
        if self.kind in (TOPICS, STAGE):
            return title_of_list(stage=self.which if self.kind == STAGE else None)
        return self.which.title

    def lines(self, site):
        """The Lines to copy; *site*: "https://host"."""
        page_url = ""
        if self.kind == THEME:
            page_url = site + address(self.which.locale.language_code, self.which.url_path)
        elif self.kind == TOPIC:
            page_url = site + topic_path(self.which.translation_key)
        return Lines(site, self.path(), self.title(), page_url)


def _topics():
    shown = SiteLanguage.objects.shown()
    return TopicPage.objects.readable().listed().filter(locale__in=shown)


def _shelves(chosen):
    """{(theme, code): Choices} of every topic, in the reader's language first, then in French,
    then in any other in which it is signed; *chosen*: keys, as text."""
    order = list(dict.fromkeys([get_language(), FRENCH, *dict(settings.LANGUAGES)]))
    topics = _topics().with_theme().select_related("locale").order_by("path")
    names = ("title", "translation_key", "path", "locale__language_code")
    best = {}
    for topic in sorted(topics.only(*names), key=lambda one: order.index(_code(one))):
        best.setdefault(str(topic.translation_key), topic)
    shelves = {}
    for key, topic in best.items():
        shelf = shelves.setdefault((topic.theme_details["title"], _code(topic)), [])
        shelf.append(Choice(key, topic.title, key in chosen, language=_code(topic)))
    return shelves


def _code(page):
    return page.locale.language_code


def _choices(chosen, pairs):
    return [Choice(value, label, value == chosen) for value, label in pairs]


def picture_choices(assistant):
    """The Choices of with or without pictures."""
    chosen = YES if assistant.has_pictures else NO
    return _choices(chosen, [(YES, _("With pictures")), (NO, _("Without pictures"))])
