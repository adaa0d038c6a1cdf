// The page that lists what this browser keeps; without a line it stands for any other page.

{
  const box = document.querySelector(".kept-topics");
  const part = (name) => box.querySelector(`[data-part="${name}"]`);
  const said = box.querySelector("[role=status]");

  async function entry({ address, keptAt, response }) {
    const topic = new DOMParser().parseFromString(await response.text(), "text/html");
    const item = part("entry").content.cloneNode(true);
    const link = item.querySelector("a");
    link.href = address;
    link.textContent = topic.querySelector("h1").textContent;
    link.lang = topic.documentElement.lang;
    link.dir = topic.documentElement.dir;
    item.querySelector("p").textContent = box.dataset.keptOn.replace("{day}", keeping.inWords(keptAt));
    const button = item.querySelector("button");
    button.setAttribute("aria-label", `${button.textContent}: ${link.textContent}`);
    button.addEventListener("click", async () => {
      await keeping.forget(address);
      await show(box.dataset.forgotten);
    });
    return item;
  }

  async function show(sentence = "") {
    const entries = await Promise.all((await keeping.topics()).map(entry));
    part("list").replaceChildren(...entries);
    part("none").hidden = entries.length > 0;
    part("forget-all").hidden = entries.length === 0;
    said.textContent = sentence;
    if (sentence) box.querySelector("h1").focus();
  }

  if (keeping.can) {
    part("no-line").hidden = !("keptAt" in document.documentElement.dataset);
    part("forget-all").addEventListener("click", async () => {
      await keeping.forgetAll();
      await show(box.dataset.allForgotten);
    });
    show();
    // With a line: what is kept follows the site, and what was withdrawn goes.
    const check = async () => {
      if (!(await keeping.topics()).length) return;
      await keeping.ask({ what: "check" }).catch(() => {});
      await show();
    };
    if (part("no-line").hidden) check();
    window.addEventListener("online", check);
  } else {
    part("none").hidden = true;
    part("cannot").hidden = false;
  }
}
