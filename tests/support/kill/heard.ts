// What the bot's messages say, as the person who reads them understands it. The wording is taken from the locale.

import fs from 'node:fs';
import { unboundPayload } from '../../../src/app/bound-button.ts';
import type { SimulatorMessage } from '../../../src/channels/simulator/history.ts';

export type Heard =
  | {
      readonly type: 'read-back';
      readonly proposal: string;
      readonly payload: string;
      readonly total: bigint;
    }
  | {
      readonly type: 'recorded';
      readonly count: number;
      readonly total: bigint;
      readonly first: bigint;
      readonly last: bigint;
    }
  | { readonly type: 'already-recorded' }
  | {
      readonly type: 'asked';
      readonly payment: string;
      readonly payload: string;
      readonly total: bigint;
    }
  /** She has given before for this meeting: the payment is booked only by this other button. */
  | { readonly type: 'asked-again'; readonly payment: string; readonly payload: string }
  | { readonly type: 'confirmed'; readonly receipt: bigint; readonly total: bigint }
  | { readonly type: 'already-confirmed'; readonly receipt: bigint }
  | { readonly type: 'reported' }
  | { readonly type: 'receipt'; readonly receipt: bigint; readonly total: bigint }
  | { readonly type: 'expired' }
  | { readonly type: 'other' };

const texts = JSON.parse(
  fs.readFileSync(new URL('../../../locales/es/texts.json', import.meta.url), 'utf8'),
) as Record<string, string>;

/** "Recibo nº {{receipt}}." finds "Recibo nº 7." and gives { receipt: '7' }. */
const pattern = (key: string): RegExp => {
  const text = texts[key];
  if (text === undefined) throw new Error(`the locale has no text ${key}`);
  const literal = text.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(literal.replaceAll(/\{\{(\w+)\}\}/g, '(?<$1>.+?)'));
};

const PATTERNS = {
  total: pattern('list.total'),
  doneOne: pattern('list.done_one'),
  doneOther: pattern('list.done_other'),
  receiptOne: pattern('list.receipt'),
  receipts: pattern('list.receipts'),
  listAlready: pattern('list.already'),
  asked: pattern('ask.paid'),
  confirmed: pattern('ask.confirmed'),
  already: pattern('ask.already'),
  reported: pattern('report.done'),
  receipt: pattern('receipt.title'),
  expired: pattern('done.expired'),
};

/** The choice of a message that begins so, what it is of, and its button; undefined when it offers none. */
const choice = (
  message: SimulatorMessage,
  start: string,
): { readonly of: string; readonly payload: string } | undefined => {
  const payload = message.choices.find((c) => c.payload.startsWith(start))?.payload;
  return payload === undefined ? undefined : { of: unboundPayload(payload).slice(start.length), payload };
};

/** "$1,250.50" as centavos; "12" as 12. Whatever has no digits is a text we do not know. */
const digits = (text: string | undefined): bigint => {
  const found = (text ?? '').replaceAll(/\D/g, '');
  if (found === '') throw new Error(`no number in "${text ?? ''}"`);
  return BigInt(found);
};

export const understood = (message: SimulatorMessage): Heard => {
  const { text } = message;
  const found = (name: keyof typeof PATTERNS) => PATTERNS[name].exec(text)?.groups;
  const proposal = choice(message, 'list:yes:');
  const total = found('total')?.['total'];
  // Without a total it only asks once more which question was answered.
  if (proposal !== undefined)
    return total === undefined
      ? { type: 'other' }
      : { type: 'read-back', proposal: proposal.of, payload: proposal.payload, total: digits(total) };
  const payment = choice(message, 'pay:yes:');
  const asked = found('asked');
  if (payment !== undefined && asked) {
    return { type: 'asked', payment: payment.of, payload: payment.payload, total: amountIn(asked['sum']) };
  }
  const again = choice(message, 'pay:again:');
  if (again !== undefined) {
    return { type: 'asked-again', payment: again.of.split(':')[0] ?? '', payload: again.payload };
  }
  const done = found('doneOne') ?? found('doneOther');
  if (done) return recorded(done, found('receiptOne') ?? found('receipts'));
  const confirmed = found('confirmed');
  if (confirmed) {
    const { receipt, total } = confirmed;
    return { type: 'confirmed', receipt: digits(receipt), total: digits(total) };
  }
  const already = found('already');
  if (already) return { type: 'already-confirmed', receipt: digits(already['receipt']) };
  const receipt = found('receipt');
  if (receipt)
    return { type: 'receipt', receipt: digits(receipt['receipt']), total: amountIn(receipt['sum']) };
  if (PATTERNS.listAlready.test(text)) return { type: 'already-recorded' };
  if (PATTERNS.reported.test(text)) return { type: 'reported' };
  return { type: PATTERNS.expired.test(text) ? 'expired' : 'other' };
};

type Groups = Readonly<Record<string, string>>;

const recorded = (done: Groups, receipts: Groups | undefined): Heard => {
  const first = digits(receipts?.['first']);
  const last = receipts?.['last'] === undefined ? first : digits(receipts['last']);
  return { type: 'recorded', count: Number(done['count']), total: digits(done['total']), first, last };
};

/** "$12.50 de ahorro": one purpose, so one amount. */
const amountIn = (sum: string | undefined): bigint => digits(/\$[\d,]+\.\d\d/.exec(sum ?? '')?.[0]);
