import { checkWords } from '../../domain/check-code.ts';
import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { type AskTurn, decide } from '../turn.ts';

/** "Las palabras de hoy": the four words over the book as it is now, for any member; reading it changes nothing. */
export const wordsNow = (turn: AskTurn): StepResult =>
  decide(turn, {
    replies: [
      reply([say('words.now', { words: checkWords(turn.speaker.group.book.head) }), say('words.later')]),
    ],
  });
