import type { DomainEvent } from '../conversation/domain-event.ts';

/** Turns proposed and agreed, rounds handed over and the end of a tanda, as commit_tanda takes them. */
export const tandaJson = (events: readonly DomainEvent[]): { tanda?: object } => {
  const tanda = {
    orders: events.flatMap((event) => (event.type === 'turns-proposed' ? [orderJson(event.order)] : [])),
    orderSteps: events.flatMap((event) => (event.type === 'turns-moved' ? [event.step] : [])),
    payouts: events.flatMap((event) => (event.type === 'payout-proposed' ? [payoutJson(event.payout)] : [])),
    payoutSteps: events.flatMap((event) => (event.type === 'payout-moved' ? [stepJson(event.step)] : [])),
    ended: events.flatMap((event) => (event.type === 'tanda-ended' ? [endedJson(event)] : [])),
  };
  return Object.values(tanda).some((list) => list.length > 0) ? { tanda } : {};
};

type Event<Type extends DomainEvent['type']> = Extract<DomainEvent, { type: Type }>;

const orderJson = (order: Event<'turns-proposed'>['order']): object => {
  const { id, cycleId: cycle, kind, by } = order;
  const what = order.kind === 'swap' ? { other: order.other } : { turns: order.turns };
  return { id, cycle, kind, by, ...what };
};

const payoutJson = ({
  id,
  cycleId: cycle,
  round,
  member,
  amount,
  fee,
  meetingOn,
  by,
}: Event<'payout-proposed'>['payout']): object => ({
  id,
  cycle,
  round,
  member,
  by,
  amount: amount.minor.toString(),
  fee: fee.minor.toString(),
  meeting_on: meetingOn.toString(),
});

const stepJson = (step: Event<'payout-moved'>['step']): object => ({
  id: step.id,
  state: step.state,
  witness: step.witness,
  entry: step.state === 'booked' ? step.entryId : undefined,
});

const endedJson = ({ cycleId: cycle, next }: Event<'tanda-ended'>): object => ({
  cycle,
  next: next.id,
  starts: next.starts.toString(),
  ends: next.ends.toString(),
});
