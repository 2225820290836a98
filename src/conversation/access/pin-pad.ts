import { PIN_DIGITS_MAX, UNLOCKED_MINUTES } from '../../domain/pin.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, type Reply, reply, type Say, say, takenBack } from '../say.ts';
import type { Session } from '../session.ts';
import type { Turn } from '../turn.ts';
import type { PinFlow } from './pin-facts.ts';

/** How long a page waits for her. */
const PAGE_MINUTES = UNLOCKED_MINUTES;
/** Buttons in a row of the keypad. */
const KEYPAD_COLUMNS = 3;
const DIGITS = 10;

/** What is asked for, whichever way it is typed. */
export type AskedFor = Pick<PinFlow, 'ask' | 'kind' | 'first'> & { readonly shown?: PinFlow['shown'] };

/** A place to type a PIN, as it is asked for: what is said, what is remembered, and a page where it is one. */
export type Asked = {
  readonly flow: PinFlow;
  readonly reply: Reply;
  readonly events: readonly DomainEvent[];
};

/** Asks for digits, by whichever way she can type them here. @param lines what is said above the keypad or the link */
export const askDigits = (turn: Turn, what: AskedFor, lines: readonly Say[]): Asked =>
  turn.pinWay === 'link' ? asPage(turn, what, lines) : asKeypad(turn, what, lines);

const asKeypad = (turn: Turn, what: AskedFor, lines: readonly Say[]): Asked => {
  const padId = turn.newId();
  const flow: PinFlow = {
    type: 'pin',
    shown: [],
    ...what,
    way: 'keypad',
    padId,
    keys: shuffled(turn.newSecret()),
    typed: '',
  };
  return {
    flow,
    events: [],
    reply: { ...reply([...lines, dots('')], keysOf(turn, flow)), id: padId, columns: KEYPAD_COLUMNS },
  };
};

/** The address of the page is a secret that only this message holds. */
const asPage = (turn: Turn, what: AskedFor, lines: readonly Say[]): Asked => {
  const token = turn.newSecret().slice(0, 32);
  const hash = turn.sha256(token);
  const until = turn.snapshot.now.add({ minutes: PAGE_MINUTES });
  const place = { way: 'link', padId: pageOf(hash), keys: '', typed: '' } as const;
  const flow: PinFlow = { type: 'pin', shown: [], ...what, ...place };
  return {
    flow,
    events: [{ type: 'pin-page-made', hash, until }],
    reply: reply([...lines, say('pin.page', { link: turn.pinLink(token) })], leaving(turn, flow)),
  };
};

/** Half of the hash of its token is enough to know a page by, and leaves room in a button. */
export const pageOf = (hash: string): string => hash.slice(0, 32);

/** What stands behind each button is in her sealed session: a payload says which button, and never which digit. */
const keysOf = (turn: Turn, flow: PinFlow): Offer[] => {
  const { keys, padId } = flow;
  const key = (at: number): Offer => offer(`pin:${padId}:${at}`, say('pin.key', { digit: keys[at] ?? '' }));
  const nine = Array.from({ length: DIGITS - 1 }, (_, at) => key(at));
  return [
    ...nine,
    offer(`pin:${padId}:back`, say('pin.back')),
    key(DIGITS - 1),
    offer(`pin:${padId}:ok`, say('pin.ok')),
    ...leaving(turn, flow),
  ];
};

/**
 * A woman who has no PIN, on the telephone of one who has: she is not kept out of what is hers. Nor is she whose PIN is closed
 * while another one's is not.
 */
const leaving = ({ snapshot: { pin } }: Turn, { ask, padId }: PinFlow): Offer[] => [
  offer(`pin:${padId}:no`, say('choice.cancel')),
  ...(ask === 'open' && pin && pin.without.length > 0
    ? [offer(`pin:${padId}:without`, say('pin.without'))]
    : []),
  ...(ask === 'open' && pin && pin.closed.length > 0 ? [offer('pinreset', say('pin.tell-leader'))] : []),
];

/** The keypad with one more dot, or one less: the same message says so. */
export const typedOn = (turn: Turn, flow: PinFlow, lines: readonly Say[]): Reply => ({
  ...reply([...lines, dots(flow.typed)], keysOf(turn, flow)),
  edits: flow.padId,
  columns: KEYPAD_COLUMNS,
});

/** What a button of the keypad adds to what was typed, or takes away. */
export const typedAfter = ({ typed, keys }: PinFlow, key: string): string => {
  if (key === 'back') return typed.slice(0, -1);
  const digit = /^\d$/u.test(key) ? keys[Number(key)] : undefined;
  return digit === undefined || typed.length >= PIN_DIGITS_MAX ? typed : typed + digit;
};

const dots = (typed: string): Say => say('pin.dots', { dots: '●'.repeat(typed.length) || '○' });

/** The ten digits in an order that nobody can foresee. @param secret at least 128 random bits as hex */
const shuffled = (secret: string): string => {
  const left = '0123456789'.split('');
  let bits = BigInt(`0x${secret}`);
  let keys = '';
  while (left.length > 0) {
    const at = Number(bits % BigInt(left.length));
    bits /= BigInt(left.length);
    keys += left.splice(at, 1).join('');
  }
  return keys;
};

/**
 * A keypad that is not asked with any more goes from her screen before anything else is said, and what waited for it is
 * forgotten.
 */
export const withoutPad = ({ flow }: Session, result: StepResult): StepResult => {
  if (flow.type !== 'pin' || result.type !== 'decided') return result;
  const { outcome } = result;
  const next = outcome.session.flow;
  if (next.type === 'pin' && next.padId === flow.padId) return result;
  const session = next.type === 'pin' ? outcome.session : { ...outcome.session, waiting: undefined };
  const gone = flow.way === 'keypad' ? [takenBack({ ours: flow.padId })] : [];
  return { ...result, outcome: { ...outcome, session, replies: [...gone, ...outcome.replies] } };
};
