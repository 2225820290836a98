/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- the browser runs this file as it is: it has no types */
import { keepSession, sessionBefore } from './remember.js';

/** The program's clock: shown by the hours of the phone in use, moved forward, and the test that is saved. */

const LOOK_MS = 15_000;
let aheadMs = 0;

/** @returns {Date} by the program's clock */
export const simulatedNow = () => new Date(Date.now() + aheadMs);

/** @param {{ active: () => object, moved: () => void }} options */
export async function startClock({ active, moved }) {
  const show = () => {
    const words = active()?.nowInWords ?? '';
    const shown = document.getElementById('now');
    if (shown.textContent !== words) shown.textContent = words;
  };
  const isAt = (now) => {
    aheadMs = Date.parse(now) - Date.now();
    moved();
    show();
  };
  setInterval(show, LOOK_MS);
  const session = await asked(`/simulator/session?page=${sessionBefore()}`);
  if (session === undefined) return show;
  keepSession(session.page);
  document.getElementById('save').href = `/simulator/transcript?page=${session.page}`;
  isAt(session.now);

  const steps = document.getElementById('steps');
  steps.hidden = !session.mayMove;
  const move = async (to) => {
    steps.ariaBusy = 'true';
    const body = JSON.stringify({ to, address: active().address });
    const headers = { 'content-type': 'application/json' };
    const answer = await asked('/simulator/clock', { method: 'POST', headers, body });
    steps.ariaBusy = 'false';
    document.getElementById('clock-fault').hidden = answer !== undefined;
    if (answer) isAt(answer.now);
  };
  steps.addEventListener('click', ({ target }) => {
    if (target.dataset.to && steps.ariaBusy !== 'true') void move(target.dataset.to);
  });
  return show;
}

async function asked(url, options) {
  const answer = await fetch(url, options).catch(() => undefined);
  return answer?.ok ? answer.json() : undefined;
}
