// Reading the form in another language loses nothing that was typed: its link sends the form there.

const form = document.querySelector("form[data-keeps]");
let isTouched = false;

form.addEventListener("input", () => {
  isTouched = true;
});
document.querySelector(".language-switch")?.addEventListener("click", (event) => {
  const link = event.target.closest("a[hreflang]");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isTouched || !isPlain) return;
  event.preventDefault();
  const go = document.createElement("input");
  Object.assign(go, { type: "hidden", name: "go", value: "here" });
  form.append(go);
  form.action = link.href;
  form.requestSubmit();
});
