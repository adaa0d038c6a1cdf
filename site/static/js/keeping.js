// What this browser keeps, for the scripts of the pages that show it (see service-worker.js):
// loaded before them. Nothing is registered and nothing stored before somebody asks.

const keeping = (() => {
  const KEPT_AT = "x-kept-at";
  const KEPT_UNDER = ["kept-topics", "kept-shell", "kept-parts"];
  const PATIENCE = 180 * 1000; // milliseconds that the service worker has: a bad line is slow
  const AT_ONCE = 5 * 1000; // milliseconds, where it asks for nothing

  const canKeep =
    window.isSecureContext && "serviceWorker" in navigator && "caches" in window && "locks" in navigator;

  // {address, keptAt: Date, response} of each topic that is kept, the last one first.
  async function keptTopics() {
    if (!canKeep || !(await caches.has("kept-topics"))) return [];
    const cache = await caches.open("kept-topics");
    const found = [];
    for (const key of await cache.keys()) {
      const response = await cache.match(key);
      found.push({ address: key.url, keptAt: new Date(response.headers.get(KEPT_AT)), response });
    }
    return found.sort((one, other) => other.keptAt - one.keptAt);
  }

  // Ask the service worker, registering it where there is none. Resolves to whether it was
  // done: a worker that the browser has ended says nothing any more.
  async function ask(message, patience = PATIENCE) {
    const late = new Promise((resolve) => setTimeout(resolve, patience, false));
    return Promise.race([answer(message), late]);
  }

  async function answer(message) {
    await navigator.serviceWorker.register("/sw.js");
    const { active } = await navigator.serviceWorker.ready;
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      active.postMessage(message, [port2]);
    });
  }

  // Forget one topic with all that it alone shows; with the last one, everything.
  async function forget(address) {
    await navigator.locks.request("keeping", async () => {
      if (await caches.has("kept-topics")) await (await caches.open("kept-topics")).delete(address);
    });
    if ((await keptTopics()).length) await ask({ what: "tidy" }, AT_ONCE).catch(() => false);
    else await forgetAll();
  }

  async function forgetAll() {
    await navigator.locks.request("keeping", async () => {
      for (const name of KEPT_UNDER) await caches.delete(name);
    });
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  }

  // A moment in words, in the page's language.
  function inWords(date) {
    return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(date);
  }

  return { can: canKeep, topics: keptTopics, ask, forget, forgetAll, inWords };
})();
