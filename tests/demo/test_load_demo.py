"""The whole demo, loaded once for all that is asked of it here."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, Site, TaskState

from accounts.models import User
from benchmarks.page_types import NOT_KEPT, page_types
from demo.loading import translations
from demo.mails import kept_mail_files, read_mail
from media.models import Illustration, Recording
from media.rights import rights_of_files
from pages.models import HelpNumber, HomePage, ThemePage, TopicPage
from pages.models import Stage as Age
from tests import databases
from tests.conftest import DEMO_PASSWORD
from workgroups.models import (
    EditorialRecord,
    IllustrationBrief,
    Meeting,
    Remark,
    SignOff,
    Stage,
    Workgroup,
)
from workgroups.signing import signatures_missing

ACCOUNTS = [
    "autrice",
    "auteur",
    "illustratrice",
    "validatrice",
    "validateur",
    "traductrice",
    "coordinatrice",
    "annuaire",
    "partenaires",
    "admin",
]
MOST_NODES = 300
# How it is loaded on SQLite, and that it is what was signed: tests/tools/test_demo_runs.py.
pytestmark = pytest.mark.with_the_browsers


@pytest.fixture(scope="module")
def _in_its_database(loaded_demo, django_db_blocker):
    with django_db_blocker.unblock(), databases.copied(loaded_demo.database, "looked_at"):
        yield


@pytest.fixture(autouse=True)
def loaded(kept_apart, _in_its_database, loaded_demo, settings, db):
    settings.DEMO = True
    settings.DEMO_PASSWORD = DEMO_PASSWORD
    settings.EMAIL_BACKEND = "demo.mails.EmailBackend"
    settings.EMAIL_FILE_PATH = loaded_demo.mails
    settings.MEDIA_ROOT = loaded_demo.files
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8000"
    settings.ROOT_URLCONF = "tests.demo.urls"


def record_of(slug):
    return EditorialRecord.objects.get(locale__language_code="fr", page__slug=slug)


def test_ten_people_may_log_in(client):
    for name in ACCOUNTS:
        user = User.objects.get(email=f"{name}@demo.invalid")
        assert user.check_password(DEMO_PASSWORD)
        assert user.display_name
        assert user.profession
        assert user.groups.count() == 1


def test_three_groups_each_with_authors_and_an_illustrator():
    groups = list(Workgroup.objects.all())
    assert len(groups) == 3
    for group in groups:
        assert 2 <= group.memberships.authors().count() <= 3
        assert group.has_illustrator()
        assert group.themes.exists()
    first = Workgroup.objects.get(memberships__user__email="autrice@demo.invalid")
    assert first.memberships.authors().filter(user__email="auteur@demo.invalid").exists()


def test_enough_for_a_visit():
    assert ThemePage.objects.live().count() >= 5
    assert TopicPage.objects.count() >= 16
    assert TopicPage.objects.live().count() >= 10
    assert Age.objects.filter(picture=None).count() == 0
    assert HelpNumber.objects.count() == 8
    home = HomePage.objects.get(locale__language_code="fr")
    assert Site.objects.get(is_default_site=True).root_page.specific == home
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_every_live_topic_is_what_was_signed(capsys):
    call_command("verify_signoffs")
    assert "each as it was signed" in capsys.readouterr().out


def test_health_topics_carry_two_signatures():
    # One theme, in each of its languages.
    themes = ThemePage.objects.filter(required_signatures=2)
    assert len({theme.translation_key for theme in themes}) == 1
    topics = [t for theme in themes for t in TopicPage.objects.live().child_of(theme)]
    assert topics
    for topic in topics:
        assert len({s.signatory_id for s in topic.valid_sign_offs}) == 2


def test_there_is_a_topic_at_every_stage():
    stages = set(EditorialRecord.objects.values_list("stage", flat=True))
    assert stages == set(Stage) - {Stage.WITHDRAWN}


def test_rights_have_something_to_tell():
    """A picture on loan stands in two topics, one of them in five languages and in easy French,
    and must go back soon; a draft's has no text."""
    report = rights_of_files(User.objects.get(email="coordinatrice@demo.invalid"))
    (ending,) = [row for row in report if row.ends_soon]
    assert ending.number_of_places == 2 + 4 + 1
    (silent,) = [row for row in report if "text" in row.lacking]
    assert silent.number_of_places == 1
    assert not [row for row in report if row.has_ended or "credit" in row.lacking]


def test_one_is_late_and_one_due_for_review():
    late = [r.page.slug for r in EditorialRecord.objects.filter(due_on__isnull=False) if r.is_late]
    assert late == ["les-premieres-dents"]
    due = [r.page.slug for r in EditorialRecord.objects.review_due()]
    assert due == ["les-ecrans-avant-3-ans"]


def test_a_meeting_is_tomorrow_one_was_held_and_one_is_cancelled():
    tomorrow, cancelled = Meeting.objects.coming()
    day = timezone.localdate() + timedelta(days=1)
    assert timezone.localdate(tomorrow.starts_at) == day
    assert cancelled.is_cancelled
    held = Meeting.objects.past().first()
    assert held.attendance.count() == 3
    assert Remark.objects.get(decision__meeting=held).due_on > timezone.localdate()
    mails = [read_mail(path, "http://localhost:8000").text for path in kept_mail_files()]
    assert any(reverse("meeting", args=[tomorrow.pk]) in text for text in mails)
    assert not Meeting.objects.filter(changed_at__gt=timezone.now()).exists()


def test_a_picture_goes_to_and_fro_with_remarks_pinned_on_it():
    open_ones = IllustrationBrief.objects.open()
    (brief,) = [b for b in open_ones.with_topics() if b.latest_version]
    remarks = brief.latest_version.remarks.all()
    assert [remark.answered_at is None for remark in remarks] == [False, True]
    assert open_ones.exclude(pk=brief.pk).get().due_on > timezone.localdate()
    assert IllustrationBrief.objects.get(state="accepted").illustration


def test_one_was_sent_back_with_a_reason():
    record = record_of("mon-enfant-refuse-de-manger")
    assert record.stage == Stage.DRAFT
    sent_back = TaskState.objects.get(
        workflow_state__object_id=str(record.page_id), status=TaskState.STATUS_REJECTED
    )
    assert "angine" in sent_back.comment
    assert sent_back.finished_by.email == "validatrice@demo.invalid"


def test_one_is_in_its_second_round_while_parents_read_the_first():
    record = record_of("les-premiers-aliments")
    assert record.in_round
    page = record.page.specific
    assert page.live
    assert page.latest_revision_id != page.live_revision_id
    draft = page.get_latest_revision_as_object()
    assert draft.content_hash() != page.content_hash()


def test_one_waits_for_its_second_signature():
    record = record_of("les-vaccins-sans-stress")
    assert record.stage == Stage.SIGN_OFF
    assert SignOff.objects.filter(page=record.page_id).count() == 1
    assert signatures_missing(record) == 1


def test_one_goes_out_by_itself(monkeypatch):
    record = record_of("preparer-un-biberon")
    assert record.publish_at > timezone.now()
    later = record.publish_at + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("run_due")
    assert TopicPage.objects.get(pk=record.page_id).live


def test_the_past_is_spread_over_a_year_and_nothing_is_to_come():
    now = timezone.now()
    moments = PageLogEntry.objects.filter(page__in=TopicPage.objects.all()).values_list(
        "timestamp", flat=True
    )
    assert min(moments) < now - timedelta(days=390)
    assert max(moments) <= now
    assert not Revision.objects.filter(created_at__gt=now).exists()
    for topic in TopicPage.objects.all():
        told = topic.revisions.order_by("created_at")
        assert list(told) == list(topic.revisions.order_by("pk"))
        assert told.count() >= 1
    written_here = TopicPage.objects.listed().filter(locale__language_code="fr")
    assert written_here.exists()
    for topic in TopicPage.objects.live():
        assert topic.revisions.values("user").distinct().count() >= 2
        # A translation begins with all that its topic says.
        assert topic.revisions.count() >= (4 if topic in written_here else 3)


def test_two_topics_are_in_all_languages_and_one_of_them_is_behind():
    live = TopicPage.objects.live()
    for slug in ("coucher-bebe-en-securite", "bebe-pleure-et-je-n-en-peux-plus"):
        codes = set(live.filter(slug=slug).values_list("locale__language_code", flat=True))
        assert codes == {code for code, _name in settings.LANGUAGES}
    behind = EditorialRecord.objects.exclude(behind_since=None)
    assert [(r.page.slug, r.language, r.stage) for r in behind] == [
        ("bebe-pleure-et-je-n-en-peux-plus", "tr", Stage.DRAFT)
    ]
    for record in EditorialRecord.objects.exclude(source=None).filter(page__live=True):
        for sign_off in record.page.specific.valid_sign_offs:
            assert sign_off.signatory.reads(record.language)


def test_each_language_is_searched_in_its_own_words(client):
    """Other forms of a word, letters without their signs, and what ages are called there."""
    safely, crying = "coucher-bebe-en-securite", "bebe-pleure-et-je-n-en-peux-plus"
    asked = {
        ("en", "cries"): crying,
        ("en", "pregnancy"): safely,
        ("ar", "تنام"): safely,
        ("ar", "الحمل"): safely,
        ("uk", "плаче"): crying,
        ("uk", "вагітність"): safely,
        ("tr", "agliyor"): crying,
        ("tr", "hamilelik"): safely,
    }
    for (code, words), slug in asked.items():
        answer = client.get(f"/{code}/recherche/", {"q": words})
        assert f"/{slug}/" in answer.content.decode(), words
    assert "Grossesse" not in client.get("/ar/recherche/", {"q": "تنام"}).content.decode()


def test_search_engines_are_told_what_each_page_that_they_keep_is(client):
    for kind, path in page_types().items():
        if kind.startswith(NOT_KEPT):
            continue
        page = client.get(path).content.decode()
        told = re.findall(r'<meta name="description" content="[^"]+">', page)
        assert len(told) == 1, kind


def test_no_source_was_read_after_the_signature():
    for topic in TopicPage.objects.live():
        signed = min(s.signed_at for s in topic.valid_sign_offs)
        assert all(s.value["read_on"] <= timezone.localdate(signed) for s in topic.sources)


def test_every_source_leads_to_what_can_be_checked():
    for topic in TopicPage.objects.all():
        latest = topic.get_latest_revision_as_object()
        for source in (*topic.sources, *latest.sources):
            steps = urlsplit(source.value["url"]).path.strip("/").split("/")
            page = [step for step in steps if not re.fullmatch("([a-z]{2}(-[a-z]{2})?)?", step)]
            assert page, f"{topic.slug}: {source.value['url']} is a site's front door"


def test_pictures_have_their_credit_and_the_film_its_words():
    assert not Illustration.objects.filter(credit_name="").exists()
    silent = Illustration.objects.filter(description="").values_list("title", flat=True)
    assert list(silent) == ["Reprendre le travail"]  # in a draft: the report on rights tells
    lent = Illustration.objects.exclude(licence="full_rights").get()
    assert lent.licence_text
    assert timedelta() < lent.licence_until - timezone.localdate() < timedelta(days=90)
    film = Recording.objects.get()
    assert film.transcript
    assert film.thumbnail
    assert film.caption_tracks.get().language == "fr"


def test_the_past_has_its_mails():
    mails = [read_mail(path, "http://localhost:8000") for path in kept_mail_files()]
    assert len(mails) > 50
    now = timezone.now()
    assert mails[-1].sent_at < now - timedelta(days=390)
    assert mails[0].sent_at <= now
    assert [m.sent_at for m in mails] == sorted((m.sent_at for m in mails), reverse=True)
    assert any("un rhume, une angine" in m.text for m in mails)
    assert all("http://localhost:8000/admin/" in m.text for m in mails)


class Nodes(HTMLParser):
    """Counts the elements of a page, and its links that lead nowhere."""

    count = 0
    links_to_nothing = 0

    def handle_starttag(self, tag, attrs):
        self.count += 1
        self.links_to_nothing += tag == "a" and not dict(attrs).get("href")


def test_every_public_page_answers_its_links_lead_somewhere_and_no_topic_is_heavy(client):
    for page in Page.objects.live().filter(depth__gt=1).specific():
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        nodes = Nodes()
        nodes.feed(response.content.decode())
        assert nodes.links_to_nothing == 0, page.url
        if isinstance(page, TopicPage):
            assert nodes.count <= MOST_NODES, page.url
    assert client.get(reverse("demo_mails")).status_code == 200


def everything():
    models = (Page, Revision, PageLogEntry, EditorialRecord, SignOff, User, Illustration, Site)
    return [model.objects.count() for model in (*models, Workgroup, HelpNumber, Age)]


def test_a_second_run_adds_nothing_and_keeps_what_was_edited(
    django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    draft = TopicPage.objects.get(
        locale__language_code="fr", slug="la-sieste"
    ).get_latest_revision_as_object()
    draft.title, draft.slug = "Les siestes", "les-siestes"
    draft.save_revision(user=User.objects.get(email="auteur@demo.invalid"), log_action=True)
    User.objects.filter(email="autrice@demo.invalid").update(display_name="Nadia B.")
    mails = len(kept_mail_files())
    before = everything()
    with (
        django_assert_max_num_queries(46),
        django_capture_on_commit_callbacks(execute=True) as put_off,
    ):
        call_command("load_demo")
    assert everything() == before
    assert len(kept_mail_files()) == mails
    assert put_off == []
    assert TopicPage.objects.get(pk=draft.pk).get_latest_revision_as_object().title == "Les siestes"
    assert User.objects.get(email="autrice@demo.invalid").display_name == "Nadia B."


def test_a_draft_that_was_deleted_stays_deleted(settings):
    TopicPage.objects.get(locale__language_code="fr", slug="la-sieste").delete()
    # Nor is a language that the site has added a hindrance.
    settings.LANGUAGES = [*settings.LANGUAGES, ("es", "Español")]
    call_command("load_demo")
    assert not TopicPage.objects.filter(slug="la-sieste").exists()


def test_an_edited_topic_is_not_translated(monkeypatch):
    topic = TopicPage.objects.get(locale__language_code="fr", slug=translations.CRYING)
    monkeypatch.setattr(translations, "read", lambda name: {"texts": []})
    with pytest.raises(translations.UnsaidError):
        translations._translate(topic, "en", timezone.now(), 1)


def test_another_password_reaches_all_but_those_who_chose_their_own(settings):
    own = User.objects.get(email="auteur@demo.invalid")
    own.set_password("le-mien-a-moi")
    own.save()
    settings.DEMO_PASSWORD = "un-autre-mot-de-passe"
    call_command("load_demo")
    assert User.objects.get(email="autrice@demo.invalid").check_password("un-autre-mot-de-passe")
    own.refresh_from_db()
    assert own.check_password("le-mien-a-moi")


def test_it_refuses_to_mix_with_a_real_site(settings):
    settings.DEMO = False
    with pytest.raises(CommandError) as refused:
        call_command("load_demo")
    assert "\n" not in str(refused.value)
