// A button of the editor and Wagtail's autosave take turns. An autosave that is under way
// when a button sends the form, or that starts while the answer is awaited, would save a
// version that the next page knows nothing of: that page would then refuse to save, as if
// somebody else had written. And nothing is sent without a session: the text would be lost.

import { explain, session } from "./session.js";

const PATIENCE = 20_000; // milliseconds; after that, the sending was stopped or its answer lost
const WHAT_A_PRESS_ADDS = ["action-workflow-action", "workflow-action-name", "workflow-action-extra-data"];

let autosaving = false;
let held = null; // the sending that waits, for the autosave and then for the session: form, button, timer
let cleared = false; // whether what is held may go
let sentAt = -PATIENCE;
let isClosed = false; // whether the session was found to be closed

function isEditor(form) {
  return form instanceof HTMLFormElement && form.matches("[data-edit-form]");
}

function letGo() {
  const sending = held;
  held = null;
  clearTimeout(sending.timer);
  return sending;
}

function release(button) {
  button?.setAttribute("data-w-progress-loading-value", "false");
}

/** Send what is held, if there is a session to send it in. */
async function send() {
  autosaving = false;
  if (!held || held.asked) return;
  held.asked = true;
  const state = await session();
  if (!held) return;
  const { form, button } = letGo();
  isClosed = state !== "open";
  if (isClosed) {
    explain(state);
    release(button);
    return;
  }
  cleared = true;
  const off = button?.disabled;
  if (off) button.disabled = false; // else it would not be sent along
  form.requestSubmit(button);
  if (off) button.disabled = true;
  cleared = false;
}

document.addEventListener("submit", (event) => {
  if (!isEditor(event.target)) return;
  if (cleared) {
    sentAt = performance.now();
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  held ??= { form: event.target, button: event.submitter, timer: setTimeout(send, PATIENCE) };
  if (!autosaving) send();
}, { capture: true });

document.addEventListener("w-autosave:save", (event) => {
  if (held || performance.now() - sentAt < PATIENCE) {
    event.preventDefault();
    return;
  }
  // A press that came to nothing leaves its fields behind: an autosave only saves.
  for (const name of WHAT_A_PRESS_ADDS) event.detail.formData.delete(name);
  autosaving = true;
});

document.addEventListener("w-autosave:success", () => {
  if (held) setTimeout(send); // once Wagtail has taken in the answer
  else autosaving = false;
});

document.addEventListener("w-autosave:error", (event) => {
  if (held && event.detail.type === "invalid_revision") {
    // Somebody else has saved: Wagtail asks what to do at the next press.
    autosaving = false;
    release(letGo().button);
  } else if (held) {
    setTimeout(send);
  } else {
    autosaving = false;
    if (event.detail.type === "server_error") lookAtSession(event.target);
  }
});

/** After an autosave that the site did not take: say why, or keep the text after all. */
async function lookAtSession(form) {
  const wasClosed = isClosed;
  const state = await session();
  isClosed = state === "closed" || state === "other";
  if (isClosed) explain(state);
  if (state !== "open") return;
  if (wasClosed) explain(state);
  form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("button");
  if (!button || button.type !== "submit" || !isEditor(button.form)) return;
  for (const name of WHAT_A_PRESS_ADDS) {
    button.form.querySelectorAll(`[name="${name}"]`).forEach((field) => field.remove());
  }
}, { capture: true });

const editor = document.querySelector("form[data-edit-form]");

if (editor) {
  // Wagtail sends the form with a reason by submit(), of which no listener would hear.
  editor.submit = () => editor.requestSubmit();
  // Logged in again in another tab, one comes back here.
  window.addEventListener("focus", () => isClosed && lookAtSession(editor));
  // Come back to with "Back", a page that has sent its form does not know what happened since.
  window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
}
