// Pressing on a picture says where the remark belongs. Without this, one of nine zones does.

const SVG = "http://www.w3.org/2000/svg";
const ROWS = [["top_left", "top", "top_right"], ["left", "centre", "right"], ["bottom_left", "bottom", "bottom_right"]];

function zoneOf(x, y) {
  const third = (part) => Math.min(2, Math.floor(part * 3));
  return ROWS[third(y)][third(x)];
}

for (const picture of document.querySelectorAll("[data-pinned]")) {
  const image = picture.querySelector("img");
  const form = picture.parentElement.querySelector(".remark-form");
  const { x, y, zone, text } = form.elements;
  const pins = picture.querySelector("svg");
  let pin = null;

  function unpin() {
    pin?.remove();
    pin = null;
    x.value = y.value = "";
  }

  function pinWherePressed(event) {
    const box = image.getBoundingClientRect();
    const within = (part) => Math.min(1, Math.max(0, part));
    const left = within((event.clientX - box.left) / box.width);
    const top = within((event.clientY - box.top) / box.height);
    unpin();
    x.value = left.toFixed(4);
    y.value = top.toFixed(4);
    zone.value = zoneOf(left, top);
    pin = document.createElementNS(SVG, "g");
    pin.setAttribute("class", "pin pin--new");
    const circle = pin.appendChild(document.createElementNS(SVG, "circle"));
    circle.setAttribute("cx", `${left * 100}%`);
    circle.setAttribute("cy", `${top * 100}%`);
    circle.setAttribute("r", "10");
    pins.append(pin);
    text.focus();
  }

  // Before the picture has come its box has another size: a point of it would mean another one.
  function open() {
    picture.classList.add("pinned--open");
    picture.addEventListener("click", pinWherePressed);
  }
  if (image.complete && image.naturalWidth) open();
  else image.addEventListener("load", open, { once: true });
  // A zone that is chosen afterwards is meant.
  zone.addEventListener("change", unpin);
}
