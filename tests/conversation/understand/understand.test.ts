import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TEXT_CHARS_MAX } from '../../../src/conversation/message.ts';
import { readAmount } from '../../../src/conversation/understand/amount.ts';
import { LEADER_INTENTS } from '../../../src/conversation/understand/meaning.ts';
import { resolveName } from '../../../src/conversation/understand/name.ts';
import { understand } from '../../../src/conversation/understand/understand.ts';
import { AMOUNT_MINOR_MAX } from '../../../src/domain/money.ts';
import { lexicons } from '../../support/lexicons.ts';
import { hear, roster } from './judge.ts';

describe('a bare number', () => {
  test.each(['nothing', 'menu', 'name'] as const)('is no amount when %s is expected', (expecting) => {
    expect(hear('200', { expecting })).toMatchObject({ intent: 'unknown', clarify: false });
    expect(hear('200', { expecting }).amountMinor).toBeUndefined();
  });

  test('is an amount when one is expected, in any clear writing', () => {
    for (const text of ['200', '$200', 'doscientos', '200 pesos por favor', 'two hundred']) {
      expect(hear(text, { expecting: 'amount' })).toMatchObject({ intent: 'unknown', amountMinor: 20_000n });
    }
  });

  test('that cannot be read for certain is asked about when an amount is expected', () => {
    for (const text of [
      '1.500',
      'como 200',
      '20 dólares',
      '100 o 200',
      '3OO',
      '2\u03360\u03360\u0336',
      '100 thousnd',
    ]) {
      const meaning = hear(text, { expecting: 'amount' });
      expect([text, meaning.clarify, meaning.amountMinor]).toEqual([text, true, undefined]);
    }
  });

  test('of zero is readable: whoever asked refuses it', () => {
    expect(hear('0', { expecting: 'amount' }).amountMinor).toBe(0n);
  });
});

describe('a report of a payment', () => {
  test.each([
    ['pague 200 del prestamo', 20_000n, 'loan'],
    ['deposité mil quinientos', 150_000n, undefined],
    ['hoy di 100 de ahorro', 10_000n, 'savings'],
    ['acabo de pagar la multa de 20', 2_000n, 'fine'],
    ['puse 50 al fondo social', 5_000n, 'social'],
    ['ya pagué', undefined, undefined],
    ['I paid fifty for my loan', 5_000n, 'loan'],
    ['ya pagué two hundred', 20_000n, undefined],
  ])('"%s" has its amount and its purpose', (text, amount, purpose) => {
    const meaning = hear(text);
    expect([meaning.intent, meaning.amountMinor, meaning.purpose, meaning.clarify]).toEqual([
      'payment.report',
      amount,
      purpose,
      false,
    ]);
  });

  test.each([
    'el 12 de marzo pagué 500',
    'pagué 1.500',
    'pagué 200 dólares',
    'pagué 100 y 50',
    'ya pagué como 200',
  ])('"%s" is asked about: its amount is not certain', (text) => {
    const meaning = hear(text);
    expect([meaning.intent, meaning.clarify, meaning.amountMinor]).toEqual([
      'payment.report',
      true,
      undefined,
    ]);
  });
});

describe('details of an intent', () => {
  test.each([
    ['english', 'en'],
    ['en inglés', 'en'],
    ['español', 'es'],
    ['spanish please', 'es'],
    ['cambiar idioma', undefined],
  ])('"%s" asks for %s', (text, language) => {
    expect([hear(text).intent, hear(text).language]).toEqual(['language.set', language]);
  });

  test.each([
    ['unirme k7p4q-xm3tr', 'K7P4QXM3TR'],
    ['UNIRME K7P4QX', 'K7P4QX'],
    ['join k7p4 qx', 'K7P4QX'],
    ['hola K7P4QX', 'K7P4QX'],
    ['unirme ABCDEF', 'ABCDEF'],
    ['unirme al grupo', undefined],
    ['quiero unirme', undefined],
  ])('"%s" joins with the code %s', (text, code) => {
    expect([hear(text).intent, hear(text).code]).toEqual(['join', code]);
  });

  test.each(['200pesos', 'Ana100', 'yola300', '5512345678', 'ANA 100', 'DOMINGO'])(
    '"%s" is no code',
    (text) => {
      expect(hear(text).intent).not.toBe('join');
    },
  );

  test.each([
    ['lección de salud', 'health'],
    ['quiero aprender sobre nutrición', 'nutrition'],
    ['teach me about budget', 'finance'],
    ['lección sobre huertos', 'huertos'],
  ])('"%s" asks for lessons about %s', (text, topic) => {
    expect([hear(text).intent, hear(text).topic]).toEqual(['lesson.topic', topic]);
  });

  test.each([
    ['quiero un préstamo de 2000 a 3 meses', 'loan.request', 200_000n],
    ['mi meta es juntar 5,000 para una lavadora', 'goal.set', 500_000n],
    ['I need a loan of 1,500', 'loan.request', 150_000n],
  ])('"%s" carries its amount', (text, intent, amount) => {
    expect([hear(text).intent, hear(text).amountMinor]).toEqual([intent, amount]);
  });
});

describe('what a leader says', () => {
  test('a member with the same words records nothing', () => {
    for (const text of [
      'Ana 100',
      'todas 100 menos Petra',
      'ponle multa a Petra de 20',
      'pendientes',
      'deshacer',
    ]) {
      expect(LEADER_INTENTS.has(hear(text).intent)).toBe(false);
      expect(hear(text).items).toEqual([]);
    }
  });

  test.each(['Ana 1️⃣5️⃣0️⃣', 'Ana 1️⃣50', 'Ana 2\u03360\u03360\u0336', 'Ana 100\u0301', 'Ana 20 thousnd'])(
    '"%s" has an amount that is asked about, not a part of it',
    (text) => {
      const { items, unknown, clarify } = hear(text, { role: 'leader' });
      expect({ items, unknown, clarify }).toEqual({ items: [], unknown: [text], clarify: true });
    },
  );

  test('a loan or a fine for one member has her and its amount', () => {
    expect(hear('préstale 500 a Petra', { role: 'leader' })).toMatchObject({
      intent: 'loan.disburse',
      items: [{ member: 1, purpose: 'loan', amountMinor: 50_000n }],
      amountMinor: 50_000n,
    });
    expect(hear('ponle multa a Petra de 20', { role: 'leader' })).toMatchObject({
      intent: 'fine',
      items: [{ member: 1, purpose: 'fine', amountMinor: 2_000n }],
      amountMinor: 2_000n,
    });
  });

  test('names that cannot be placed are kept as they were written', () => {
    const meaning = hear('Ana 100, doña Eustolia 50, María 20, Petra 1.500', { role: 'leader' });
    expect(meaning).toMatchObject({
      items: [{ member: 7, purpose: 'pay', amountMinor: 10_000n }],
      ambiguous: [{ text: 'María', candidates: [10, 11] }],
      unknown: ['Eustolia', 'Petra 1.500'],
      clarify: true,
    });
  });

  test('a member called Socorro is no cry for help in a list, and a cry stays one', () => {
    const context = {
      language: 'es',
      role: 'leader',
      roster: [...roster, { number: 18, name: 'Socorro Paz' }],
      expecting: 'nothing',
      lexicons,
    } as const;
    expect(understand('Socorro 100, Ana 50', context).intent).toBe('payments.record');
    expect(understand('Socorro', context).intent).toBe('urgent');
    expect(understand('Ana 100, socorro me pegan', context).intent).toBe('urgent');
  });
});

describe('any text at all', () => {
  const contexts = fc.record({
    language: fc.constantFrom('es' as const, 'en' as const),
    role: fc.constantFrom('member' as const, 'leader' as const),
    expecting: fc.constantFrom('menu' as const, 'amount' as const, 'name' as const, 'nothing' as const),
  });
  const pieces = fc.constantFrom(
    ...'Ana Petra María todas menos faltó 100 1.500 $50 mil quinientos doscientos pagué ✅ ❌ , : ( ) \n y préstamo ahorro - 1. 2k ½ ５ ٣ \u200b \u202e no sí me pega'.split(
      ' ',
    ),
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.array(pieces, { maxLength: 40 }).map((words) => words.join(' ')),
    fc.array(pieces, { maxLength: 20 }).map((words) => words.join('')),
  );

  test('is understood without throwing, and every amount is within bounds', () => {
    fc.assert(
      fc.property(texts, contexts, (text, context) => {
        const meaning = understand(text, { ...context, roster, lexicons });
        const amounts = [meaning.amountMinor, ...meaning.items.map(({ amountMinor }) => amountMinor)];
        for (const amount of amounts) {
          if (amount !== undefined) expect(amount >= 0n && amount <= AMOUNT_MINOR_MAX).toBe(true);
        }
        for (const { member } of meaning.items)
          expect(roster.some(({ number }) => number === member)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('gives no amount that it does not say in digits or in number words', () => {
    const known = Object.values(lexicons).flatMap(({ numbers }) => [
      ...Object.keys(numbers.words),
      ...numbers.thousands,
      ...numbers.millions,
    ]);
    fc.assert(
      fc.property(texts, (text) => {
        const reading = readAmount(text, lexicons);
        if (reading.type !== 'amount') return;
        const letters = text.toLowerCase();
        expect(/\p{Nd}/u.test(text) || known.some((word) => letters.includes(word.toLowerCase()))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('is never a name of two members at once, nor of nobody', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const reading = resolveName(text, roster, lexicons);
        if (reading.type === 'ambiguous') expect(reading.candidates.length).toBeGreaterThan(1);
        if (reading.type === 'member')
          expect(roster.some(({ number }) => number === reading.number)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('written in plain digits reads back as itself', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1_000_000n }), (whole) => {
        expect(readAmount(String(whole), lexicons)).toEqual({ type: 'amount', minor: whole * 100n });
      }),
    );
  });

  test('longer than a message may be is cut first', () => {
    const long = `${'a '.repeat(TEXT_CHARS_MAX / 2)} me pega`;
    expect(hear(long).intent).toBe('unknown');
    expect(hear('9'.repeat(100_000)).intent).toBe('unknown');
  });
});
