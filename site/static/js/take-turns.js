// A button of the editor and Wagtail's autosave take turns. An autosave that is under way
// when a button sends the form, or that starts while the answer is awaited, would save a
// version that the next page knows nothing of: that page would then refuse to save, as if
// somebody else had written.

const PATIENCE = 20_000; // milliseconds; after that, the sending was stopped or its answer lost
const WHAT_A_PRESS_ADDS = ["action-workflow-action", "workflow-action-name", "workflow-action-extra-data"];

let autosaving = false;
let held = null; // the sending that waits for the autosave: form, button, timer
let sentAt = -PATIENCE;

function isEditor(form) {
  return form instanceof HTMLFormElement && form.matches("[data-edit-form]");
}

function send() {
  autosaving = false;
  if (!held) return;
  const { form, button } = letGo();
  const off = button?.disabled;
  if (off) button.disabled = false; // else it would not be sent along
  form.requestSubmit(button);
  if (off) button.disabled = true;
}

function letGo() {
  const sending = held;
  held = null;
  clearTimeout(sending.timer);
  return sending;
}

document.addEventListener("w-autosave:save", (event) => {
  if (held || performance.now() - sentAt < PATIENCE) {
    event.preventDefault();
    return;
  }
  // A press that came to nothing leaves its fields behind: an autosave only saves.
  for (const name of WHAT_A_PRESS_ADDS) event.detail.formData.delete(name);
  autosaving = true;
});

document.addEventListener("submit", (event) => {
  if (!isEditor(event.target)) return;
  if (!autosaving) {
    sentAt = performance.now();
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  held ??= { form: event.target, button: event.submitter, timer: setTimeout(send, PATIENCE) };
}, { capture: true });

document.addEventListener("w-autosave:success", () => {
  if (held) setTimeout(send); // once Wagtail has taken in the answer
  else autosaving = false;
});

document.addEventListener("w-autosave:error", (event) => {
  if (!held || event.detail.type !== "invalid_revision") {
    setTimeout(send);
    return;
  }
  // Somebody else has saved: Wagtail asks what to do at the next press.
  autosaving = false;
  letGo().button?.setAttribute("data-w-progress-loading-value", "false");
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("button");
  if (!button || button.type !== "submit" || !isEditor(button.form)) return;
  for (const name of WHAT_A_PRESS_ADDS) {
    button.form.querySelectorAll(`[name="${name}"]`).forEach((field) => field.remove());
  }
}, { capture: true });

// Wagtail sends the form with a reason by submit(), of which no listener would hear.
const editor = document.querySelector("form[data-edit-form]");
if (editor) editor.submit = () => editor.requestSubmit();

// Come back to with "Back", a page that has sent its form would not know what has happened since.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && editor) window.location.reload();
});
