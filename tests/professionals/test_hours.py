"""Opening hours: what no week can say is said beside it, “open now” only where it is known."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.translation import override

from professionals.hours_in_words import beside_the_week, in_words, told
from professionals.models import PublicPoint
from professionals.models.choices import State
from professionals.opening_hours import is_open
from professionals.weekly_hours import times_of
from tests.factories.professionals import ProfessionalFactory

PARIS = ZoneInfo("Europe/Paris")


def said(hours):
    with override("en"):
        return told(hours, "69")


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("hours", "week", "beside"),
    [
        (
            "We 09:30-11:30; PH,SH off",
            [("Wednesday", "9:30–11:30")],
            ["Closed on public holidays", "Closed in the school holidays"],
        ),
        (
            'Mo-Fr 09:00-12:00 "sur rendez-vous"',
            [("Monday to Friday", "9:00–12:00 (\u2068sur rendez-vous\u2069)")],
            [],
        ),
        ('"sur rendez-vous"', [], ["\u2068sur rendez-vous\u2069"]),
        (
            "Apr-Sep Mo 09:00-12:00",
            [("Monday", "9:00–12:00")],
            ["Only: April to September"],
        ),
        (
            'Mo 09:00-12:00; Aug off; Dec 24-31 off "vœux"',
            [("Monday", "9:00–12:00")],
            ["Closed: August", "Closed: December 24 to December 31 (\u2068vœux\u2069)"],
        ),
        (
            "Oct-Mar Mo 09:00-16:00; Apr-Sep Mo 09:00-18:00",
            [
                ("October to March, Monday", "9:00–16:00"),
                ("April to September, Monday", "9:00–18:00"),
            ],
            [],
        ),
        ("Sa[1,3] 10:00-12:00", [("first, third Saturday of the month", "10:00–12:00")], []),
        ("PH 10:00-12:00", [], ["Open on public holidays: 10:00–12:00"]),
        ("SH Mo-Fr 09:00-12:00", [], ["Open in the school holidays: Monday to Friday 9:00–12:00"]),
        (
            'Mo 09:00-12:00 unknown "appeler"',
            [("Monday", "9:00–12:00, to be confirmed (\u2068appeler\u2069)")],
            [],
        ),
    ],
)
def test_what_a_week_cannot_say_is_said_beside_it(hours, week, beside):
    assert said(hours) == (week, beside)


@pytest.mark.any_database
def test_of_what_has_no_words_here_the_week_that_is_is_told_as_such(time_machine):
    time_machine.move_to(datetime(2026, 11, 25, 10, tzinfo=PARIS), tick=False)
    odd, even = "week 1-53/2 Mo 09:00-12:00", "week 2-52/2 Mo 09:00-12:00"
    assert in_words(odd, "69") == []
    assert len(in_words(even, "69")) == 1
    assert beside_the_week(odd, "69") != beside_the_week(even, "69") != []


@pytest.mark.any_database
def test_open_now_is_never_said_where_it_is_not_known():
    def on(day, hours, code="69", zone=PARIS):
        return is_open(hours, code, datetime(*day, 10, tzinfo=zone))

    wednesday, thursday = (2026, 12, 23), (2026, 12, 24)
    assert on(wednesday, "We 09:30-11:30; SH off") is None
    assert on(thursday, "We 09:30-11:30; SH off") is False
    # The library takes these for Wednesdays all year, and for opening times.
    assert on(wednesday, "SH We 09:30-11:30") is None
    assert on(wednesday, '"sur rendez-vous"') is None
    assert on(wednesday, 'We 09:00-12:00 "sur rendez-vous"') is None
    assert on(wednesday, 'We 09:00-12:00 open "par la cour"') is True
    assert on(wednesday, "We 09:00+") is None


@pytest.mark.django_db
def test_public_holidays_are_those_of_the_departement(client, time_machine):
    """Good Friday and 26 December in Alsace and Moselle, the end of slavery overseas."""
    hours = "Mo-Su 08:00-18:30; PH off"
    for code, zone, *day in (
        ("57", "Europe/Paris", 2027, 3, 26),
        ("67", "Europe/Paris", 2027, 12, 26),
        ("68", "Europe/Paris", 2028, 4, 14),
        ("971", "America/Guadeloupe", 2027, 5, 27),
        ("972", "America/Martinique", 2027, 5, 22),
        ("973", "America/Cayenne", 2027, 6, 10),
        ("974", "Indian/Reunion", 2027, 12, 20),
        ("976", "Indian/Mayotte", 2027, 4, 27),
    ):
        at = datetime(*day, 10, tzinfo=ZoneInfo(zone))
        assert is_open(hours, code, at) is False, code
        assert is_open(hours, "69", datetime(*day, 10, tzinfo=PARIS)) is True, code
    time_machine.move_to(datetime(2027, 3, 26, 10, tzinfo=PARIS), tick=False)
    for name, commune in (("Alsace", "67482"), ("Rhône", "69387")):
        ProfessionalFactory(published=True, name=name, commune_code=commune, opening_hours=hours)
    ProfessionalFactory(published=True, name="Aussi", commune_code="67482", opening_hours="24/7")
    found = client.get(reverse("directory"), {"liste": 1, "ouvert": 1}).context["found"]
    assert [entry.name for entry in found.entries] == ["Aussi", "Rhône"]


@pytest.mark.django_db
def test_the_page_and_the_list_say_so_too(client, time_machine):
    time_machine.move_to(datetime(2026, 11, 25, 10, tzinfo=PARIS), tick=False)
    hours = 'We 09:30-11:30; SH off; Aug off "travaux"'
    entry = ProfessionalFactory(published=True, opening_hours=hours)
    page = client.get(entry.get_absolute_url()).content.decode()
    with override("fr"):
        _week, beside = told(hours, "69")
    assert len(beside) == 2
    assert page.count("data-beside") == 2
    assert "travaux" in page
    # Not among what is open: it may be a holiday. The card says as much as is known.
    assert PublicPoint.objects.get().hours.text == hours
    listed = client.get(reverse("directory"), {"liste": 1})
    assert listed.context["found"].entries[0].now_in_words()
    only_open = client.get(reverse("directory"), {"liste": 1, "ouvert": 1})
    assert only_open.context["found"].total == 0


@pytest.mark.django_db
def test_times_out_of_order_are_asked_back_at_their_day(visitor):
    here = visitor.send(visitor.begin().url, visitor.steps.place).url
    typed = {"hours_mo": "12h-9h", "hours_tu": "14h-14h", "hours_we": "14h-18h, 9h-12h"}
    page = visitor.send(here, visitor.steps.offer | typed)
    assert visitor.errors(page) == {"hours_mo", "hours_tu", "hours_we"}
    assert 'value="12h-9h"' in page.content.decode()
    assert times_of("9h-12h 14h-18h") == "09:00-12:00,14:00-18:00"
    assert times_of("18h30-0h") == "18:30-24:00"


@pytest.mark.django_db
def test_moderators_read_the_hours_as_they_are_written_too(client, moderator):
    hours = "We 09:30-11:30; SH off"
    entry = ProfessionalFactory(state=State.IN_REVIEW, opening_hours=hours)
    page = client.get(reverse("directory_desk", args=[entry.pk])).content.decode()
    with override("fr"):
        assert all(sentence in page for sentence in beside_the_week(hours, "69"))
    assert f"<code>{hours}</code>" in page
