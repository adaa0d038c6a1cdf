// What is typed while Wagtail's autosave is under way is saved by the next one. Wagtail takes
// the form as it stands when an answer comes for the form that it has sent: the last words of
// a sentence would wait for the next key, and leaving the page would not warn of them.

const BOOKKEEPING = /^(csrfmiddlewaretoken|next|loaded_revision_.*|overwrite_revision_id|comments-.*)$/;

let sent = null;

function content(formData) {
  return JSON.stringify([...formData].filter(([name, value]) => typeof value === "string" && !BOOKKEEPING.test(name)));
}

document.addEventListener("w-autosave:save", (event) => {
  sent = content(event.detail.formData);
});

document.addEventListener("w-autosave:success", (event) => {
  const form = event.target;
  if (sent === null || !(form instanceof HTMLFormElement) || content(new FormData(form)) === sent) return;
  form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
});
