import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { remembering } from '../../../src/conversation/understand/remember.ts';
import { namesOf } from '../../../src/conversation/understand/roster.ts';
import { understand } from '../../../src/conversation/understand/understand.ts';
import { lexicons } from '../../support/lexicons.ts';

describe('what was made of a text', () => {
  const counted = (textsMax: number) => {
    const made: string[] = [];
    const read = remembering((text) => {
      made.push(text);
      return text.toUpperCase();
    }, textsMax);
    return { made, read };
  };

  test('is made once, and made again when too many others came between', () => {
    const { made, read } = counted(2);
    for (const text of ['a', 'a', 'b', 'a', 'c', 'a']) expect(read(text)).toBe(text.toUpperCase());
    expect(made).toEqual(['a', 'b', 'c', 'a']);
  });

  test('is not kept of a long text', () => {
    const { made, read } = counted(2);
    const long = 'x'.repeat(33);
    expect([read(long), read(long)]).toEqual([long.toUpperCase(), long.toUpperCase()]);
    expect(made).toHaveLength(2);
  });

  test('is the same as without remembering, for any text', () => {
    const { read } = counted(5);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 })), (texts) => {
        for (const text of [...texts, ...texts]) expect(read(text)).toBe(text.toUpperCase());
      }),
    );
  });
});

describe('names of a group', () => {
  const roster = (...names: string[]) => names.map((name, at) => ({ number: at + 1, name }));

  test('are remembered for groups that are alike, and for no other', () => {
    const names = namesOf(roster('Ana', 'Rosa'), lexicons);
    expect(namesOf(roster('Ana', 'Rosa'), lexicons)).toBe(names);
    for (const other of [
      roster('Rosa', 'Ana'),
      roster('Ana', 'Rosa', 'Eva'),
      roster('Ana\n2 4 Rosa'),
      roster('Ana2 4 Rosa'),
      [{ number: 12, name: 'Ana' }],
    ])
      expect(namesOf(other, lexicons).roster).toHaveLength(other.length);
  });

  test('of two groups in turn are never taken one for the other, however many groups there are', () => {
    const rosterOf = (n: number) => roster('Ana López', `Socia${'abcdefghij'.charAt(n % 10)}${n} Paz`);
    const context = { language: 'es', role: 'leader', expecting: 'nothing', lexicons } as const;
    for (let round = 0; round < 2; round += 1) {
      for (let n = 0; n < 100; n += 1) {
        const groups = [roster('Ana López', 'Rosa Paz'), roster('Rosa Paz', 'Ana López'), rosterOf(n)];
        const members = groups.map((group) => understand('Ana 100', { ...context, roster: group }).items);
        expect(members.map(([item]) => item?.member)).toEqual([1, 2, 1]);
      }
    }
  });
});
