// What the people of the demo do all the time while the program is killed: officers write lists and say yes, members
// report payments, officers confirm them; sometimes twice, sometimes giving up when the program is gone.

import { setTimeout } from 'node:timers/promises';
import { type Claim, type Claims, purposeWord, typed } from './claims.ts';
import type { Draws } from './draws.ts';
import type { Heard } from './heard.ts';
import type { Body, Person, Phone } from './phone.ts';

/** How long a person waits for an answer before she presses again. */
const PATIENCE_MS = 3_000;
/** How long a member waits for her receipt before she reports the next payment. */
const RECEIPT_PATIENCE_MS = 5_000;
/** A list whose read-back does not come is written again so often; then she does something else. */
const LIST_TRIES_MAX = 4;
const PRESSES_MAX = 4;
const LINES_MAX = 3;
const PAUSE_MS_MAX = 60;
/** How often one presses twice at once, answers in words, or gives up when the program is gone under her yes. */
const TWICE = 0.2;
const IN_WORDS = 0.4;
const GIVES_UP = 0.3;

export type Writer = {
  readonly phone: Phone;
  readonly claims: Claims;
  readonly draws: Draws;
  /** Those of her group whom she writes down. */
  readonly members: readonly Person[];
  readonly isOver: () => boolean;
};

/** Writes lists and confirms what members report, one thing after the other, until it is over. */
export const officerWrites = async (writer: Writer): Promise<void> => {
  const pressed = new Set<string>();
  while (!writer.isOver()) {
    const asked = writer.phone.heard.find(
      (h): h is Extract<Heard, { type: 'asked' }> => h.type === 'asked' && !pressed.has(h.payment),
    );
    if (asked) {
      pressed.add(asked.payment);
      await confirmReport(writer, asked);
    } else {
      await writeList(writer);
    }
    await setTimeout(writer.draws.between(0, PAUSE_MS_MAX));
  }
};

/** Reports one payment after the other, until it is over. */
export const memberReports = async ({ phone, claims, draws, isOver }: Writer): Promise<void> => {
  while (!isOver()) {
    const { line } = claims.claim(phone.person);
    const from = phone.heard.length;
    await phone.send({ text: `ya pagué ${typed(line.minor)} ${purposeWord(line.purpose)}` });
    const hers = (h: Heard): h is Extract<Heard, { type: 'receipt' }> =>
      h.type === 'receipt' && h.total === line.minor;
    await phone.hear(from, hers, RECEIPT_PATIENCE_MS);
    await setTimeout(draws.between(0, PAUSE_MS_MAX));
  }
};

const writeList = async (writer: Writer): Promise<void> => {
  const { phone, claims, draws, members } = writer;
  const size = Math.floor(draws.between(1, LINES_MAX + 1));
  const first = Math.floor(draws.between(0, members.length));
  const payers = Array.from({ length: size }, (_, i) => members[(first + i) % members.length]);
  const list = payers.flatMap((payer) => (payer ? [claims.claim(payer)] : []));
  const text = list
    .map(({ line }) => `${line.member.name} ${typed(line.minor)} ${purposeWord(line.purpose)}`)
    .join(', ');
  const total = list.reduce((sum, { line }) => sum + line.minor, 0n);
  const hers = (h: Heard): h is Extract<Heard, { type: 'read-back' }> =>
    h.type === 'read-back' && h.total === total;
  for (let tries = 0; tries < LIST_TRIES_MAX; tries += 1) {
    const from = phone.heard.length;
    await phone.send({ text });
    const readBack = await phone.hear(from, hers, PATIENCE_MS);
    if (readBack) return sayYes(writer, list, { ...readBack, total });
  }
};

type ReadBack = { readonly proposal: string; readonly payload: string; readonly total: bigint };

/**
 * Until the list is known to be recorded, or she gives up: then nobody says yes to it again. When another officer wrote
 * one of the members down meanwhile, the list is read back anew and she says yes to that.
 */
const sayYes = async (writer: Writer, list: readonly Claim[], of: ReadBack): Promise<void> => {
  const { phone, draws } = writer;
  for (const claim of list) press(claim);
  let { proposal, payload } = of;
  const answered = (h: Heard): h is Heard =>
    (h.type === 'recorded' && h.total === of.total) ||
    (h.type === 'read-back' && h.total === of.total && h.proposal !== proposal) ||
    h.type === 'already-recorded' ||
    h.type === 'expired';
  for (let presses = 0; presses < PRESSES_MAX; presses += 1) {
    const from = phone.heard.length;
    // In words only the first time: a second "sí" could be heard as the answer to another question.
    const inWords = presses === 0 && draws.chance(IN_WORDS);
    const body: Body = inWords ? { text: 'sí' } : { payload };
    if ((await pressOnceOrTwice(writer, body, inWords)) === 'gave-up') return;
    const answer = await phone.hear(from, answered, PATIENCE_MS);
    if (answer?.type === 'read-back') ({ proposal, payload } = answer);
    else if (answer) return;
  }
};

const confirmReport = async (
  writer: Writer,
  asked: { readonly payment: string; readonly payload: string; readonly total: bigint },
): Promise<void> => {
  const { phone, claims } = writer;
  const claim = claims.of(phone.person.group, asked.total);
  if (claim) press(claim);
  let { payload } = asked;
  const answered = (h: Heard): h is Heard =>
    (h.type === 'confirmed' && h.total === asked.total) ||
    (h.type === 'asked-again' && h.payment === asked.payment && h.payload !== payload) ||
    h.type === 'already-confirmed';
  for (let presses = 0; presses < PRESSES_MAX; presses += 1) {
    const from = phone.heard.length;
    if ((await pressOnceOrTwice(writer, { payload }, false)) === 'gave-up') return;
    const answer = await phone.hear(from, answered, PATIENCE_MS);
    if (answer?.type === 'asked-again') payload = answer.payload;
    else if (answer) return;
  }
};

const press = (claim: Claim): void => {
  if (claim.state === 'unpressed') claim.state = 'pressed';
};

/** Two presses of one button are two messages with ids of their own, on their way at the same time. */
const pressOnceOrTwice = async (
  { phone, draws }: Writer,
  body: Body,
  once: boolean,
): Promise<'sent' | 'gave-up'> => {
  const giveUp = () => draws.chance(GIVES_UP);
  const times = !once && draws.chance(TWICE) ? 2 : 1;
  const sent = await Promise.all(Array.from({ length: times }, () => phone.send(body, giveUp)));
  return sent.includes('in-doubt') ? 'gave-up' : 'sent';
};
