// Topics under the field while one types, from the same address as the page of results.
// Without this file the button leads to that page, which offers them too.

const QUIET = 250; // milliseconds without a key

function suggest(form) {
  const field = form.querySelector("input[type=search]");
  const list = form.querySelector("[data-suggestions]");
  const told = form.querySelector("[data-suggested]");
  let waiting = 0;
  let asked = "";

  function show(html) {
    list.innerHTML = html;
    const found = list.querySelector("[data-told]");
    list.hidden = !found;
    told.textContent = found ? found.dataset.told : "";
  }

  async function ask() {
    const text = field.value.trim();
    if (text === asked) return;
    asked = text;
    if (text.length < 3) return show("");
    try {
      const answer = await fetch(`${form.action}?${new URLSearchParams({ q: text, suggestions: 1 })}`);
      const html = answer.ok ? await answer.text() : "";
      if (text === asked) show(html);
    } catch {
      show(""); // no line: the button says so
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, QUIET);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    event.preventDefault();
    show("");
    field.focus();
  });
}

document.querySelectorAll("[data-search]").forEach(suggest);
