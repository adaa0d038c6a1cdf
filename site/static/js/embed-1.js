// Mes Infos Bébé in your page: turns each <a data-mes-infos-bebe href="a topic's address"> into
// a frame as tall as what it shows. Where that cannot be, the link stays. Keeps nothing, sends
// nothing, leaves nothing behind.
(() => {
  const own = document.currentScript;
  if (!own) return;
  const site = new URL(own.src).origin;
  const whole = site + "/embed/";
  const waiting = new WeakMap();
  const frames = () => [...document.querySelectorAll("iframe")].filter((f) => f.src.startsWith(whole));

  addEventListener("message", ({ data, source }) => {
    if (!data || data.message !== "height" || !(data.value > 0 && data.value < 1e5)) return;
    const frame = frames().find((f) => f.contentWindow === source);
    if (!frame) return;
    frame.style.boxSizing = "content-box";
    frame.style.height = Math.ceil(data.value) + "px";
    if (waiting.has(frame)) waiting.get(frame).remove();
    waiting.delete(frame);
  });

  const turn = async (link) => {
    link.removeAttribute("data-mes-infos-bebe"); // once, however often this script is there
    const address = new URL(link.href);
    if (address.origin !== site) return;
    if (link.dataset.partenaire) address.searchParams.set("partenaire", link.dataset.partenaire);
    const answer = await fetch(site + "/oembed?url=" + encodeURIComponent(address.href), {
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    if (!answer.ok) return;
    const { html, height } = await answer.json();
    const src = / src="([^"]+)"/.exec(html)[1].replace(/&amp;/g, "&");
    if (!src.startsWith(whole)) return;
    const frame = document.createElement("iframe");
    frame.title = link.textContent.trim() || link.title;
    frame.loading = "lazy";
    frame.referrerPolicy = "no-referrer";
    // No forms, no storage, no way to lead this page elsewhere; links open as they should.
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    Object.assign(frame.style, { display: "block", width: "100%", height: height + "px", border: 0 });
    frame.src = src;
    // A frame that does not say how tall it is was refused, or is not ours: back to the link.
    waiting.set(frame, link);
    frame.onload = () => setTimeout(() => waiting.has(frame) && frame.remove(), 3000);
    link.before(frame);
  };

  const start = () => {
    frames().forEach((frame) => frame.contentWindow.postMessage({ message: "height?" }, "*"));
    document.querySelectorAll("a[data-mes-infos-bebe]").forEach((link) => turn(link).catch(() => {}));
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
