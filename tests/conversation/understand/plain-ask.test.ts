import { describe, expect, test } from 'vitest';
import { PLAIN_ASKS, plainAsk } from '../../../src/conversation/understand/plain-ask.ts';
import { understand } from '../../../src/conversation/understand/understand.ts';
import { lexicons } from '../../support/lexicons.ts';

const LANGUAGES = ['es', 'en'] as const;
const ROLES = ['member', 'leader'] as const;
const ROSTER = ['Guadalupe Cruz', 'Ana Martínez', 'Consuelo Ruiz'].map((name, n) => ({
  number: n + 1,
  name,
}));

const phrases = LANGUAGES.flatMap((language) =>
  PLAIN_ASKS.flatMap((ask) => lexicons[language].intents[ask]?.phrases ?? []),
);

describe('a plain question', () => {
  test.each([
    ['saldo', 'savings.balance'],
    ['  ¿Cuánto tengo ahorrado?  ', 'savings.balance'],
    ['BALANCE', 'savings.balance'],
    ['cuanto debo', 'loan.balance'],
  ] as const)('%j is one', (text, ask) => {
    expect(plainAsk(text, lexicons)).toBe(ask);
  });

  test.each(['', 'saldo de Ana', 'ya pagué 200', 'sí', '1', 'me pega', 'kuanto tngo aorrado', 'ayuda'])(
    '%j is none',
    (text) => {
      expect(plainAsk(text, lexicons)).toBeUndefined();
    },
  );

  test('means the same to everybody, whoever is in her group', () => {
    const plain = phrases.filter((phrase) => plainAsk(phrase, lexicons) !== undefined);
    expect(plain.length).toBeGreaterThan(phrases.length / 2);
    for (const text of plain) {
      for (const language of LANGUAGES) {
        for (const role of ROLES) {
          const context = { language, role, roster: ROSTER, expecting: 'nothing', lexicons } as const;
          expect({ text, intent: understand(text, context).intent }).toEqual({
            text,
            intent: plainAsk(text, lexicons),
          });
        }
      }
    }
  });
});
