import { asId, isId, type TandaOrderId } from '../../domain/ids.ts';
import { roundsHanded } from '../../domain/tanda/running.ts';
import { swapTurns } from '../../domain/tanda/turns.ts';
import type { DomainEvent } from '../domain-event.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import type { TandaPerson } from '../tanda-facts.ts';
import { decide, type MemberTurn, needs } from '../turn.ts';
import { normalise } from '../understand/normalise.ts';
import { called, dateOfRound, numbersIn, personById, type Running, roundOfHer, runningIn } from './tanda.ts';
import { tandaRefusalText } from './tanda-refusal.ts';

/** "cambio mi turno con Lupita": with whom, among those who still wait for their turn. */
export const startSwap = (turn: MemberTurn): StepResult | undefined => {
  const tanda = runningIn(turn);
  if (!tanda) return undefined;
  const own = roundOfHer(tanda.running, turn.speaker.me.number, passed(tanda));
  if (own === undefined || own <= passed(tanda)) return said(turn, say('refusal.tanda_turn_passed'));
  const others = tanda.facts.people.filter((person) => isWaiting(tanda, person, turn));
  const text = turn.input.type === 'words' ? normalise(turn.input.text).split(' ') : [];
  const [named, ...more] = others.filter((one) => text.includes(normalise(called(tanda.facts, one))));
  if (named && more.length === 0) return confirmWith(turn, tanda, named);
  if (others.length === 0) return said(turn, say('swap.nobody'));
  return decide(turn, {
    replies: [
      reply(
        [say('swap.who')],
        [
          ...others.map((one) =>
            offer(
              `swap:with:${one.id}`,
              say('swap.one', {
                round: roundOfHer(tanda.running, one.number, passed(tanda)) ?? 0,
                name: called(tanda.facts, one),
              }),
            ),
          ),
          offer('no', say('choice.cancel')),
        ],
      ),
    ],
  });
};

const said = (turn: MemberTurn, text: Say): StepResult => decide(turn, { replies: [reply([text])] });

/** Rounds that are over: handed over, or said to be. */
const passed = ({ facts, running }: Running): number =>
  Math.max(roundsHanded(running), facts.payout?.round ?? 0);

const isWaiting = (tanda: Running, person: TandaPerson, turn: MemberTurn): boolean =>
  person.id !== turn.speaker.me.id &&
  (roundOfHer(tanda.running, person.number, passed(tanda)) ?? 0) > passed(tanda);

const confirmWith = (turn: MemberTurn, tanda: Running, other: TandaPerson): StepResult => {
  const id = asId<TandaOrderId>(turn.newId());
  const { hers, theirs } = roundsOfBoth(turn, tanda, other);
  return decide(turn, {
    flow: { type: 'swap-confirm', orderId: id, other: other.id },
    replies: [
      reply(
        [
          say('swap.confirm', {
            name: called(tanda.facts, other),
            yours: theirs,
            date: dateOfRound(turn, tanda.running, theirs),
            hers,
          }),
          say('swap.confirm-question'),
        ],
        [offer(`swap:yes:${id}:${hers}-${theirs}`, say('choice.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

/** Of who took two numbers the one that comes next is changed. */
const roundsOfBoth = (turn: MemberTurn, tanda: Running, other: TandaPerson) => ({
  hers: roundOfHer(tanda.running, turn.speaker.me.number, passed(tanda)) ?? 0,
  theirs: roundOfHer(tanda.running, other.number, passed(tanda)) ?? 0,
});

/** The buttons of who asks for a change: with whom, and her yes. */
export const swapVerb = (
  turn: MemberTurn,
  [what = '', id = '', shown = '']: readonly string[],
): StepResult | undefined => {
  const tanda = runningIn(turn);
  if (what === '') return startSwap(turn);
  if (!tanda) return undefined;
  if (what === 'yes') return propose(turn, tanda, { id, shown });
  const other = what === 'with' && personById(tanda.facts, id);
  return other && isWaiting(tanda, other, turn) ? confirmWith(turn, tanda, other) : undefined;
};

/** The other one is asked. Nothing changes before she says yes herself. */
const propose = (
  turn: MemberTurn,
  tanda: Running,
  { id, shown }: { readonly id: string; readonly shown: string },
): StepResult | undefined => {
  const { flow } = turn.session;
  const { extra, me } = turn.speaker;
  if (flow.type !== 'swap-confirm' || flow.orderId !== id) return undefined;
  if (!extra.voters) return needs({ type: 'voters' });
  const other = personById(tanda.facts, flow.other);
  const reached = extra.voters.filter((one) => one.id === flow.other && one.reach.length > 0);
  if (!other || !isWaiting(tanda, other, turn)) return said(turn, say('refusal.tanda_turn_passed'));
  const name = called(tanda.facts, other);
  if (reached.length === 0) return said(turn, say('swap.not-here', { name }));
  const { hers, theirs } = roundsOfBoth(turn, tanda, other);
  if (shown !== `${hers}-${theirs}`) return confirmWith(turn, tanda, other);
  const before = tanda.facts.orders.filter((one) => one.kind === 'swap' && one.by === me.id);
  return decide(turn, {
    events: [
      ...before.map(
        (one): DomainEvent => ({
          type: 'turns-moved',
          step: { id: one.id, state: 'refused', witness: me.id },
        }),
      ),
      {
        type: 'turns-proposed',
        order: { id: flow.orderId, kind: 'swap', by: me.id, other: other.id, cycleId: tanda.facts.cycleId },
      },
    ],
    notices: tell(
      reached,
      'ask',
      reply(
        [
          say('swap.ask', {
            name: called(tanda.facts, me),
            yours: hers,
            date: dateOfRound(turn, tanda.running, hers),
            hers: theirs,
          }),
          say('swap.ask-question'),
        ],
        [
          offer(`swapsaid:yes:${flow.orderId}:${hers}-${theirs}`, say('swap.yes')),
          offer(`swapsaid:no:${flow.orderId}`, say('choice.no')),
        ],
      ),
    ),
    replies: [reply([say('swap.asked', { name })])],
  });
};

/** The word of the one who was asked. With her yes the turns are changed, and the officers are told. */
export const swapSaid = (
  turn: MemberTurn,
  [answer = '', id = '', shown = '']: readonly string[],
): StepResult | undefined => {
  const { extra, me } = turn.speaker;
  const tanda = runningIn(turn);
  if (!isId(id) || (answer !== 'yes' && answer !== 'no')) return undefined;
  const order = tanda?.facts.orders.find((one) => one.id === id);
  const asker = order && tanda && personById(tanda.facts, order.by);
  if (!tanda || order?.kind !== 'swap' || order.other !== me.id || !asker)
    return said(turn, say('loan-decide.already'));
  if (!extra.voters) return needs({ type: 'voters' });
  const hers = extra.voters.filter((one) => one.id === order.by);
  const name = called(tanda.facts, me);
  const { hers: mine, theirs } = roundsOfBoth(turn, tanda, asker);
  const swapped = swapTurns(tanda.running.tanda.turns, {
    rounds: [mine, theirs],
    consents: [me.number, asker.number],
    roundsPaidOut: passed(tanda),
  });
  // A round was handed over since, or changed with somebody else: neither gives away one that she was not shown.
  const moved = swapped.ok ? say('swap.moved') : tandaRefusalText(swapped.refusal);
  const isAsShown = shown === `${theirs}-${mine}`;
  if (answer === 'no' || !isAsShown || !swapped.ok) {
    return decide(turn, {
      events: [{ type: 'turns-moved', step: { id: order.id, state: 'refused', witness: me.id } }],
      notices: tell(hers, 'answer', reply([answer === 'no' ? say('swap.denied', { name }) : moved])),
      replies: [reply([answer === 'no' ? say('loan-hand.noted') : moved])],
    });
  }
  const told = say('swap.told', {
    one: name,
    other: called(tanda.facts, asker),
    first: theirs,
    second: mine,
  });
  const officers = turn.speaker.company.officers.filter(({ id: who }) => who !== me.id && who !== order.by);
  return decide(turn, {
    events: [
      {
        type: 'turns-moved',
        step: { id: order.id, state: 'agreed', witness: me.id, turns: numbersIn(swapped.value) },
      },
    ],
    notices: tell([...hers, ...officers], 'answer', reply([told])),
    replies: [reply([told])],
  });
};
