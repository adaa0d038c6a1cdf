"""The topic's editor in the admin, as an author's hands know it.

Fields go by their names and blocks by their kinds, whatever the language of the labels.
"""

from playwright.sync_api import expect

from pages.blocks import BodyBlock
from pages.models import TopicPage

KEPT_WITHIN = 15  # seconds


class Editor:
    """The editor that `page` (Playwright's) shows."""

    def __init__(self, page):
        self.page = page

    def field(self, name):
        return self.page.locator(f'[name="{name}"]')

    def fill(self, **values):
        for name, value in values.items():
            self.field(name).fill(value)

    def add_block(self, stream, kind=None):
        """Add a block at the end of the stream of that name; gives the prefix of its fields.

        `kind`: one of the body's; the other streams have but one.
        """
        number = int(self.field(f"{stream}-count").input_value())
        self._press_plus(stream)
        if kind:
            options = self.page.locator(".w-combobox__option")
            options.nth(list(BodyBlock.base_blocks).index(kind)).click()
        prefix = f"{stream}-{number}"
        self.field(f"{prefix}-type").wait_for(state="attached")
        return prefix

    def add_item(self, prefix):
        """Add an item at the end of a list block; gives the prefix of its fields."""
        number = int(self.field(f"{prefix}-count").input_value())
        self._press_plus(prefix)
        return f"{prefix}-{number}-value"

    def _press_plus(self, prefix):
        blocks = self.page.locator(f'div:has(> [name="{prefix}-count"])')
        blocks.locator("button.c-sf-add-button").last.click()

    def write(self, name, *paragraphs):
        """Type `paragraphs` into the rich text field of that name."""
        area = self.field(name).locator("xpath=..").locator("[contenteditable=true]")
        area.click()
        self.page.keyboard.press("Control+End")
        for number, paragraph in enumerate(paragraphs):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.type(paragraph, delay=10)  # milliseconds between two keys

    def close_calendar(self):
        """Press elsewhere, as one does when the calendar stands before a button."""
        calendar = self.page.locator(".xdsoft_datetimepicker").locator("visible=true")
        expect(calendar).to_have_count(1)
        self.page.mouse.click(700, 25)
        expect(calendar).to_have_count(0)

    def panel(self, name):
        """The part of the form about the model's field `name`, errors included."""
        return self.page.locator(f'[data-contentpath="{name}"], [id$="-{name}-section"]').first

    def open_chooser(self, name):
        chooser = self.page.locator(f"#{self.field(name).get_attribute('id')}-chooser")
        chooser.locator("[data-chooser-action-choose]").locator("visible=true").click()
        self.page.locator('.modal-body a[href="#tab-upload"]').first.wait_for()

    def choose_picture(self, name, title):
        """Choose the picture of that title in the chooser of the field `name`."""
        chooser = self.page.locator(f"#{self.field(name).get_attribute('id')}-chooser")
        chooser.scroll_into_view_if_needed()
        action = chooser.locator("[data-chooser-action-choose]").locator("visible=true")
        if not action.count():  # behind the menu of the picture that stands there
            chooser.locator("[data-w-dropdown-target=toggle]").click()
        action.click()
        chosen = self.page.locator(".modal-body [data-chooser-modal-choice]", has_text=title)
        chosen.first.click()
        expect(self.page.locator(".modal-body")).to_have_count(0)

    def upload_picture(self, name, file, *, title, credit_user, licence, collection):
        """Upload `file` (as Playwright takes it) in the chooser of the field `name`."""
        self.open_chooser(name)
        self.page.locator('.modal-body a[href="#tab-upload"]').first.click()
        form = self.page.locator("#tab-upload")

        def field(suffix):
            return form.locator(f"[name=image-chooser-upload-{suffix}]")

        field("file").set_input_files(file)
        field("title").fill(title)
        field("credit_user").select_option(label=credit_user)
        field("licence").select_option(licence)
        field("collection").select_option(label=collection)
        form.locator("[type=submit]").click()
        expect(form).to_have_count(0)

    def hand_on(self):
        """Hand the topic on to the next stage, and wait for what comes back."""
        with self.page.expect_navigation():
            self.press_hand_on()

    def press_hand_on(self):
        self._press(self.page.locator('[data-workflow-action-name="approve"]'))

    def press_save(self):
        self._press(self.page.locator("footer .action-save"))

    def _press(self, button):
        """Press one of the buttons under the form; all but the first stand behind an arrow."""
        if not button.is_visible():
            self.page.locator("footer .w-dropdown-button [data-w-dropdown-target=toggle]").click()
        button.click(no_wait_after=True)

    def wait_until_kept(self, text, field="body"):
        """Wait until the editor has kept the draft by itself, with `text` in that field."""
        for _ in range(KEPT_WITHIN * 10):
            title = self.field("title").input_value()
            topic = TopicPage.objects.filter(draft_title=title).first()
            revision = topic and topic.get_latest_revision()
            if revision and text in revision.content[field]:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"Not kept: {text}")
