// No text is so made that an expression of ours reads it for ever. Each was looked at by recheck (bench/regexes.ts): none takes
// exponential time, and the few whose time grows with the square of the length read only what is short.

import { createRequire } from 'node:module';
import type { checkSync as CheckSync } from 'recheck';
import { describe, expect, test } from 'vitest';
import { type Found, nameOf, regexesInSource } from '../support/regexes.ts';
import record from './regexes.json' with { type: 'json' };

const found: Found = record;
const { checkSync } = createRequire(import.meta.url)('recheck/lib/browser.js') as {
  checkSync: typeof CheckSync;
};

/** What bounds the text of each expression whose time grows faster than its length, by the file it stands in. */
const BOUNDED: Readonly<Record<string, string>> = {
  // Settings, read once at the start.
  'channels/whatsapp-cloud/graph.ts': 'an address of ours',
  'channels/telegram/telegram.ts': 'an address of ours',
  'channels/telegram/look.ts': 'an address of ours',
  // Files of this repository, and of whoever runs the program; a lesson is at most LESSON_CHARS_MAX long.
  'content/lessons/check-figures.ts': 'a line of a lesson',
  'content/lessons/phone-numbers.ts': 'a line of a lesson',
  'content/templates.ts': 'prepared words',
  // What we made ourselves.
  'content/format.ts': 'digits of an amount',
  'domain/rate.ts': 'digits of a rate',
  'app/save-transcript.ts': 'a message of ours',
  'web/simulator-page.ts': 'a page of ours',
  // What a platform says, before anybody's words: headers, ids, notes of faults.
  'channels/telegram/send-file.ts': 'a kind of file that we keep',
  'channels/whatsapp-cloud/failures.ts': 'a note of a fault, cut before it is logged',
  'channels/whatsapp-web/identities.ts': 'an id of a chat',
  'channels/whatsapp-web/receive.ts': 'a contact card, of which 4,000 units are read',
  'channels/telegram/failures.ts': 'a note of a fault',
  'log.ts': 'a note of a fault',
  // What people write: no more than TEXT_CHARS_MAX is read.
  'conversation/flows/broadcast-content.ts': 'a text of 2,000 units',
  'conversation/flows/goal.ts': 'a text of 2,000 units',
  'conversation/flows/other-amount.ts': 'a text of 2,000 units',
  'conversation/flows/out.ts': 'a text of 2,000 units',
  'conversation/flows/out-expense.ts': 'a text of 2,000 units',
  'conversation/understand/chunk.ts': 'a text of 2,000 units',
  'conversation/understand/moment.ts': 'a text of 2,000 units',
  'domain/expense.ts': 'a text of 2,000 units',
};

/** Expressions that are made of words: of which, and why their form is known. */
const MADE_OF_WORDS = [
  'content/lessons/header.ts',
  'content/lessons/words.ts',
  'conversation/understand/token.ts',
  'domain/person-name.ts',
];

const { literals, makers } = regexesInSource();

describe('regular expressions', () => {
  test('every one was looked at: after a new one, run npx tsx bench/regexes.ts', () => {
    expect(literals.length).toBeGreaterThan(300);
    expect(literals.map(nameOf).filter((name) => found[name] === undefined)).toEqual([]);
    const used = new Set(literals.map(nameOf));
    expect(Object.keys(found).filter((name) => !used.has(name))).toEqual([]);
  });

  test('none takes exponential time; one that takes more than its length reads only what is bounded', () => {
    const slower = literals.filter((literal) => found[nameOf(literal)] !== 'safe');
    const kinds = new Set(slower.map((literal) => found[nameOf(literal)]));
    expect([...kinds].filter((kind) => !/^[234](?:nd|rd|th) degree polynomial$/.test(kind ?? ''))).toEqual(
      [],
    );
    expect(slower.filter(({ file }) => BOUNDED[file] === undefined).map(nameOf)).toEqual([]);
    console.log(
      `regular expressions: ${literals.length}, ${slower.length} not linear (each bounded), 0 exponential`,
    );
  });

  test('what makes expressions of words is known', () => {
    expect(makers).toEqual(MADE_OF_WORDS);
  });

  test('the look itself sees a bad one, and says the same of some as was written down', () => {
    expect(checkSync('^(a|a)*$', '').status).toBe('vulnerable');
    expect(checkSync('^([a-z]+)+$', 'u').status).toBe('vulnerable');
    for (const [pattern, flags] of [
      ['^\\d{4}-\\d{2}-\\d{2}$', ''],
      ['^(\\d{1,2})\\s{0,3}[.)]?$', ''],
    ] as const) {
      expect(checkSync(pattern, flags).status).toBe('safe');
      expect(found[`/${pattern}/${flags}`]).toBe('safe');
    }
  });
});
