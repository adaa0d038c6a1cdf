// A button that copies the text beside it; without one, the text is selected as any other.

for (const box of document.querySelectorAll("[data-copy]")) {
  const [text, button, said] = box.children;
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = said.dataset.words;
    } catch {
      text.select();
    }
  });
}
