import { TEXT_CHARS_MAX } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import type { MemberTurn } from '../turn.ts';
import type { Intent } from '../understand/meaning.ts';
import { askedStill, pass } from './talk.ts';

/** What asks for nothing of the bot: it goes on with what she began to say. */
const GOES_ON: ReadonlySet<Intent> = new Set(['greeting', 'thanks', 'unknown']);

/**
 * What she writes while we ask whether her words are for staff: a yes with more behind it, which goes to them whole, or more of
 * the same, about which she is asked together. Undefined: she asks for something else.
 */
export const stillForStaff = (turn: MemberTurn): StepResult | undefined => {
  const { session, input } = turn;
  const { flow } = session;
  if (flow.type !== 'talk-send' || input.type !== 'words' || !GOES_ON.has(input.meaning.intent))
    return undefined;
  const { text } = input;
  const words = `${flow.words}\n${text}`.trim();
  return isYesAtFirst(turn, text) && words.length <= TEXT_CHARS_MAX
    ? pass(turn, { ...flow, words })
    : askedStill(turn, flow, { words: text });
};

const isYesAtFirst = ({ read }: MemberTurn, text: string): boolean => {
  const [first = ''] = text.trim().split(/[\s,.;:!]+/u);
  return read(first).intent === 'yes';
};
