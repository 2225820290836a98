import type { IncomingMessage } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, say, takenBack } from '../say.ts';
import { decide, needs, type Turn } from '../turn.ts';
import type { PinFlow, View } from './pin-facts.ts';

/**
 * Digits written in the chat. While she is asked for her PIN they are not taken; and where they are her PIN, and no number
 * is an answer to anything, whoever reads along knows it now: it opens nothing any more. Each look counts as a try.
 */
export const pinWritten = (turn: Turn, message: IncomingMessage, digits: string): StepResult | undefined => {
  const { pin, pinTold: told } = turn.snapshot;
  const { flow } = turn.session;
  const isAsked = flow.type === 'pin';
  if (!isAsked && (flow.type !== 'idle' || !(pin?.has || pin?.isShared))) return undefined;
  if (isAsked && flow.ask !== 'open') return notHere(turn, message, { ...flow, shown: digits });
  if (!told) return needs({ type: 'pin', check: { do: 'open', digits } });
  if (told.type === 'right') return seen(turn, message, told.view);
  return isAsked ? notHere(turn, message, flow) : undefined;
};

/** Her message goes where the platform lets us take it away. */
const gone = ({ canErase }: Turn, { messageId }: IncomingMessage): Reply[] =>
  canErase ? [takenBack({ hers: messageId })] : [];

const notHere = (turn: Turn, message: IncomingMessage, flow: PinFlow): StepResult =>
  decide(turn, {
    flow,
    session: { offered: turn.session.offered },
    replies: [
      ...gone(turn, message),
      reply([say(flow.way === 'link' ? 'pin.not-here-page' : 'pin.not-here')]),
    ],
  });

const seen = (turn: Turn, message: IncomingMessage, view: View): StepResult => {
  const { speaker } = turn.snapshot;
  const erased = gone(turn, message);
  return decide(turn, {
    events:
      view === 'all' && speaker.type === 'member' ? [{ type: 'pin-known', memberId: speaker.me.id }] : [],
    session: { unlocked: undefined, waiting: undefined },
    replies: [
      ...erased,
      reply(
        [say('pin.seen'), say(erased.length > 0 ? 'pin.seen-gone' : 'pin.seen-stays')],
        [offer('pinset:new', say('pin.change'))],
      ),
    ],
  });
};
