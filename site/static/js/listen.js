// Reads a topic aloud in the page's language, sentence by sentence, and marks the one being
// read. Offered only where the device has a voice of its own for that language: the others
// send the text to a company. A pause stops the voice and keeps the place, since pause() is
// not to be relied on.

const READ = "h1, h2, h3, p, li, summary, blockquote, figcaption, caption, th, td";
// What is no part of the text, is said in other words beside it, or is French on a page of
// another language. An infographic has no other words than its long description.
const SKIPPED = "form, nav, .credit, .chips, :not(.infographic) > .long-description, .long-description [lang], .recording, .near-you__public, .topic-hero__theme, .topic-hero__figure, .topic-hero__listen, .other-version, small, script";
const MARK = "being-read";

const bar = document.querySelector("[data-listen]");
const speech = window.speechSynthesis;
const language = document.documentElement.lang;

if (bar && speech && window.SpeechSynthesisUtterance) {
  const [start, pause, stop] = ["start", "pause", "stop"].map((name) =>
    bar.querySelector(`[data-listen-${name}]`)
  );
  const status = bar.querySelector("[role=status]");
  let voice = null;
  let sentences = null;
  let place = 0;
  let turn = 0; // what an earlier utterance still says is not listened to

  const look = () => {
    const spoken = (tag) => tag.toLowerCase().split(/[-_]/)[0];
    voice = speech
      .getVoices()
      .find((each) => each.localService && spoken(each.lang) === spoken(language));
    // Once it reads, the bar stays.
    const isHidden = !voice && !sentences;
    bar.hidden = isHidden;
    document.querySelector("[data-listen-link]")?.toggleAttribute("hidden", isHidden);
  };

  const show = (isReading, words) => {
    const isFocused = bar.contains(document.activeElement);
    start.hidden = isReading;
    pause.hidden = !isReading;
    stop.hidden = !isReading && place === 0;
    status.textContent = words;
    // The button that was pressed is gone: the next one takes its place.
    if (isFocused) (isReading ? pause : start).focus();
  };

  const mark = (sentence) => {
    document.querySelectorAll(`.${MARK}`).forEach((span) => span.classList.remove(MARK));
    if (!sentence) return;
    sentence.spans.forEach((span) => span.classList.add(MARK));
    const details = sentence.spans[0].closest("details");
    if (details) details.open = true;
    sentence.spans[0].scrollIntoView({ block: "nearest" });
  };

  const silence = () => {
    turn += 1;
    speech.cancel();
  };

  const read = () => {
    sentences ??= sentencesOf(document);
    const mine = (turn += 1);
    const sentence = sentences[place];
    if (!sentence) {
      finish(bar.dataset.finished);
      return;
    }
    mark(sentence);
    const utterance = new SpeechSynthesisUtterance(sentence.text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    const onward = () => {
      if (mine !== turn) return;
      place += 1;
      read();
    };
    utterance.onend = onward;
    utterance.onerror = () => {
      if (mine === turn) finish(bar.dataset.failed);
    };
    read.utterance = utterance; // some browsers forget one that nobody holds
    speech.speak(utterance);
  };

  const finish = (words) => {
    silence();
    place = 0;
    mark(null);
    show(false, words);
  };

  start.addEventListener("click", () => {
    silence();
    show(true, bar.dataset.reading);
    read();
  });
  pause.addEventListener("click", () => {
    silence();
    show(false, bar.dataset.paused);
    stop.hidden = false;
  });
  stop.addEventListener("click", () => finish(""));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !stop.hidden) finish("");
  });
  window.addEventListener("pagehide", silence);
  speech.addEventListener?.("voiceschanged", look);
  look();
}

/** The sentences of the page in reading order: {text, spans}, each span made here. */
function sentencesOf(root) {
  const parts = root.querySelectorAll(".topic-hero, [data-listen-text]");
  return [...parts].flatMap(passagesOf).flatMap(split);
}

/** The text nodes of a part of the page in their order, grouped by the element that is read. */
function passagesOf(part) {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT
  );
  const passages = [];
  let last = null;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement.closest(READ);
    if (!element || !part.contains(element)) continue;
    if (element !== last) passages.push([]);
    passages[passages.length - 1].push(walker.currentNode);
    last = element;
  }
  return passages;
}

/** The sentences of one passage, with spans around the text nodes, or parts, of each. */
function split(nodes) {
  const text = nodes.map((node) => node.data).join("");
  const found = [];
  let from = 0;
  for (const piece of pieces(text)) {
    const to = from + piece.length;
    if (/[\p{L}\p{N}]/u.test(piece)) found.push({ from, to, text: piece.trim(), spans: [] });
    from = to;
  }
  let offset = 0;
  for (const node of nodes) {
    const [begin, end] = [offset, offset + node.data.length];
    const bounds = found.filter((each) => each.from < end && each.to > begin);
    // From the last to the first: what stands before keeps its place.
    for (const each of bounds.reverse()) {
      const part = document.createRange();
      part.setStart(node, Math.max(0, each.from - begin));
      part.setEnd(node, Math.min(node.data.length, each.to - begin));
      const span = document.createElement("span");
      part.surroundContents(span);
      each.spans.unshift(span);
    }
    offset = end;
  }
  return found.filter((each) => each.spans.length);
}

function pieces(text) {
  if (Intl.Segmenter) {
    const segmenter = new Intl.Segmenter(language, { granularity: "sentence" });
    return [...segmenter.segment(text)].map((each) => each.segment);
  }
  return text.match(/[^.!?…؟]+[.!?…؟»\s]*|[.!?…؟\s]+/g) ?? [text];
}
