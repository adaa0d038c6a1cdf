"""Entries of the demo in every state, for its moderators: each made by the steps that people
take."""

import csv
import io
from datetime import timedelta

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from demo.clock import at
from professionals import changes, reports, states
from professionals.exchange.importing import import_file
from professionals.models import Contact, EntryReport, Evidence, Note, Professional

from .people import account

Why = EntryReport.Why
# Sixty in all.
NUMBERS = {
    "started": 7,
    "confirmed": 5,
    "in_review": 12,
    "accepted": 3,
    "changing": 7,
    "reported": 4,
    "refused": 5,
    "withdrawn": 4,
    "expiring": 4,
    "unreachable": 1,
    "expired": 4,
    "imported": 4,
}
DOCUMENTS = 3  # of those in review
PAGE = (620, 877)  # A4 at 75 dots per inch
SOURCE = "annuaire-demo"
WELCOME = "accueillir"  # a priority
COLUMNS = (
    "source",
    "identifiant",
    "nom",
    "type",
    "code_insee",
    "code_postal",
    "adresse",
    "priorites",
)


def load_waiting_entries(maker, now, all_of_them=True):
    """Make them; one of each where not *all_of_them* are wanted."""
    room = Waiting(maker, now, account("annuaire"))
    for name, number in NUMBERS.items():
        getattr(room, name)(number if all_of_them else 1)


class Waiting:
    """Makes entries that wait for *moderator*, or are over, at times before *now*."""

    def __init__(self, maker, now, moderator):
        self.maker, self.now, self.moderator = maker, now, moderator

    def ago(self, days):
        """Django's clock so many days ago."""
        return at(self.now - timedelta(days=days))

    def begun(self, is_person=None):
        entry, lists = self.maker.entry("sante" if is_person else "", is_person)
        entry = states.start(entry).entry
        for name, rows in lists.items():
            getattr(entry, name).set(rows)
        entry.save()
        return entry

    def sent(self, is_person=None):
        entry = states.confirm(self.begun(is_person)).entry
        Contact.objects.create(professional=entry, name="Dominique Évrardin", email=entry.email)
        Evidence.objects.create(professional=entry, text="La convention est jointe au courrier.")
        return states.submit(entry).entry

    def published(self):
        return states.accept(self.sent(), self.moderator).entry

    @staticmethod
    def add_document(entry):
        """A page that shows why it belongs here, as people send one with the form."""
        page = Image.new("L", PAGE, "white")
        draw, font = ImageDraw.Draw(page), ImageFont.load_default(24)
        lines = ("CONVENTION (exemple)", "", f"Entre : {entry.public_body}", f"et : {entry.name}")
        draw.multiline_text((60, 80), "\n".join(lines), fill="black", font=font, spacing=14)
        file = io.BytesIO()
        page.save(file, "PDF")
        evidence = Evidence(professional=entry)
        evidence.file.save("convention.pdf", ContentFile(file.getvalue()))

    def started(self, number):
        for serial in range(number):
            with self.ago(serial + 1):
                self.begun()

    def confirmed(self, number):
        for serial in range(number):
            with self.ago(serial + 2):
                states.confirm(self.begun())

    def in_review(self, number):
        for serial in range(number):
            with self.ago(2 * serial + 1):
                entry = self.sent()
            if serial < DOCUMENTS:
                self.add_document(entry)
            if serial == 0:
                states.claim(entry, self.moderator)
                text = "J’ai appelé : la convention arrive lundi."
                Note.objects.create(professional=entry, author=self.moderator, text=text)

    def accepted(self, number):
        """Those who do not want to be listed yet, or not any more."""
        for serial in range(number):
            with self.ago(12 + serial):
                entry = self.sent(is_person=True)
                states.consent(entry, listing=False)
            with self.ago(6 + serial):
                states.accept(entry, self.moderator)

    def changing(self, number):
        for serial in range(number):
            with self.ago(120 + serial):
                entry = self.published()
            cleaned = {"name": f"{entry.name} (nouveau lieu)", "address": "4 place de la Halle"}
            if serial % 2:
                cleaned = {"address": "4 place de la Halle", "ages": "jusqu’à 4 ans"}
            with self.ago(serial + 1):
                changes.apply_change(entry, cleaned, states.By.MAIL)

    def reported(self, number):
        for _serial in range(number):
            with self.ago(90):
                entry = self.published()
            for days, why in ((9, Why.HOURS), (5, Why.CONTACT), (2, Why.GONE)):
                with self.ago(days):
                    sender = reports.sender_of(f"192.0.2.{days}")
                    reports.report(entry, why, sender, "Il n’y avait personne.")

    def refused(self, number):
        for serial in range(number):
            with self.ago(20 + serial):
                entry = self.sent()
            with self.ago(15 + serial):
                reason = "Aucun organisme public n’est nommé : dites-nous lequel vous finance."
                states.refuse(entry, self.moderator, reason)

    def withdrawn(self, number):
        for serial in range(number):
            with self.ago(200):
                entry = self.published()
            with self.ago(serial + 3):
                states.withdraw(entry, states.By.MAIL, "Nous fermons.")

    def expiring(self, number):
        for serial in range(number):
            with self.ago(365 - 40 + 14 * serial):
                entry = self.published()
            states.mark_overdue(entry)  # those whose day is past say so

    def unreachable(self, number):
        """Those that have to be confirmed and that no mail can ask."""
        for serial in range(number):
            with self.ago(365 - 20 + serial):
                entry = self.published()
            entry.contacts.all().delete()
            entry = changes.apply_change(entry, {"email": ""}, self.moderator).entry
            with self.ago(4 + serial):
                states.ask_moderators(entry)

    def expired(self, number):
        for _serial in range(number):
            with self.ago(400):
                entry = self.published()
            with self.ago(34):
                states.mark_overdue(entry)
            states.expire(entry)

    def imported(self, number):
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for serial in range(number):
            entry, _lists = self.maker.entry("laep")
            row = (entry.name, "laep", entry.commune_id, entry.postal_code, entry.address, WELCOME)
            writer.writerow((SOURCE, serial + 1, *row))
        with self.ago(3):
            import_file(io.BytesIO(file.getvalue().encode()), write=True)
        return Professional.objects.of_source(SOURCE)
