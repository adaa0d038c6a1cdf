// Mes Infos Bébé in your page: turns each <a data-mes-infos-bebe href="a topic's address"> into
// a frame as tall as what it shows. Where that cannot be, the link stays. Whatever is being read
// stays where it is. Keeps nothing, sends nothing, leaves nothing behind.
(() => {
  const own = document.currentScript;
  if (!own) return;
  const site = new URL(own.src).origin;
  const whole = site + "/embed/";
  const waiting = new WeakMap(); // a hidden frame: the link that it is to replace
  const heard = new WeakSet(); // frames that said something
  const frames = () => [...document.querySelectorAll("iframe")].filter((f) => f.src.startsWith(whole));
  const box = (element) => element.getBoundingClientRect();

  // Somebody who has scrolled already is reading; one whose browser led her back is not yet.
  const isReading = () =>
    scrollY > 0 && !location.hash && (performance.getEntriesByType("navigation")[0] || {}).type === "navigate";

  // Changes the page and, where it holds, leaves on the screen what comes after it where it is.
  // Some browsers do so by themselves: then nothing has moved.
  const change = (around, holds, act) => {
    const before = box(around).bottom;
    act();
    const moved = holds && box(around).bottom - before;
    if (moved) scrollBy({ top: moved, behavior: "instant" });
  };

  // The line that we offer keeps room for a link from the first picture on, before this script
  // is there. A frame is as tall as what it shows, and a link that stays needs none.
  const release = (link) => {
    const room = link.closest("div[data-mes-infos-bebe]");
    if (room) room.style.minHeight = "";
  };

  addEventListener("message", ({ data, source }) => {
    if (!data || data.message !== "height" || !(data.value > 0 && data.value < 1e5)) return;
    const frame = frames().find((f) => f.contentWindow === source);
    if (!frame) return;
    heard.add(frame);
    const link = waiting.get(frame);
    const { style } = frame;
    // Its letters are still coming, or it is another copy's of this script.
    if (link ? data.whole === false : style.visibility === "hidden") return;
    const wasSized = style.boxSizing === "content-box";
    const { top, bottom } = box(frame);
    const edge = wasSized ? bottom : link ? box(link).bottom : top;
    change(frame.parentNode, edge <= 0 && bottom < innerHeight, () => {
      style.boxSizing = "content-box";
      style.height = Math.ceil(data.value) + "px";
      if (!link) return;
      const hasFocus = document.activeElement === link;
      release(link);
      link.remove();
      style.visibility = "";
      if (hasFocus) frame.focus({ preventScroll: true });
    });
    waiting.delete(frame);
    // Another page in the same frame begins with its top.
    if (data.fresh && wasSized && top < 0) frame.scrollIntoView({ behavior: "instant" });
  });

  // The address of the frame for a page of the site; an embed's own is that already.
  const sourceOf = async (address) => {
    if (address.startsWith(whole)) return address;
    const answer = await fetch(site + "/oembed?url=" + encodeURIComponent(address), {
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    const src = / src="([^"]+)"/.exec((await answer.json()).html)[1].replace(/&amp;/g, "&");
    if (!src.startsWith(whole)) throw src;
    return src;
  };

  // Room of a whole screen under the link: what comes later then grows out of sight.
  const place = async (link, address) => {
    let room = document.createElement("div");
    room.style.height = innerHeight + "px";
    const away = () =>
      change(link.parentNode, box(link).bottom <= 0, () => {
        room.remove();
        release(link);
      });
    change(link.parentNode, box(link).bottom <= 0, () => link.after(room));
    try {
      const frame = document.createElement("iframe");
      frame.src = await sourceOf(address);
      frame.title = link.textContent.trim() || link.title;
      frame.loading = "lazy";
      frame.scrolling = "no"; // a bar would make it narrower than it is going to be
      frame.referrerPolicy = "strict-origin"; // on which site this is, and not on which page
      // No forms, no storage, no way to lead this page elsewhere; links open as they should.
      frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
      const { height } = room.style;
      Object.assign(frame.style, { display: "block", width: "100%", height, border: 0, visibility: "hidden" });
      waiting.set(frame, link);
      // A frame that says nothing was refused, or is not ours: back to the link.
      frame.onload = () => setTimeout(() => heard.has(frame) || away(), 3000);
      room.replaceWith(frame);
      room = frame;
    } catch {
      away();
    }
  };

  const turn = async (link) => {
    link.removeAttribute("data-mes-infos-bebe"); // once, however often this script is there
    const address = new URL(link.href);
    if (address.origin !== site) throw address;
    if (link.dataset.partenaire) address.searchParams.set("partenaire", link.dataset.partenaire);
    const { top, bottom } = box(link);
    if (!isReading() || bottom <= 0 || top >= innerHeight) return place(link, address.href);
    // What follows the link may be what she reads: as soon as she has left it.
    new IntersectionObserver(([{ isIntersecting }], eyes) => {
      if (isIntersecting) return;
      eyes.disconnect();
      place(link, address.href);
    }).observe(link);
  };

  const start = () => {
    frames().forEach((frame) => frame.contentWindow.postMessage({ message: "height?" }, "*"));
    document.querySelectorAll("a[data-mes-infos-bebe]").forEach((link) => turn(link).catch(() => release(link)));
  };
  // The links above this script at once, before what follows them is there; then all others.
  start();
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
})();
