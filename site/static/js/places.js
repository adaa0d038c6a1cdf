// The form of the directory: communes under the field while one types, from the built-in list, and all
// there is to choose, once asked for. Without this the buttons lead to pages that offer the same.

const QUIET = 200; // milliseconds without a key

for (const form of document.querySelectorAll("[data-places]")) {
  const field = form.querySelector("[name=lieu]");
  const [list, told] = [document.createElement("div"), document.createElement("p")];
  list.className = "finder__suggestions";
  list.hidden = true;
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  told.dataset.suggested = "";
  form.querySelector(".finder__row").after(list, told);
  let waiting = 0;
  let asked = field.value.trim();

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
    if (text.length < 2) return show("");
    try {
      const answer = await fetch(`${form.dataset.places}?${new URLSearchParams({ lieu: text })}`);
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
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-place]");
    if (!chosen) return;
    field.value = asked = chosen.dataset.place;
    show("");
    form.requestSubmit();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    event.preventDefault();
    show("");
    field.focus();
  });
  const choose = form.querySelector("[name=choix]");
  choose?.addEventListener("click", async (event) => {
    event.preventDefault();
    choose.disabled = true;
    try {
      const { fetchChoices } = await import("./choices.js");
      await fetchChoices(form, choose.parentElement);
    } catch {
      choose.disabled = false;
      form.requestSubmit(choose); // to the page of them, which says what is the matter
    }
  });
}
