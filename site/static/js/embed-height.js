// In a frame of somebody else's page: tells that page how tall this one is, at once and whenever
// that changes. Nothing else leaves, and nothing is kept. The target is "*" because the page
// around may be anybody's that frame-ancestors let show this one.
// And what costs a request waits until it is needed: a film's picture, its captions.
(() => {
  const root = document.documentElement;

  const eyes = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      target.poster = target.dataset.poster;
      eyes.unobserve(target);
    }
  });
  for (const film of document.querySelectorAll("video")) {
    if (film.dataset.poster) eyes.observe(film);
    const [captions] = film.textTracks;
    if (captions) film.addEventListener("play", () => { captions.mode = "showing"; }, { once: true });
  }

  if (parent === window) return;
  // WordPress listens to frames that say back what it put behind their "#".
  const secret = (/secret=([a-z0-9]+)/i.exec(location.hash) || [])[1];
  let fresh = true; // the first word of this page
  let whole = false; // its letters are there
  const say = () => {
    const value = Math.ceil(root.getBoundingClientRect().height);
    parent.postMessage({ message: "height", value, secret, whole, fresh }, "*");
    fresh = false;
  };
  const sayWhole = () => {
    if (whole) return;
    whole = true;
    say();
  };
  // Not by the observer alone: of a frame that is out of sight, browsers let it sleep.
  say();
  document.fonts.ready.then(sayWhole);
  setTimeout(sayWhole, 2000);
  addEventListener("load", say);
  new ResizeObserver(say).observe(root);
  // A page that began to listen late asks.
  addEventListener("message", (event) => { if (event.source === parent) say(); });

  if (!secret) return;
  // WordPress lets its frames open nothing: it opens our own pages itself, and a number is to be read.
  for (const number of document.querySelectorAll('a[href^="tel:"]')) number.removeAttribute("href");
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.host !== location.host) return;
    if (link.target === "_self") {
      link.hash = location.hash;
      return;
    }
    event.preventDefault();
    parent.postMessage({ message: "link", value: link.href, secret }, "*");
  });
})();
