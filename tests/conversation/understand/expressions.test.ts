// No text may make a regular expression try and try again. Each one of the reader is of a form that looks at every
// character a bounded number of times, or stands in the table below with the reason why it does too.

import { describe, expect, test } from 'vitest';
import { filesUnder } from '../../support/tidy/files.ts';
import { syntaxOf } from '../../support/tidy/syntax.ts';

/** A pattern with every character, escape and class as one "x", and every look-ahead as a plain group. */
const outline = (pattern: string): string =>
  pattern
    .replace(/\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[\dA-Fa-f]{4}|\\x[\dA-Fa-f]{2}|\\./g, 'x')
    .replace(/\[[^\]]*\]/g, 'x')
    .replace(/\(\?(?:[:=!]|<[=!])/g, '(')
    .replace(/\?(?=\?)|(?<=[+*?}])\?/g, '');

const UNBOUNDED = /[+*]|\{\d+,\}/g;

/** Why a pattern might try again what it has tried; undefined when it cannot. */
const riskOf = (pattern: string): string | undefined => {
  const shape = outline(pattern);
  if (/\([^()]*(?:[+*]|\{\d+,\})[^()]*\)(?:[+*]|\{\d)/.test(shape)) return 'a repetition is repeated';
  for (const way of shape.split('|')) {
    const endless = way.match(UNBOUNDED) ?? [];
    const last = /(?:[+*]|\{\d+,\})\)?$/.test(way);
    if (endless.length > 1) return 'two repetitions may share a text in many ways';
    if (endless.length === 1 && !last && !shape.startsWith('^'))
      return 'it may fail after a repetition at every start';
  }
  return undefined;
};

/** Patterns that look risky and are not. */
const REASONS: Readonly<Record<string, string>> = {
  '^[\\p{L}\\p{M}]{3,}(?=\\$?\\d[\\d.,]*(?:$|[,/]\\p{L}))':
    'letters and digits are never the same; from the end of the digits one letter is looked at',
  '^\\$?[\\d.,]*\\d(?=[-,:./–]+\\p{L})':
    'the second run is looked at from one end of the first, a run of marks once',
};

const patterns = filesUnder('src/conversation/understand', '.ts').flatMap((file) =>
  syntaxOf(file)
    .filter(({ type }) => type === 'RegExpLiteral')
    .map((node) => ({ file, pattern: String(node['pattern']) })),
);

describe('the expressions of the reader', () => {
  test('are found', () => {
    expect(patterns.length).toBeGreaterThan(20);
  });

  test.each(patterns)('$file /$pattern/ looks at a text once', ({ pattern }) => {
    if (pattern in REASONS) expect(riskOf(pattern)).toBeDefined();
    else expect(riskOf(pattern)).toBeUndefined();
  });

  test('that have a reason are still there', () => {
    const all = patterns.map(({ pattern }) => pattern);
    expect(Object.keys(REASONS).filter((pattern) => !all.includes(pattern))).toEqual([]);
  });

  test.each([
    ['(a+)+$', 'a repetition is repeated'],
    ['^(?:\\d{1,3}|x*)*y', 'a repetition is repeated'],
    ['^\\s*\\S*\\s*$', 'two repetitions may share a text in many ways'],
    ['[.]+$', 'it may fail after a repetition at every start'],
    ['a|\\s+b', 'it may fail after a repetition at every start'],
  ])('/%s/ would be told: %s', (pattern, risk) => {
    expect(riskOf(pattern)).toBe(risk);
  });
});
