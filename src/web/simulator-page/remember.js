/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- the browser runs this file as it is: it has no types */
/** What the page remembers: in the address bar for this visit, in the browser for the next one. */

const KEPT = ['look', 'theme'];
const SESSION = 'comadre-page';
const asked = new URLSearchParams(location.search);

/** @returns {string | undefined} */
export const remembered = (name) =>
  asked.get(name) ??
  (KEPT.includes(name) ? tried(() => localStorage.getItem(`comadre-${name}`)) : undefined) ??
  undefined;

/** @param {Record<string, string | undefined>} values undefined forgets */
export function remember(values) {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) asked.delete(name);
    else asked.set(name, value);
    if (KEPT.includes(name)) tried(() => localStorage.setItem(`comadre-${name}`, value));
  }
  history.replaceState(null, '', `?${asked}`);
}

/** The id of this page's session, which outlives a reload. */
export const sessionBefore = () => tried(() => sessionStorage.getItem(SESSION)) ?? '';
export const keepSession = (page) => tried(() => sessionStorage.setItem(SESSION, page));

/** A browser may keep nothing: then nothing is remembered. */
function tried(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}
