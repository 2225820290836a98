import { firstName } from '../../domain/group.ts';
import { asId, isId, type TandaOrderId } from '../../domain/ids.ts';
import { zero } from '../../domain/money.ts';
import { type Result, refuse } from '../../domain/result.ts';
import { roundsHanded } from '../../domain/tanda/running.ts';
import type { TandaTermsRefusal } from '../../domain/tanda/terms.ts';
import { termsFor } from '../../domain/tanda/terms-for.ts';
import { agreedTurns, type Turns, type TurnsRefusal } from '../../domain/tanda/turns.ts';
import type { DomainEvent } from '../domain-event.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import type { ProposedOrder, TandaFacts } from '../tanda-facts.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import type { Intent } from '../understand/meaning.ts';
import { orderNames } from './order-names.ts';
import { numbersIn } from './tanda.ts';
import { tandaRefusalText } from './tanda-refusal.ts';
import { askOrder, orderLines } from './tanda-turns.ts';

/** What she may mean, when she was asked for the order: names alone, which may look like a list or a roll. */
const NAMES: ReadonlySet<Intent> = new Set<Intent>([
  'unknown',
  'turns.show',
  'payments.record',
  'attendance',
]);

/** Her answer to "in which order"; undefined when she writes of something else, such as a list of payments. */
export const orderAnswer = (turn: OfficerTurn): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  const { intent, items } = turn.input.meaning;
  const isList = items.some(({ amountMinor }) => amountMinor !== undefined);
  return NAMES.has(intent) && !isList ? readOrder(turn) : undefined;
};

/** "turnos: Ana, Lupita, Rosa…": the order they agreed on, as an officer writes it. */
const readOrder = (turn: OfficerTurn): StepResult | undefined => {
  const { tanda, rules } = turn.speaker.group;
  if (!tanda || turn.input.type !== 'words') return undefined;
  if (rules.tanda?.turns !== 'agreement') return said(turn, say('order.drawn-here'));
  if (tanda.running && roundsHanded(tanda.running) > 0) return said(turn, say('order.begun'));
  const { members, unclear } = orderNames(turn, turn.input.text);
  if (unclear.length > 0) return askOrder(turn, [say('roll.unclear', { names: unclear.join(', ') })]);
  if (members.length === 0) return askOrder(turn);
  const numbers = members.map(({ number }) => number);
  const turns = turnsOf(turn, numbers);
  if (!turns.ok) return askOrder(turn, [refusalText(turn, turns.refusal)]);
  const id = asId<TandaOrderId>(turn.newId());
  return decide(turn, {
    flow: { type: 'order-confirm', orderId: id, turns: numbers },
    replies: [
      reply(
        [say('turns.title'), ...shown(turn, tanda, turns.value), say('list.question')],
        [offer(`order:yes:${id}`, say('choice.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

/** "turnos: Ana, Lupita…" in one message; undefined when she only asks for the turns. */
export const orderSaidNow = (turn: OfficerTurn): StepResult | undefined => {
  if (turn.input.type !== 'words' || !turn.input.text.includes(':')) return undefined;
  const { members } = orderNames(turn, turn.input.text);
  return members.length > 1 ? orderAnswer(turn) : undefined;
};

const said = (turn: OfficerTurn, text: Say): StepResult => decide(turn, { replies: [reply([text])] });

/** Each member stands in it once, or twice where she took two numbers. */
const turnsOf = (
  turn: OfficerTurn,
  numbers: readonly number[],
): Result<Turns, TandaTermsRefusal | TurnsRefusal> => {
  const everybody = turn.speaker.company.desk.roster.map(({ number }) => number);
  const isOfAll =
    everybody.every((number) => numbers.includes(number)) &&
    numbers.every((number) => everybody.includes(number));
  if (!isOfAll) return refuse({ type: 'tanda_turns_differ' });
  const terms = termsFor(turn.speaker.group.rules.tanda, numbers);
  return terms.ok ? agreedTurns(terms.value, numbers) : terms;
};

/** What it says of the rounds: how many are to be filled, where that is what is wrong. */
const refusalText = (turn: OfficerTurn, refusal: TandaTermsRefusal | TurnsRefusal): Say =>
  refusal.type === 'tanda_rounds_differ' && turn.speaker.group.rules.tanda
    ? say('order.rounds', { rounds: turn.speaker.group.rules.tanda.rounds, turns: refusal.rounds })
    : tandaRefusalText(refusal);

const shown = (turn: OfficerTurn, tanda: TandaFacts, turns: Turns): Say[] => {
  const { rules, currency } = turn.speaker.group;
  return orderLines({ facts: tanda, contribution: rules.tanda?.contribution ?? zero(currency) }, turns);
};

/** Her yes to the order as it was read back. It stands when another officer says the same. */
export const proposeOrder = (turn: OfficerTurn, id: string): StepResult | undefined => {
  const { flow } = turn.session;
  const { group, me } = turn.speaker;
  if (flow.type !== 'order-confirm' || flow.orderId !== id || !group.tanda) return undefined;
  const officers = otherOfficers(turn);
  if (officers.length === 0) return said(turn, say('list.no-officer'));
  const turns = turnsOf(turn, flow.turns);
  if (!turns.ok) return said(turn, refusalText(turn, turns.refusal));
  const order: ProposedOrder = { id: flow.orderId, kind: 'agreement', by: me.id, turns: flow.turns };
  // One order waits at a time: what was written before and not answered gives way to this one.
  const before = group.tanda.orders.filter(({ kind }) => kind === 'agreement');
  return decide(turn, {
    events: [
      ...before.map(
        (one): DomainEvent => ({
          type: 'turns-moved',
          step: { id: one.id, state: 'refused', witness: me.id },
        }),
      ),
      { type: 'turns-proposed', order: { ...order, cycleId: group.tanda.cycleId } },
    ],
    notices: tell(
      officers,
      'ask',
      questionOf(order, firstName(me.name), shown(turn, group.tanda, turns.value)),
    ),
    replies: [reply([say('loan-hand.waits', { name: firstName(officers[0]?.name ?? '') })])],
  });
};

const questionOf = (order: ProposedOrder, leader: string, lines: readonly Say[]): Reply =>
  reply(
    [say('order.ask', { leader }), ...lines, say('order.ask-question')],
    [
      offer(`ordersaid:yes:${order.id}`, say('loan-hand.got')),
      offer(`ordersaid:no:${order.id}`, say('loan-hand.not-got')),
    ],
  );

/** The question to the second officer once more; undefined when the order fits the group no longer. */
export const orderQuestion = (turn: OfficerTurn, order: ProposedOrder): Reply | undefined => {
  const { tanda } = turn.speaker.group;
  if (!tanda || order.kind !== 'agreement') return undefined;
  const turns = turnsOf(turn, order.turns);
  const proposer = tanda.people.find(({ id }) => id === order.by);
  return turns.ok
    ? questionOf(order, firstName(proposer?.name ?? ''), shown(turn, tanda, turns.value))
    : undefined;
};

/** The second officer's word on the order. With her yes all are told, and how to object. */
export const orderSaid = (turn: OfficerTurn, answer: string, id: string): StepResult | undefined => {
  const { extra, group, me } = turn.speaker;
  if (!isId(id) || (answer !== 'yes' && answer !== 'no') || !group.tanda) return undefined;
  const order = group.tanda.orders.find((one) => one.id === id);
  if (order?.kind !== 'agreement') return said(turn, say('loan-decide.already'));
  if (order.by === me.id) return said(turn, say('count.other-officer'));
  if (!extra.voters) return needs({ type: 'voters' });
  const turns = turnsOf(turn, order.turns);
  const begun = group.tanda.running !== undefined && roundsHanded(group.tanda.running) > 0;
  if (answer === 'no' || begun || !turns.ok) {
    return decide(turn, {
      events: [{ type: 'turns-moved', step: { id: order.id, state: 'refused', witness: me.id } }],
      notices: tell(
        extra.voters.filter((one) => one.id === order.by),
        'answer',
        reply([say('order.denied', { name: firstName(me.name) })]),
      ),
      replies: [reply([say(begun ? 'order.begun' : 'loan-hand.noted')])],
    });
  }
  return agree(turn, order, turns.value);
};

const agree = (turn: OfficerTurn, order: ProposedOrder, turns: Turns): StepResult => {
  const { extra, group, me } = turn.speaker;
  if (!group.tanda) return said(turn, say('loan-decide.already'));
  const lines = [say('turns.title'), ...shown(turn, group.tanda, turns), say('order.object')];
  return decide(turn, {
    events: [
      {
        type: 'turns-moved',
        step: { id: order.id, state: 'agreed', witness: me.id, turns: numbersIn(turns) },
      },
    ],
    notices: tell(
      (extra.voters ?? []).filter((one) => one.id !== me.id),
      'draw',
      reply(lines),
    ),
    replies: [reply([say('order.stands'), ...lines])],
  });
};
