// Who is logged in, asked before something typed is sent: without a session, or with
// somebody else's, the answer would be a login page and the text would be gone.

const page = document.getElementById("session").dataset; // see templates/accounts/session.html

/** "open", "closed", "other" (somebody else's) or "unreachable". Takes over the session's
 * present token: whoever has logged in again has another one. */
export async function session() {
  let answer;
  try {
    answer = await fetch(page.url, {
      headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
      cache: "no-store",
    });
  } catch {
    return "unreachable";
  }
  if (answer.status === 403) return "closed";
  if (!answer.ok) return "unreachable";
  const { user, token } = await answer.json();
  if (String(user) !== page.user) return "other";
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  return "open";
}

/** Say on the page what `state` means, and that the text is still there. */
export function explain(state) {
  const detail = { clear: true, type: state === "open" ? "success" : "error", text: page[state] };
  document.dispatchEvent(new CustomEvent("w-messages:add", { detail }));
}
