// Files dropped on a brief, or chosen, are sent at once, piece by piece: what breaks off goes on
// where it stopped, now or when the same file is chosen again. Without this, the form sends them
// whole.

import { explain, session } from "./session.js";

const PIECE = 1024 * 1024; // bytes
const PAUSES = [1000, 3000, 8000]; // milliseconds before each new attempt by itself
const HASHED_UP_TO = 64 * 1024 * 1024; // bytes

class Refused extends Error {}

async function sha256(file) {
  // Only where the page came safely, and not for what will be refused anyway.
  if (!crypto.subtle || file.size > HASHED_UP_TO) return "";
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const wait = (time) => new Promise((done) => setTimeout(done, time));

class Delivery {
  /** One `file` on its way to the brief of `form`. */
  constructor(form, file) {
    this.form = form;
    this.file = file;
    this.fields = { kind: form.elements.kind.value, note: form.elements.note.value };
    this.row = document.createElement("li");
    this.row.className = "deliver__file";
    this.name = this.row.appendChild(document.createElement("span"));
    this.name.textContent = file.name;
    this.bar = this.row.appendChild(document.createElement("progress"));
    this.bar.max = 100;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", file.name);
    this.text = this.row.appendChild(document.createElement("span"));
    this.text.textContent = form.dataset.waiting;
    form.querySelector("[data-files]").append(this.row);
  }

  request(address, options = {}) {
    const headers = {
      "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value,
      "X-Requested-With": "XMLHttpRequest",
      Accept: "application/json",
      ...options.headers,
    };
    return fetch(address, { method: "POST", cache: "no-store", ...options, headers });
  }

  /** The answer's JSON; throws Refused with the site's own sentence, or an Error to try again. */
  async answered(response) {
    const is_json = response.headers.get("Content-Type")?.startsWith("application/json");
    const answer = is_json ? await response.json() : {};
    if (response.ok) return answer;
    if (answer.error && response.status >= 400 && response.status < 500 && response.status !== 400) {
      throw new Refused(answer.error);
    }
    throw new Error(String(response.status));
  }

  say(text, urgent = false) {
    this.text.textContent = text;
    if (urgent) this.form.querySelector("[data-status]").textContent = `${this.file.name} : ${text}`;
  }

  show(offset) {
    const percent = this.file.size ? Math.floor((100 * offset) / this.file.size) : 0;
    this.bar.value = percent;
    this.say(`${this.form.dataset.sending} · ${percent} %`);
  }

  async send() {
    this.buttons?.remove();
    for (const pause of [...PAUSES, null]) {
      try {
        await this.attempt();
        this.bar.value = 100;
        this.say(this.form.dataset.done, true);
        return true;
      } catch (problem) {
        if (problem instanceof Refused) {
          this.bar.remove();
          const said = document.createElement("strong");
          said.textContent = problem.message;
          this.text.replaceChildren(said);
          this.form.querySelector("[data-status]").textContent = `${this.file.name} : ${problem.message}`;
          return false;
        }
        if (pause === null) break;
        await wait(pause);
      }
    }
    const state = await session(); // with the token of who has logged in again
    if (state === "closed" || state === "other") explain(state);
    this.say(this.form.dataset.interrupted, true);
    this.offer();
    return false;
  }

  async attempt() {
    if (!this.upload) {
      const body = new FormData();
      body.set("name", this.file.name);
      body.set("size", this.file.size);
      body.set("sha256", await sha256(this.file));
      for (const [name, value] of Object.entries(this.fields)) body.set(name, value);
      this.upload = await this.answered(await this.request(this.form.dataset.begin, { body }));
    } else {
      const state = await this.request(this.upload.url, { method: "HEAD" });
      if (state.status === 404) {
        this.upload = null; // swept meanwhile: begin again
        return this.attempt();
      }
      await this.answered(state);
      this.upload.offset = Number(state.headers.get("Upload-Offset"));
    }
    let offset = this.upload.offset;
    this.show(offset);
    while (offset < this.file.size) {
      const response = await this.request(this.upload.url, {
        method: "PATCH",
        body: this.file.slice(offset, offset + PIECE),
        headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) },
      });
      // 409: what came last had been kept although its answer was lost.
      if (response.status !== 409) await this.answered(response);
      offset = Number(response.headers.get("Upload-Offset"));
      this.show(offset);
    }
    await this.answered(await this.request(this.upload.finish));
  }

  /** After an interruption: go on, or drop it. */
  offer() {
    this.buttons = document.createElement("span");
    const button = (label, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button button-small button-secondary";
      made.textContent = label;
      made.setAttribute("aria-label", `${label} : ${this.file.name}`);
      made.addEventListener("click", act);
      this.buttons.append(made, " ");
    };
    button(this.form.dataset.goOn, () => deliver(this.form, [this]));
    button(this.form.dataset.drop, async () => {
      if (this.upload) {
        try {
          await this.request(this.upload.forget);
        } catch {
          return; // still not to be reached: it goes by itself in a day
        }
      }
      this.buttons.remove();
      this.bar.remove();
      this.say(this.form.dataset.dropped, true);
    });
    this.row.append(this.buttons);
  }
}

/** Send one after the other, then show the page as it is now. */
async function deliver(form, deliveries) {
  const input = form.elements.files;
  input.disabled = true;
  let all = true;
  for (const delivery of deliveries) all = (await delivery.send()) && all;
  input.disabled = false;
  input.value = "";
  if (all && !form.querySelector(".deliver__file strong, .deliver__file button")) {
    window.location.reload();
    return;
  }
  if (form.querySelector("[data-reload-link]")) return;
  const link = document.createElement("a");
  link.href = window.location.pathname;
  link.dataset.reloadLink = "";
  link.textContent = form.dataset.reload;
  form.append(link);
}

for (const form of document.querySelectorAll("[data-deliver]")) {
  const zone = form.querySelector("[data-drop-zone]");
  const input = form.elements.files;
  const start = (files) => {
    if (files.length && !input.disabled) deliver(form, [...files].map((file) => new Delivery(form, file)));
  };
  form.querySelector("[data-invitation]").hidden = false;
  form.querySelector("[data-without-scripts]").hidden = true;
  input.addEventListener("change", () => start(input.files));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start(input.files);
  });
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.dataset.over = "";
    });
  }
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) delete zone.dataset.over;
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    delete zone.dataset.over;
    start(event.dataTransfer.files);
  });
}
// A file that misses its brief is not opened instead of the page.
for (const name of ["dragover", "drop"]) {
  window.addEventListener(name, (event) => {
    if (!event.target.closest?.("[data-drop-zone]")) event.preventDefault();
  });
}
