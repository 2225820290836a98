import type { Action } from '../../domain/access/actions.ts';
import { authorize, type Permission } from '../../domain/access/authorize.ts';
import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import type { Snapshot } from '../snapshot.ts';
import { decide, type Turn } from '../turn.ts';
import { actorOf } from './actor-of.ts';
import { askPin } from './ask-pin.ts';
import { toldNothing } from './discreet.ts';
import { toDo } from './done.ts';
import { toKnow } from './known.ts';
import { actionsOf } from './said.ts';

/**
 * A step between two looks at the table of permissions: what the message asks for, before anything is made of it, and what
 * comes of it, before any of it is looked up, written or said. Refused, she hears nothing of what there would be, and nothing
 * is done.
 */
export const throughGate = (turn: Turn, work: () => StepResult): StepResult => {
  const actions = actionsOf(turn);
  const asked = mayAsk(turn, actions);
  if (asked === 'denied') return refused(turn);
  if (asked === 'locked') return askPin(turn);
  const untold = toldNothing(turn, actions);
  if (untold) return untold;
  const result = work();
  const had = mayHave(turn, result);
  if (had === 'denied') return refused(turn);
  return had === 'locked' ? askPin(turn) : (toldNothing(turn, wantedBy(turn, result)) ?? result);
};

/** Whether she may ask for what her message asks for: the worst answer of all that it asks for. */
const mayAsk = (turn: Turn, actions: readonly (Action | undefined)[]): Permission => {
  const actor = actorOf(turn.snapshot);
  return worst(actions.map((action) => authorize(actor, action)));
};

const worst = (answers: readonly Permission[]): Permission =>
  answers.find((answer) => answer === 'denied') ?? answers.find((a) => a === 'locked') ?? 'allowed';

/** Whether she may be told what the step looks up for her, or bring about all that it decided. */
const mayHave = ({ snapshot }: Turn, result: StepResult): Permission => {
  const actor = actorOf(snapshot);
  return worst(wants(snapshot, result).map(({ action, thing }) => authorize(actor, action, thing)));
};

const wants = (snapshot: Snapshot, result: StepResult) =>
  result.type === 'needs'
    ? [toKnow(result.need, snapshot)]
    : result.outcome.events.map((event) => toDo(event, snapshot));

const wantedBy = ({ snapshot }: Turn, result: StepResult): readonly Action[] =>
  wants(snapshot, result).map(({ action }) => action);

/** A button of an old message leaves the open question as it is. Who is suspended hears what waits, and what does not. */
const refused = (turn: Turn): StepResult => {
  const { speaker } = turn.snapshot;
  const isSuspended = speaker.type === 'member' && speaker.me.state === 'suspended';
  return decide(turn, {
    ...(turn.input.type === 'choice' ? { flow: turn.session.flow } : {}),
    replies: [reply([say(isSuspended ? 'suspend.paused' : 'done.expired')])],
  });
};
