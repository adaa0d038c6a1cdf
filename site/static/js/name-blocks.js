// A block of one single field shows its name as a heading, which Wagtail ties to no field: a
// screen reader would say "text" for each of them. Here the heading names the field.

const FIELDS = "input:not([type=hidden]), textarea, select, [role=textbox], [role=combobox]";

function nameFields() {
  for (const block of document.querySelectorAll("[data-streamfield-child] > section[aria-labelledby]")) {
    for (const field of block.querySelectorAll(FIELDS)) {
      const named = field.labels?.length || field.hasAttribute("aria-label") || field.hasAttribute("aria-labelledby");
      if (!named && field.closest("section[aria-labelledby]") === block) {
        field.setAttribute("aria-labelledby", block.getAttribute("aria-labelledby"));
      }
    }
  }
}

let waiting = false;

function nameFieldsSoon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    nameFields();
  });
}

new MutationObserver(nameFieldsSoon).observe(document.body, { childList: true, subtree: true });
nameFieldsSoon();
