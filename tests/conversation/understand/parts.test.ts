import { describe, expect, test } from 'vitest';
import { withinOneEdit } from '../../../src/conversation/understand/edit-distance.ts';
import { LEXICON_FILES, parseLexicon } from '../../../src/conversation/understand/lexicon.ts';
import { INTENTS } from '../../../src/conversation/understand/meaning.ts';
import { normalise, soundOf } from '../../../src/conversation/understand/normalise.ts';
import { lexicons } from '../../support/lexicons.ts';

describe('one edit', () => {
  test.each([
    ['casa', 'casa', true],
    ['casa', 'cosa', true],
    ['casa', 'casas', true],
    ['casa', 'asa', true],
    ['casa', 'csaa', true],
    ['casa', 'cosas', false],
    ['casa', 'saca', false],
    ['', 'a', true],
    ['', 'ab', false],
  ])('"%s" and "%s": %s', (a, b, near) => {
    expect([withinOneEdit(a, b), withinOneEdit(b, a)]).toEqual([near, near]);
  });
});

describe('what is heard', () => {
  test.each([
    ['kuanto', 'cuanto'],
    ['yevo', 'llevo'],
    ['aorro', 'ahorro'],
    ['deposite', 'depocite'],
    ['kinientos', 'quinientos'],
    ['biolencia', 'violencia'],
  ])('"%s" sounds like "%s"', (a, b) => {
    expect(soundOf(a)).toBe(soundOf(b));
  });

  test.each([
    ['  Sí,  Claro. ', 'si, claro'],
    ['¿Cuánto?', 'cuanto'],
    ['Siiiií', 'si'],
    ['', ''],
    ['💰 Mi ahorro', 'mi ahorro'],
  ])('"%s" is compared as "%s"', (text, word) => {
    expect(normalise(text)).toBe(word);
  });
});

describe('the lexicons', () => {
  const files = () => {
    const { language: _, ...rest } = structuredClone(lexicons.es);
    return rest as Record<string, unknown>;
  };

  test('a missing file and an unknown key are refused', () => {
    for (const name of LEXICON_FILES) {
      const { [name]: _, ...rest } = files();
      expect(() => parseLexicon('es', rest)).toThrow(name);
    }
    expect(() => parseLexicon('es', { ...files(), intents: { 'money.guess': { phrases: [] } } })).toThrow();
  });

  test('have phrases for every intent that is found by its words', () => {
    for (const lexicon of Object.values(lexicons)) {
      const silent = INTENTS.filter((intent) => (lexicon.intents[intent]?.phrases.length ?? 0) === 0);
      expect(silent).toEqual(['urgent', 'unknown']);
    }
  });
});
