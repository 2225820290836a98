import { see } from './flows/see.ts';
import type { IncomingMessage } from './message.ts';
import type { StepResult } from './outcome.ts';
import { decide, type Turn } from './turn.ts';
import type { Intent } from './understand/meaning.ts';

const ONE = /^1\s{0,3}[.)]?$/;

/** What anybody writes who is asked to write: it asks for nothing else. */
const HERE_I_AM: ReadonlySet<Intent> = new Set<Intent>(['yes', 'greeting']);

/**
 * "1", "ok" or "hola" to prepared words that asked her to write: what waits for her goes out with whatever she writes, so
 * nothing more is said, and it is no answer to anything she has not read. A question that was open before is closed: its
 * answer would have come before the invitation. Undefined where she asks for something, or was not invited.
 */
export const invited = (turn: Turn, { body }: IncomingMessage): StepResult | undefined => {
  const { snapshot, input } = turn;
  if (!snapshot.address.invited || snapshot.speaker.type === 'stranger' || body.type !== 'text') {
    return undefined;
  }
  // The words of a lesson ask for a 1 as well, and what it brings is the lesson.
  if (input.type === 'choice' && input.verb === 'lesson') return undefined;
  const answers = ONE.test(body.text.trim()) || HERE_I_AM.has(turn.read(body.text).intent);
  if (!answers) return undefined;
  // What is closed waits for more than a word of hers: to be asked for, and for her PIN.
  return snapshot.speaker.type === 'member' && snapshot.waits?.length
    ? see({ ...turn, speaker: snapshot.speaker })
    : decide(turn, { replies: [] });
};
