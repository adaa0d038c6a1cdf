// What there is to choose, with what is chosen already, in place of the *part* of the form that leads to it.

export async function fetchChoices(form, part) {
  const query = new URLSearchParams(new FormData(form));
  query.set("choix", "seuls");
  const answer = await fetch(`${form.action}?${query}`);
  if (!answer.ok) throw new Error(answer.status);
  part.outerHTML = await answer.text();
  form.querySelector("summary").focus();
}
