// Shares a page by the device's own means or, where it has none, copies the address.

for (const button of document.querySelectorAll("[data-share]")) {
  const { share: url, title, copied, copy } = button.dataset;
  const status = button.parentElement.querySelector("[role=status]");
  if (navigator.share) {
    button.hidden = false;
    button.addEventListener("click", () => navigator.share({ title, url }).catch(() => {}));
  } else if (navigator.clipboard) {
    button.textContent = copy;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(url).catch(() => {});
      status.textContent = copied;
    });
  }
}
