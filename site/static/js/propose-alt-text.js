// A chosen picture proposes what to say in its place: what one sees, or that it only decorates.
// The proposal is taken where nobody has said anything yet; what somebody typed or ticked stays.

// The end of a chooser's id, and what its two fields have instead: in blocks, and at the top.
const PLACES = [
  [/-image$/, "-alt_text", "-decorative"],
  [/lead_illustration$/, "lead_alt_text", "lead_is_decorative"],
];

// The boxes that a proposal has ticked, and nobody since.
const proposed = new WeakSet();

function fieldsBeside(input) {
  for (const [end, ...names] of PLACES) {
    const fields = names.map((name) => document.getElementById(input.id.replace(end, name)));
    if (end.test(input.id) && fields.every(Boolean)) return fields;
  }
  return null;
}

function write(text, value) {
  if (text.value === value) return;
  text.value = value;
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.dispatchEvent(new Event("change", { bubbles: true }));
}

function tick(box, on) {
  if (on) proposed.add(box);
  else proposed.delete(box);
  if (box.checked === on) return;
  box.checked = on;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("change", ({ target, isTrusted }) => {
  if (isTrusted) proposed.delete(target);
  const chooser = document.getElementById(`${target.id}-chooser`);
  const picture = chooser?.widget?.getState();
  // Only what has just been chosen says so (see media.choosers); what stood there does not.
  if (picture?.is_decorative === undefined) return;
  const [text, box] = fieldsBeside(target) ?? [];
  if (!text || (box.checked && !proposed.has(box))) return;
  // Wagtail tells of the change before it shows the new picture: this is still the old one's.
  const before = chooser.querySelector("[data-default-alt-text]").dataset.defaultAltText;
  if (text.value !== "" && text.value !== before) return;
  write(text, picture.default_alt_text);
  tick(box, picture.is_decorative);
});
