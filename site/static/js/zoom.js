// Opens an infographic over the page, as wide as its file is. Without this script the link
// shows the picture by itself.

for (const link of document.querySelectorAll("[data-zoom]")) {
  link.addEventListener("click", (event) => {
    if (!window.HTMLDialogElement || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });
}

function open(link) {
  const shown = link.closest("figure").querySelector("img");
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  dialog.setAttribute("aria-label", link.textContent);
  const close = document.createElement("button");
  close.className = "button button--main";
  close.type = "button";
  close.textContent = link.dataset.close;
  close.addEventListener("click", () => dialog.close());
  const frame = document.createElement("div");
  frame.className = "zoom__frame";
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", link.textContent);
  const picture = document.createElement("img");
  picture.src = link.href;
  picture.alt = shown.alt;
  frame.append(picture);
  dialog.append(close, frame);
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
