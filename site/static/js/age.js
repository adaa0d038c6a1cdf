// A date of birth, or the day a birth is due, becomes the stage of the child's life. The date
// is counted here and goes nowhere: the field has no name, and only the stage is in the address.

const DAY = 24 * 60 * 60 * 1000; // milliseconds

function daysSince(date, now = new Date()) {
  const [year, month, day] = date.split("-").map(Number);
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round((today - Date.UTC(year, month - 1, day)) / DAY);
}

const form = document.querySelector("[data-age]");
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
