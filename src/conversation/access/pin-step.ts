import { authorize } from '../../domain/access/authorize.ts';
import { isPinShaped, pinFault, UNLOCKED_MINUTES } from '../../domain/pin.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { IncomingMessage } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import type { Session, Waiting } from '../session.ts';
import type { Snapshot } from '../snapshot.ts';
import { decide, needs, type Turn } from '../turn.ts';
import { actorOf } from './actor-of.ts';
import { ask } from './ask-pin.ts';
import type { PinFlow, View } from './pin-facts.ts';
import { pageOf, typedAfter, typedOn } from './pin-pad.ts';
import { withoutPin } from './pin-without.ts';
import { digitsIn, notHere, pinWritten, setAnother } from './pin-written.ts';
import { pinWrong } from './pin-wrong.ts';
import { viewOf } from './unlocked.ts';

/** A step that ended with her PIN, or what she asked for before it: that is stepped now, with what is hers open. */
export type PinStep =
  | { readonly type: 'ended'; readonly result: StepResult }
  | {
      readonly type: 'opened';
      readonly snapshot: Snapshot;
      readonly body: Waiting['body'];
      /** It was she who asked for it, or so her telephone has it. */
      readonly isHers: boolean;
      /** Decided and said before that. */
      readonly events: readonly DomainEvent[];
      readonly replies: readonly Reply[];
    };

/**
 * Whatever has to do with typing a PIN: a button of the keypad, a page that was sent off, digits written in the chat. It
 * comes before all else, so that no digit of hers is read as anything. Undefined: none of it.
 */
export const pinStep = (turn: Turn, message: IncomingMessage): PinStep | undefined => {
  const { speaker } = turn.snapshot;
  const { body } = message;
  if (speaker.type !== 'member' || speaker.me.state === 'pending') {
    return body.type === 'pin' ? ended(expired(turn)) : undefined;
  }
  if (authorize(actorOf(turn.snapshot), 'use-pin') !== 'allowed') return undefined;
  if (body.type === 'pin') return fromPage(turn, body);
  const digits = body.type === 'text' ? digitsIn(turn, body.text) : undefined;
  if (digits !== undefined) {
    const result = pinWritten(turn, message, digits);
    return result && ended(result);
  }
  const { input } = turn;
  if (input.type !== 'choice' || input.verb !== 'pin') return undefined;
  if (body.type === 'button' || LEAVING.has(input.args[1] ?? '')) return pressed(turn, input.args);
  // One digit after the other, each as a text: they are pressed, not written.
  const { flow } = turn.session;
  return flow.type === 'pin' ? ended(notHere(turn, message, flow)) : undefined;
};

/** Choices beside the digits: they are made by number or word as well, where there are no buttons. */
const LEAVING: ReadonlySet<string> = new Set(['no', 'without']);

const ended = (result: StepResult): PinStep => ({ type: 'ended', result });

const expired = (turn: Turn): StepResult =>
  decide(turn, { flow: turn.session.flow, replies: [reply([say('done.expired')])] });

const fromPage = (
  turn: Turn,
  { pad, digits }: { readonly pad: string; readonly digits: string },
): PinStep => {
  const { flow } = turn.session;
  const isAsked =
    flow.type === 'pin' && flow.way === 'link' && flow.padId === pageOf(pad) && isPinShaped(digits);
  return isAsked ? given(turn, { ...flow, typed: digits }) : ended(expired(turn));
};

const pressed = (turn: Turn, [padId = '', key = '']: readonly string[]): PinStep => {
  const { flow } = turn.session;
  if (flow.type !== 'pin' || flow.padId !== padId) return ended(expired(turn));
  if (isLeft(turn)) return ended(decide(turn, { replies: [reply([say('done.expired')])] }));
  if (key === 'no') {
    const session = { waiting: undefined };
    return ended(decide(turn, { session, replies: [reply([say('done.cancelled')])] }));
  }
  if (key === 'without') return ended(withoutPin(turn));
  if (key === 'ok' && isPinShaped(flow.typed)) return given(turn, flow);
  const next = { ...flow, typed: typedAfter(flow, key) };
  const line = key === 'ok' ? say('pin.too-short') : say(ASKED[flow.ask]);
  return ended(decide(turn, { flow: next, replies: [typedOn(turn, next, [line])] }));
};

/** A keypad that was left lying is not typed on by the next one who holds the telephone. */
const isLeft = ({ session, snapshot: { now } }: Turn): boolean =>
  session.at !== undefined && now.since(session.at).total('minutes') >= UNLOCKED_MINUTES;

/** What stands over the dots, by what is asked for. */
const ASKED = { open: 'pin.ask', new: 'pin.typing', again: 'pin.again' } as const;

/** All digits are there. */
const given = (turn: Turn, flow: PinFlow): PinStep => {
  if (flow.ask === 'open') return openWith(turn, flow);
  return flow.ask === 'new' ? ended(newOne(turn, flow)) : onceMore(turn, flow);
};

const openWith = (turn: Turn, flow: PinFlow): PinStep => {
  const told = turn.snapshot.pinTold;
  if (!told) return ended(needs({ type: 'pin', check: { do: 'open', digits: flow.typed } }));
  if (told.type !== 'right') return ended(pinWrong(turn, flow, told));
  if (!told.isKnown) return opened(turn, told.view);
  const { waiting } = turn.session;
  return ended(setAnother(turn, told.view, { lines: [say('pin.was-seen')], waiting, shown: [flow.typed] }));
};

/** What is hers is open, and what she asked for is answered: it was hers to ask, or it is of another one here. */
const opened = (turn: Turn, view: View, events: readonly DomainEvent[] = []): PinStep => {
  const { session, snapshot } = turn;
  if (snapshot.speaker.type !== 'member') return ended(expired(turn));
  const { me } = snapshot.speaker;
  const isSet = events.length > 0;
  const { waiting } = session;
  const mine = waiting?.by === me.id ? waiting : undefined;
  // A telephone that was silent for long is known again to be hers.
  const { id: addressId, doubt } = snapshot.address;
  const decided: DomainEvent[] = [...events, { type: 'pin-opened', memberId: me.id, view }];
  if (doubt) decided.push({ type: 'address-trusted', memberId: me.id, addressId });
  const open: Partial<Session> = {
    as: me.id,
    unlocked: { as: me.id, at: snapshot.now, view },
    waiting: undefined,
  };
  if (!waiting) {
    const said = isSet
      ? reply([say('pin.done'), ...traces(turn)], [offer('ask:menu', say('menu.all'))])
      : openReply;
    return ended(decide(turn, { events: decided, session: open, replies: [said] }));
  }
  const { flow, offered } = mine ?? { flow: { type: 'idle' } as const, offered: [] };
  const address = {
    ...snapshot.address,
    doubt: undefined,
    session: { ...session, ...open, flow, offered },
  };
  const pin = snapshot.pin && { ...snapshot.pin, ...(isSet && { has: true }) };
  return {
    type: 'opened',
    snapshot: { ...snapshot, address, pin, pinTold: undefined },
    body: waiting.body,
    isHers: mine !== undefined,
    events: decided,
    replies: isSet ? [reply([say('pin.done')])] : [],
  };
};

/** She is in, and nothing waits to be answered. */
export const openReply: Reply = reply([say('pin.open')], [offer('ask:menu', say('menu.all'))]);

/** Where nothing can be taken back, what was said of the other PIN is hers to delete; of one she wrote in the chat nothing was. */
const traces = ({ session: { flow, unlocked } }: Turn): Say[] =>
  flow.type === 'pin' && flow.kind === 'other' && flow.way === 'link' && unlocked ? [say('pin.delete')] : [];

const newOne = (turn: Turn, flow: PinFlow): StepResult => {
  const { speaker } = turn.snapshot;
  const { waiting } = turn.session;
  const numbers = speaker.type === 'member' ? [String(speaker.me.number), turn.herNumber] : [];
  const fault = flow.shown.includes(flow.typed) ? 'easy' : pinFault(flow.typed, numbers);
  if (fault) return anew(turn, flow, say(`pin.fault-${fault}`));
  const told = turn.snapshot.pinTold;
  if (!told) return needs({ type: 'pin', check: { do: 'make', digits: flow.typed } });
  // Said at once, like every other fault: that another woman here has it shows in nothing.
  if (told.type !== 'free') return anew(turn, flow, say('pin.fault-easy'));
  return ask(
    turn,
    { ask: 'again', kind: flow.kind, first: flow.typed, shown: flow.shown },
    { lines: [say('pin.again')], waiting },
  );
};

/** That one cannot be hers: she chooses again. What stands in the chat still cannot. */
const anew = (turn: Turn, { kind, shown }: PinFlow, line: Say): StepResult =>
  ask(
    turn,
    { ask: 'new', kind, first: '', shown },
    { lines: [line, say('pin.typing')], waiting: turn.session.waiting },
  );

const onceMore = (turn: Turn, flow: PinFlow): PinStep => {
  if (flow.typed !== flow.first) return ended(anew(turn, flow, say('pin.differs')));
  if (flow.shown.includes(flow.typed)) return ended(anew(turn, flow, say('pin.fault-easy')));
  const told = turn.snapshot.pinTold;
  if (told?.type !== 'made') return ended(needs({ type: 'pin', check: { do: 'hash', digits: flow.typed } }));
  const { speaker } = turn.snapshot;
  if (speaker.type !== 'member') return ended(expired(turn));
  const { hash, spare } = told;
  const set: DomainEvent = { type: 'pin-set', memberId: speaker.me.id, kind: flow.kind, hash, spare };
  // With the other one she gets in as with the other one, also when it had to be another.
  const isOther = flow.kind === 'other' && viewOf(turn.snapshot) !== 'all';
  return opened(turn, isOther ? 'discreet' : 'all', [set]);
};
