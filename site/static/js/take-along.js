// The buttons under a topic: print, share, keep. Each appears only where the browser can do it.

{
  const box = document.querySelector(".topic-tools");
  const button = (name) => box.querySelector(`[data-does="${name}"]`);
  const address = location.origin + location.pathname;
  const said = box.querySelector(".topic-tools__said");

  if (window.print) {
    button("print").hidden = false;
    button("print").addEventListener("click", () => window.print());
  }

  const share = button("share"); // none where the page has no address
  if (share && navigator.share) {
    share.hidden = false;
    share.addEventListener("click", () => {
      // Given up is no error.
      navigator.share({ title: document.querySelector("h1").textContent, url: address }).catch(() => {});
    });
  } else if (share && navigator.clipboard) {
    share.textContent = box.dataset.copy;
    share.hidden = false;
    share.addEventListener("click", async () => {
      await navigator.clipboard.writeText(address).then(() => (said.textContent = box.dataset.copied), () => {});
    });
  }

  async function show() {
    const kept = (await keeping.topics()).find((topic) => topic.address === address);
    button("keep").hidden = Boolean(kept);
    button("forget").hidden = !kept;
    box.querySelector(".topic-tools__kept").hidden = !kept;
    if (kept) said.textContent = box.dataset.keptOn.replace("{day}", keeping.inWords(kept.keptAt));
  }

  async function keep() {
    button("keep").disabled = true;
    said.textContent = box.dataset.keeping;
    const done = await keeping.ask({ what: "keep", address, shell: box.dataset.shell }).catch(() => false);
    button("keep").disabled = false;
    if (!done && !(await keeping.topics()).length) await keeping.forgetAll();
    await show();
    if (done) button("forget").focus();
    else said.textContent = box.dataset.failed;
  }

  if (keeping.can) {
    show();
    // Started from the home screen, where somebody has put the site: there has to be a page
    // for when there is no line.
    if (matchMedia("(display-mode: standalone)").matches) {
      keeping.ask({ what: "shell", shell: box.dataset.shell }).catch(() => {});
    }
    button("keep").addEventListener("click", keep);
    button("forget").addEventListener("click", async () => {
      await keeping.forget(address);
      await show();
      said.textContent = box.dataset.forgotten;
      button("keep").focus();
    });
  }

  // Shown from what is kept: say so at the top, since it may have changed meanwhile.
  const { keptAt } = document.documentElement.dataset;
  if (keptAt) {
    const note = document.createElement("p");
    note.className = "kept-note";
    note.textContent = box.dataset.fromKeep.replace("{day}", keeping.inWords(new Date(keptAt)));
    document.querySelector("main").prepend(note);
  }
}
