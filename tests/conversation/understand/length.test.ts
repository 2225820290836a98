// What every reader does with texts made to be hard, thirty times as long as a message may be. That they end is what is
// shown here: with a reader that tries every way they would not. How long a message takes is what `npm run bench` prints.

import { describe, expect, test } from 'vitest';
import { TEXT_CHARS_MAX } from '../../../src/conversation/message.ts';
import { readAmount } from '../../../src/conversation/understand/amount.ts';
import { readJoinCode } from '../../../src/conversation/understand/code.ts';
import { fold, normalise, phraseKeys, soundOf } from '../../../src/conversation/understand/normalise.ts';
import { splitName } from '../../../src/conversation/understand/roster.ts';
import { spell } from '../../../src/conversation/understand/spell.ts';
import { tokenize } from '../../../src/conversation/understand/token.ts';
import { understand } from '../../../src/conversation/understand/understand.ts';
import { findUrgent } from '../../../src/conversation/understand/urgent.ts';
import { vocabularyOf } from '../../../src/conversation/understand/vocabulary.ts';
import { lexicons } from '../../support/lexicons.ts';
import { hostileTexts } from '../../support/understand/hostile.ts';
import { roster } from './judge.ts';

const LONG_CHARS = 30 * TEXT_CHARS_MAX;
const vocabulary = vocabularyOf(lexicons);
const texts = hostileTexts(LONG_CHARS);
const PHRASES = Object.values(lexicons).flatMap(({ urgent }) =>
  urgent.phrases.map((phrase) => phraseKeys(phrase).join(' ')),
);

describe('a text of 60,000 characters', () => {
  test.each(texts.map((text) => ({ begins: JSON.stringify(text.slice(0, 16)), text })))(
    '$begins… has tokens where they stand, and no more words than characters',
    ({ text }) => {
      const tokens = tokenize(text);
      expect(tokens.every(({ start, end, text: said }) => text.slice(start, end) === said)).toBe(true);
      expect(spell(text, vocabulary)).toHaveLength(tokens.length);
      for (const read of [phraseKeys, splitName])
        expect(read(text).length).toBeLessThanOrEqual(text.length * 4);
    },
  );

  test.each(texts.map((text) => ({ begins: JSON.stringify(text.slice(0, 16)), text })))(
    '$begins… is folded, heard and searched',
    ({ text }) => {
      const folded = fold(text);
      expect(fold(folded)).toBe(folded);
      expect(soundOf(folded).length).toBeLessThanOrEqual(folded.length);
      expect(normalise(text).length).toBeLessThanOrEqual(folded.length);
      expect(readJoinCode(text, vocabulary)).toBeUndefined();
      const danger = findUrgent(spell(text, vocabulary), vocabulary);
      if (danger !== undefined) expect(PHRASES).toContain(danger);
    },
  );

  test('is cut before it is understood', () => {
    const context = { language: 'es', role: 'leader', roster, expecting: 'amount', lexicons } as const;
    for (const text of texts)
      expect(understand(text, context)).toEqual(understand(text.slice(0, TEXT_CHARS_MAX), context));
    expect(readAmount(`${' '.repeat(TEXT_CHARS_MAX)}200`, lexicons)).toEqual({ type: 'none' });
  });
});
