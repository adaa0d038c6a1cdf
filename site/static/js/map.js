// The map beside the list: fetched when its button is pressed. It shows what the list's filters leave,
// and the list follows it; whatever it does, a button does too.

const QUIET = 250; // milliseconds after a move
const CLOSEST = 19;
const STEP = 0.5; // of the map's width, for a press of a button

function bounds(text) {
  const [west, south, east, north] = text.split(",").map(Number);
  return [[south, west], [north, east]];
}

class DirectoryMap {
  constructor(section, list) {
    this.section = section; // directory_map_opened.html
    this.list = list;
    this.said = section.querySelector("[data-said]");
    this.waiting = 0;
    this.asked = 0;
    this.number();
  }

  // So that a mark finds its card. In the page they have no numbers: together they are much of it.
  number() {
    for (const entry of this.section.dataset.shown?.split(" ") ?? []) {
      const [number, slug] = entry.split("/");
      const card = this.list.querySelector(`[href$="/${slug}/"]`)?.closest(".professional-card");
      if (card) card.id = `pro-${number}`;
    }
  }

  open(outlines) {
    const { dataset } = this.section;
    const L = window.L;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const ground = this.section.querySelector("[data-ground]");
    // One finger scrolls the page, two move the map; the wheel scrolls the page.
    ground.addEventListener("touchstart", (event) => {
      if (event.touches.length === 1) event.stopPropagation();
    }, true);
    this.map = L.map(ground, {
      attributionControl: Boolean(dataset.tiles), zoomControl: false, scrollWheelZoom: false,
      maxZoom: CLOSEST, minZoom: 2, fadeAnimation: !still, inertia: !still,
      zoomAnimation: false, // while it zooms, Leaflet forgets what else is pressed
    });
    this.map.attributionControl?.setPrefix(false);
    L.geoJSON(outlines, { interactive: false, style: { className: "map__land", fillOpacity: dataset.tiles ? 0 : 1 } }).addTo(this.map);
    if (dataset.tiles) L.tileLayer(dataset.tiles, { maxZoom: CLOSEST, attribution: dataset.tilesCredit }).addTo(this.map);
    this.marks = L.layerGroup().addTo(this.map);
    this.map.fitBounds(bounds(dataset.begin));
    if ("inFrame" in dataset) {
      // A département's: it stays about there.
      this.map.setMinZoom(this.map.getZoom());
      this.map.setMaxBounds(L.latLngBounds(bounds(dataset.begin)).pad(0.3));
    }
    this.map.on("moveend", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.look(), QUIET);
    });
    this.section.addEventListener("click", ({ target }) => this.press(target.closest("button")));
    this.look(false);
  }

  press(button) {
    const { go, zoom, pan } = button?.dataset ?? {};
    if (go) this.map.fitBounds(bounds(go));
    if (zoom) this.map.setZoom(this.map.getZoom() + Number(zoom));
    if (pan) {
      const size = this.map.getSize();
      const [x, y] = pan.split(",").map(Number);
      this.map.panBy([x * size.x * STEP, y * size.y * STEP]);
    }
  }

  view() {
    const seen = this.map.getBounds();
    const turn = (longitude) => ((((longitude + 180) % 360) + 360) % 360) - 180;
    const wide = seen.getEast() - seen.getWest() >= 360;
    const [west, east] = wide ? [-180, 180] : [turn(seen.getWest()), turn(seen.getEast())];
    return [west, Math.max(-90, seen.getSouth()), east, Math.min(90, seen.getNorth())].map((n) => n.toFixed(4)).join(",");
  }

  // What is in view: its marks, how many there are, and (unless the map was just opened on what the
  // list shows) the list.
  async look(listToo = true) {
    const asked = ++this.asked;
    const zone = this.view();
    const query = new URLSearchParams(this.section.dataset.query);
    query.delete("lieu");
    query.delete("rayon");
    query.set("bbox", zone);
    query.set("zoom", this.map.getZoom());
    try {
      const answer = await fetch(`${this.section.dataset.points}?${query}`);
      if (!answer.ok) throw new Error(answer.status);
      const found = await answer.json();
      if (asked !== this.asked) return;
      this.show(found);
      const listed = listToo ? await this.fill(zone, asked) : undefined;
      if (asked === this.asked) this.say(listed, found.total);
    } catch {
      this.said.textContent = this.said.dataset.failed;
    }
  }

  show({ features }) {
    this.marks.clearLayers();
    for (const feature of features) this.mark(feature);
  }

  // One number for both: the list's, or that of the marks where the view is too wide for a list
  // (null). The list of a map just opened (undefined) is still that of the search, with its own.
  say(listed, marked) {
    const { none, some, many } = this.said.dataset;
    const words = listed === null ? many : listed ? some : none;
    const number = (listed ?? marked).toLocaleString(document.documentElement.lang);
    this.said.textContent = listed === undefined ? "" : words.replace("#", number);
  }

  mark({ id, geometry, properties: { point_count: count = 1, name = "", slug } }) {
    const L = window.L;
    const [longitude, latitude] = geometry.coordinates;
    const wide = count > 999;
    const icon = L.divIcon({
      className: `map__mark${count > 1 ? "" : " map__mark--one"}${wide ? " map__mark--wide" : ""}`,
      html: count > 1 ? String(count) : "•",
      iconSize: [wide ? 60 : 44, 44],
    });
    const label = name || String(count);
    const mark = L.marker([latitude, longitude], { icon, title: label }).addTo(this.marks);
    mark.getElement().setAttribute("aria-label", label);
    mark.on("click keypress", ({ type, originalEvent }) => {
      if (type === "keypress" && originalEvent.key !== "Enter" && originalEvent.key !== " ") return;
      originalEvent.preventDefault?.();
      this.choose(mark.getLatLng(), count, id, slug);
    });
  }

  choose(place, count, id, slug) {
    if (count > 1 && this.map.getZoom() < CLOSEST) {
      this.map.setView(place, Math.min(CLOSEST, this.map.getZoom() + 2));
      this.map.getContainer().focus();
      return;
    }
    const card = document.getElementById(`pro-${id}`);
    document.querySelector(".professional-card--shown")?.classList.remove("professional-card--shown");
    if (card) {
      card.classList.add("professional-card--shown");
      card.querySelector("a").focus({ preventScroll: true });
      card.scrollIntoView({ block: "nearest" });
    } else if (slug) {
      const { list, pages } = this.section.dataset;
      if (pages) window.open(`${pages}${slug}/`, "_blank", "noopener");
      else location.assign(`${list}${slug}/`);
    } else {
      this.list.focus();
    }
  }

  // How many the list has of what is in view, all pages together; null where it has none of so much.
  async fill(zone, asked) {
    const { dataset } = this.section;
    const query = new URLSearchParams(dataset.listQuery ?? dataset.query);
    query.set("zone", zone);
    const answer = await fetch(`${dataset.list}?${query}&liste=1`);
    if (!answer.ok) throw new Error(answer.status);
    const html = await answer.text();
    if (asked !== this.asked) return undefined;
    this.list.innerHTML = html;
    const total = this.list.querySelector("[data-total]")?.dataset.total;
    if (!total) query.delete("zone");
    // The address of a frame is its partner's, and a sandboxed one has none to change.
    if (!("inFrame" in dataset)) history.replaceState(null, "", `${dataset.list}?${query}`);
    return total ? Number(total) : null;
  }
}

// What the button opens: it stands in the page, or has an address of its own.
async function fetched(section) {
  const inside = section.querySelector("template") ?? document.createElement("template");
  if (section.dataset.map) {
    const answer = await fetch(section.dataset.map);
    if (!answer.ok) throw new Error(answer.status);
    inside.innerHTML = await answer.text();
  }
  return inside.content.cloneNode(true).querySelector("[data-points]");
}

for (const section of document.querySelectorAll("[data-map]")) {
  const list = document.querySelector("[data-entries]");
  const button = section.querySelector("[data-open]");
  const problem = section.querySelector("[data-problem]");
  button.addEventListener("click", async () => {
    button.disabled = true;
    problem.textContent = "";
    try {
      const [opened, { script, style }] = await Promise.all([fetched(section), import("./fetching.js")]);
      const { library, libraryStyle, outlines } = opened.dataset;
      const [ground] = await Promise.all([
        fetch(outlines).then((answer) => answer.json()), style(libraryStyle), script(library),
      ]);
      button.replaceWith(opened);
      new DirectoryMap(opened, list).open(ground);
      opened.querySelector("[data-ground]").focus({ preventScroll: true });
      section.scrollIntoView({ block: "nearest" });
    } catch {
      problem.textContent = problem.dataset.words;
      button.disabled = false;
    }
  });
  section.classList.add("map--ready");
}
