// What a parent keeps opens without a line. Registered when she keeps a first topic (or has put
// the site on her home screen), gone when she forgets the last. Before this file the server
// puts KEEPING: {closed: [paths left alone], fonts: [addresses], fontsOf: {language: addresses}}.
//
// kept-topics: the pages, each with the moment it was fetched; kept-shell: the page that lists
// them, shown where there is no line; kept-parts: pictures, styles, scripts and fonts of both.

const TOPICS = "kept-topics";
const SHELL = "kept-shell";
const PARTS = "kept-parts";
const KEPT_AT = "x-kept-at";
const CHECKED_AT = "/-/checked-at";
const PATIENCE = 4000; // milliseconds that a bad line has, where the page is kept
const AN_HOUR = 60 * 60 * 1000; // milliseconds
const GONE = [404, 410];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (KEEPING.closed.some((path) => url.pathname.startsWith(path))) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (!request.headers.has("range")) event.respondWith(part(request));
});

self.addEventListener("message", (event) => {
  const { what, address, shell } = event.data;
  const [port] = event.ports;
  const does = {
    keep: () => keepAsked(address, shell),
    shell: () => keepShell(shell),
    check: checkAll,
    tidy: () => alone(tidy),
  };
  event.waitUntil(does[what]().then(() => port.postMessage(true), () => port.postMessage(false)));
});

// Without creating what is not there: a look into the caches leaves no trace in them.
function find(address, cacheName) {
  return caches.match(address, { cacheName, ignoreVary: true });
}

async function part(request) {
  return (await find(request.url, PARTS)) || fetch(request);
}

async function page(event) {
  const url = new URL(event.request.url);
  const address = url.origin + url.pathname;
  const kept = await find(address, TOPICS);
  const asked = fetch(event.request);
  event.waitUntil(asked.then((response) => after(address, kept && response.clone())).catch(() => {}));
  try {
    const answer = await (kept ? Promise.race([asked, late()]) : asked);
    if (answer && (answer.status < 500 || !kept)) return answer;
  } catch {
    // No line.
  }
  if (kept) return marked(kept);
  const shell = await shellOf(url.pathname);
  return shell ? marked(shell) : Response.error();
}

function late() {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
}

async function shellOf(path) {
  if (!(await caches.has(SHELL))) return undefined;
  const cache = await caches.open(SHELL);
  const shells = (await cache.keys()).filter((key) => new URL(key.url).pathname !== CHECKED_AT);
  const language = path.split("/")[1];
  const own = shells.find((key) => new URL(key.url).pathname.startsWith(`/${language}/`));
  return own || shells.length ? cache.match(own || shells[0]) : undefined;
}

// The page as it was kept, telling its own script so.
async function marked(kept) {
  const html = (await kept.text()).replace("<html ", `<html data-kept-at="${kept.headers.get(KEPT_AT)}" `);
  return new Response(html, { headers: kept.headers });
}

// There is a line: what is kept follows what the site says now.
async function after(address, response) {
  if (response) await follow(address, response);
  if (!(await caches.has(TOPICS))) return;
  const last = await find(CHECKED_AT, SHELL);
  if (last && Date.now() - Number(await last.text()) < AN_HOUR) return;
  await checkAll();
}

async function checkAll() {
  const asked = await alone(async () => {
    if (!(await caches.has(TOPICS))) return [];
    await (await caches.open(SHELL)).put(CHECKED_AT, new Response(String(Date.now())));
    return (await caches.open(TOPICS)).keys();
  });
  for (const { url } of asked) {
    // Without a line after all it stays as it is.
    await fetch(url, { credentials: "omit" }).then((response) => follow(url, response), () => {});
  }
  if (!(await caches.has(SHELL))) return;
  const shells = (await (await caches.open(SHELL)).keys()).map((key) => key.url);
  for (const url of shells.filter((url) => !url.endsWith(CHECKED_AT))) {
    await keep(url, SHELL, () => find(url, SHELL)).catch(() => {});
  }
}

async function follow(address, response) {
  if (response.ok) await keep(address, TOPICS, () => find(address, TOPICS), response);
  await alone(async () => {
    if (!(await caches.has(TOPICS))) return;
    const topics = await caches.open(TOPICS);
    if (GONE.includes(response.status)) await topics.delete(address);
    if ((await topics.keys()).length) await tidy();
    else await forgetAll();
  });
}

// With the last topic goes all that was kept for it.
async function forgetAll() {
  for (const name of [TOPICS, SHELL, PARTS]) await caches.delete(name);
  await self.registration.unregister();
}

// Whoever forgets everything meanwhile takes away the parts, and with them what is asked here.
async function keepAsked(address, shell) {
  await alone(() => caches.open(PARTS));
  const wanted = () => caches.has(PARTS);
  await keepShell(shell, wanted);
  if (!(await keep(address, TOPICS, wanted))) throw new Error(`Forgotten: ${address}`);
}

function keepShell(path, wanted) {
  return keep(new URL(path, self.location.href).href, SHELL, wanted);
}

// All or nothing: a page is put there once everything that it shows is at hand, and if it is
// still `wanted`: somebody may have pressed "forget" meanwhile.
async function keep(address, cacheName, wanted = () => true, response = null) {
  const answer = response || (await fetched(address));
  // A picture of one kind and size, whatever the screen: the one that every browser knows.
  const html = (await answer.text()).replace(/<source\b[^>]*\ssrcset=[^>]*>/g, "");
  const parts = await Promise.all(
    partsOf(html, address).map(async (url) => [url, (await find(url, PARTS)) || (await fetched(url))]),
  );
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  headers.set(KEPT_AT, new Date().toISOString());
  return alone(async () => {
    if (!(await wanted())) return false;
    const cache = await caches.open(PARTS);
    await Promise.all(parts.map(([url, found]) => cache.put(url, found)));
    await (await caches.open(cacheName)).put(address, new Response(html, { headers }));
    return true;
  });
}

async function fetched(url) {
  const response = await fetch(url, { credentials: "omit" });
  if (!response.ok) throw new Error(`${response.status}: ${url}`);
  return response;
}

// One at a time, with keeping.js: what is kept is changed under this lock.
function alone(change) {
  return navigator.locks.request("keeping", change);
}

const SHOWN = /<(?:img|script)\b[^>]*?\ssrc="([^"]+)"|<link\b[^>]*?\srel="(?:icon|preload|stylesheet)"[^>]*?\shref="([^"]+)"/g;

function partsOf(html, address) {
  const language = (html.match(/<html [^>]*?lang="(\w+)/) || [])[1];
  const shown = [...html.matchAll(SHOWN)].map(([, src, href]) => (src || href).replaceAll("&amp;", "&"));
  const fonts = [...KEEPING.fonts, ...(KEEPING.fontsOf[language] || [])];
  const urls = [...shown, ...fonts].map((url) => new URL(url, address));
  return [...new Set(urls.filter((url) => url.origin === self.location.origin).map(String))];
}

// Parts that nothing kept shows any longer.
async function tidy() {
  if (!(await caches.has(PARTS))) return;
  const needed = new Set();
  for (const name of [TOPICS, SHELL]) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) {
      for (const url of partsOf(await (await cache.match(key)).text(), key.url)) needed.add(url);
    }
  }
  const parts = await caches.open(PARTS);
  for (const key of await parts.keys()) if (!needed.has(key.url)) await parts.delete(key);
}
