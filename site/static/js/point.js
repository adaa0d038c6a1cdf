// A point that one moves on a map, which is fetched when its button is pressed. It stands in two fields
// that do without the map; whatever the map does, arrow keys and buttons do too.

import { script, style } from "./fetching.js";

const CLOSEST = 19;
const STEP = 12; // pixels, for a press of a key or of a button
const KEYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

class PointMap {
  constructor(section, fields) {
    this.section = section;
    this.fields = fields;
    this.said = section.querySelector("[data-said]");
  }

  typed() {
    const [latitude, longitude] = this.fields.map(({ value }) => (value.trim() ? Number(value.replace(",", ".")) : NaN));
    return Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180 ? [latitude, longitude] : null;
  }

  open(outlines) {
    const { dataset } = this.section;
    const L = window.L;
    const touch = matchMedia("(pointer: coarse)").matches;
    const begin = this.typed() ?? [Number(dataset.latitude), Number(dataset.longitude)];
    this.map = L.map(this.section.querySelector("[data-ground]"), {
      attributionControl: Boolean(dataset.tiles), zoomControl: false, scrollWheelZoom: false, dragging: !touch, keyboard: false,
      maxZoom: CLOSEST, minZoom: 5, fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false, inertia: false,
    });
    this.map.attributionControl?.setPrefix(false);
    this.map.setView(begin, dataset.tiles ? 16 : 10);
    L.geoJSON(outlines, { interactive: false, style: { className: "point__land", fillOpacity: dataset.tiles ? 0 : 1 } }).addTo(this.map);
    if (dataset.tiles) L.tileLayer(dataset.tiles, { maxZoom: CLOSEST, attribution: dataset.tilesCredit }).addTo(this.map);
    const icon = L.divIcon({ className: "point__mark", html: "", iconSize: [44, 44] });
    this.mark = L.marker(begin, { icon, draggable: true, autoPan: true }).addTo(this.map);
    const mark = this.mark.getElement();
    mark.setAttribute("aria-label", dataset.mark);
    mark.setAttribute("aria-describedby", "point-help");
    mark.addEventListener("keydown", (event) => {
      const way = KEYS[event.key];
      if (!way) return;
      event.preventDefault();
      this.step(way);
    });
    this.mark.on("dragend", () => this.write());
    this.map.on("click", ({ latlng }) => this.put(latlng));
    this.section.addEventListener("click", ({ target }) => this.press(target.closest("button")));
    for (const field of this.fields) {
      field.addEventListener("change", () => {
        const place = this.typed();
        if (!place) return;
        this.mark.setLatLng(place);
        this.map.panTo(place);
      });
    }
    mark.focus({ preventScroll: true });
  }

  press(button) {
    const { zoom, step } = button?.dataset ?? {};
    if (zoom) this.map.setZoomAround(this.mark.getLatLng(), this.map.getZoom() + Number(zoom));
    if (step) this.step(step.split(",").map(Number));
  }

  step([x, y]) {
    const { x: across, y: down } = this.map.latLngToContainerPoint(this.mark.getLatLng());
    this.put(this.map.containerPointToLatLng([across + x * STEP, down + y * STEP]));
  }

  put(place) {
    this.mark.setLatLng(place);
    this.map.panInside(place, { padding: [40, 40] });
    this.write();
  }

  write() {
    const { lat, lng } = this.mark.getLatLng().wrap();
    const texts = [lat.toFixed(5), lng.toFixed(5)];
    this.fields.forEach((field, number) => { field.value = texts[number]; });
    this.said.textContent = this.said.dataset.words.replace("#", texts.join(", "));
  }
}

for (const section of document.querySelectorAll("[data-point-map]")) {
  const fields = ["latitude", "longitude"].map((name) => document.querySelector(`[data-point=${name}]`));
  const button = section.querySelector("[data-open]");
  const problem = section.querySelector("[data-problem]");
  button.addEventListener("click", async () => {
    const { library, libraryStyle, outlines } = section.dataset;
    button.disabled = true;
    problem.textContent = "";
    try {
      const [ground] = await Promise.all([
        fetch(outlines).then((answer) => answer.json()), style(libraryStyle), script(library),
      ]);
      section.append(section.querySelector("template").content.cloneNode(true));
      button.remove();
      new PointMap(section, fields).open(ground);
    } catch {
      problem.textContent = problem.dataset.words;
      button.disabled = false;
    }
  });
  section.classList.add("point--ready");
}
