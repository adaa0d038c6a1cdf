// Finding a topic: by the date of a birth, and by words.

const DAY = 24 * 60 * 60 * 1000; // milliseconds
const QUIET = 250; // milliseconds without a key

function daysSince(date, now = new Date()) {
  const [year, month, day] = date.split("-").map(Number);
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round((today - Date.UTC(year, month - 1, day)) / DAY);
}

// A date of birth, or the day a birth is due, becomes the stage of the child's life. The date
// is counted here and goes nowhere: the field has no name, and only the stage is in the address.
function findByDate(form) {
  const field = form.querySelector("input[type=date]");
  const said = form.querySelector("[data-said]");
  const stages = [...document.querySelectorAll("[data-from-day]")];

  function say(name) {
    said.textContent = form.dataset[name];
    field.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!field.value) return say("empty");
    const days = daysSince(field.value);
    const stage = stages.find(({ dataset }) => Number(dataset.fromDay) <= days && days <= Number(dataset.toDay));
    if (!stage) return say(days < 0 ? "early" : "late");
    field.value = "";
    said.textContent = "";
    stage.click();
  });
  // Whoever comes back with the browser's button finds no date.
  window.addEventListener("pageshow", () => { field.value = ""; });
  form.hidden = false;
}

// Topics under the field while one types, from the same address as the page of results.
// Without this the button leads to that page, which offers them too.
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
document.querySelectorAll("[data-age]").forEach(findByDate);
