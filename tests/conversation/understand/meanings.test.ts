// What people write that is easily taken for something else: danger, reports, small words, fines, loans and lists.

import { describe, expect, test } from 'vitest';
import { hear, roster } from './judge.ts';

describe('danger said alone', () => {
  test.each([
    'policia',
    'la policía',
    'Policía!!',
    'polisia',
    'auxilio',
    'ambulancia',
    'police',
    'the police',
  ])('"%s" is a cry for help', (text) => {
    for (const language of ['es', 'en'] as const) expect(hear(text, { language }).intent).toBe('urgent');
  });

  test('the same words beside others are none', () => {
    for (const text of ['mi hermano es policia', 'Ana 100, policia 50', 'my brother works for the police'])
      expect(hear(text, { role: 'leader' }).why.join()).not.toMatch(/urgent: polis/);
  });
});

describe('what is no report of a payment', () => {
  test.each([
    ['puse la mesa', 'unknown'],
    ['la puse en la mesa', 'unknown'],
    ['what have i paid', 'history'],
    ['my leader gave me a code', 'join'],
  ])('"%s" is read as %s', (text, intent) => {
    expect(hear(text).intent).toBe(intent);
  });

  test.each(['puse 200 en la mesa', 'puse mi cuota en la mesa', 'ya pague mi prestamo'])(
    '"%s" stays one',
    (text) => {
      expect(hear(text).intent).toBe('payment.report');
    },
  );

  test.each([
    'di 200 y me pusieron 100',
    'yo pague 200 no 100',
    'pagué 200 y no 100',
    'me anotaron 100 y di 200',
    'I gave 200 not 100',
    'I paid 200 and they put 100',
  ])('"%s" says that the book is wrong, and neither amount is taken', (text) => {
    expect(hear(text)).toMatchObject({ intent: 'payment.dispute', clarify: false });
    expect(hear(text).amountMinor).toBeUndefined();
  });

  test.each(['pague 100 y 50', 'di 200 y me pusieron 200', 'pague 200 de luz no 100'])(
    '"%s" does not say so in two amounts',
    (text) => {
      expect(hear(text).why.join()).not.toContain('dispute: two amounts');
    },
  );
});

describe('a small word that explains everything said', () => {
  test.each([
    ['gracias por la ayuda', 'thanks'],
    ['thanks for the reminder', 'thanks'],
    ['not right now', 'no'],
    ['of course not', 'no'],
    ['yes of course', 'yes'],
    ['hola soy Ana', 'greeting'],
    ['hola, soy Ana López', 'greeting'],
    ['eso no es', 'payment.dispute'],
    ['ayuda gracias', 'help'],
  ])('"%s" is read as %s', (text, intent) => {
    expect(hear(text).intent).toBe(intent);
  });
});

/** Items as "number:purpose" or "number:purpose=centavos". */
const itemsOf = (text: string): string =>
  hear(text, { role: 'leader' })
    .items.map(({ member, purpose, amountMinor }) =>
      [`${member}:${purpose}`, ...(amountMinor === undefined ? [] : [amountMinor])].join('='),
    )
    .join(' ');

describe('a fine or a loan that a leader gives', () => {
  test.each([
    ['fine Petra 10', '1:fine=1000'],
    ['multamos a Juana con 20', '8:fine=2000'],
    ['a fine of 20 for Juana', '8:fine=2000'],
    ['multa a Juana y a Petra de 20', '8:fine=2000 1:fine=2000'],
    ['multa a Juana y a Petra de 20 cada una', '8:fine=2000 1:fine=2000'],
    ['fine Ana', ''],
    ['charge Rosa a fine', ''],
    ['fine Ana for being late', ''],
  ])('"%s" is a fine: %s', (text, items) => {
    expect([hear(text, { role: 'leader' }).intent, itemsOf(text)]).toEqual(['fine', items]);
  });

  test.each([
    ['Petra 20 fine Ana 100', 'payments.record', '1:fine=2000 7:pay=10000'],
    ['Petra 20 multa', 'payments.record', '1:fine=2000'],
  ])('"%s" is none: %s', (text, intent, items) => {
    expect([hear(text, { role: 'leader' }).intent, itemsOf(text)]).toEqual([intent, items]);
  });

  test.each(['Ana is fine', 'fine, Ana', 'multamos a Fulgencia con 20'])(
    '"%s" is no fine of a list',
    (text) => {
      expect([itemsOf(text), hear(text, { role: 'leader' }).why.join()]).toEqual([
        '',
        expect.not.stringMatching(/^list/),
      ]);
    },
  );

  test.each([
    ['give Ana a loan of 500', '7:loan=50000'],
    ['we gave Ana a loan of 500', '7:loan=50000'],
    ['Petra saco 1000 de prestamo', '1:loan=100000'],
    ['se le prestaron 500 a Ana', '7:loan=50000'],
    ['le entregamos el prestamo a Ana 500', '7:loan=50000'],
    ['se le dio un prestamo a Ana de 500', '7:loan=50000'],
  ])('"%s" is a loan: %s', (text, items) => {
    expect([hear(text, { role: 'leader' }).intent, itemsOf(text)]).toEqual(['loan.disburse', items]);
  });

  test.each([
    'we gave Ana 500',
    'Petra saco 100 de ahorro',
    'anotale 500 de prestamo a Ana',
    'ponle 100 a Ana',
  ])('"%s" is asked about: nobody can tell which way the money went', (text) => {
    expect(hear(text, { role: 'leader' })).toMatchObject({ items: [], clarify: true });
  });
});

describe('lists that are read exactly or asked about', () => {
  test.each([
    ['ana100,petra50', '7:pay=10000 1:pay=5000'],
    ['Ana💰100', '7:pay=10000'],
    ['Ana 👉🏽100', '7:pay=10000'],
    ['7-100, 1-50', '7:pay=10000 1:pay=5000'],
    ['no. 7 100', '7:pay=10000'],
    ['Ana y Petra 100 c/u', '7:pay=10000 1:pay=10000'],
    ['500 de Ana: 300 prestamo y 200 ahorro', '7:loan=30000 7:savings=20000'],
    ['anotale 100 a ana', '7:pay=10000'],
    ['1: 100\n2: 150', '1:pay=10000 2:pay=15000'],
    ['1. 100\n2. 150', '1:pay=10000 2:pay=15000'],
    ['Ana 100 y Petra 50, son 150', '7:pay=10000 1:pay=5000'],
    ['son 100 de Ana y 50 de Petra', '7:pay=10000 1:pay=5000'],
    ['No. 3 Refugio 100', '3:pay=10000'],
  ])('"%s": %s', (text, items) => {
    expect([itemsOf(text), hear(text, { role: 'leader' }).clarify]).toEqual([items, false]);
  });

  test.each([
    '1-50',
    '1-5, 8-5',
    '1-5, 6-10',
    '12-31, 1-50',
    '7-100',
    'son 150',
    'Ana owes me 50 for the cake',
    'Ana me debe 200 de tamales',
    'nadie pago multa',
    'nadie pago tarde',
    'Ana 1💰50',
    'Ana 2💰000',
    '500 de Ana: 300 prestamo y 100 ahorro',
    'no. 3 Petra',
  ])('"%s" records nothing', (text) => {
    expect(itemsOf(text)).toBe('');
  });

  test('nobody paid means everybody is left without; whom it leaves out is asked about', () => {
    for (const text of ['nadie pago', 'hoy no pago nadie', 'nobody paid', 'no one paid']) {
      const { items } = hear(text, { role: 'leader' });
      expect([text, items.length, items.every(({ purpose }) => purpose === 'unpaid')]).toEqual([
        text,
        roster.length,
        true,
      ]);
    }
    for (const text of ['nadie pago menos Ana', 'todas faltaron menos Ana']) {
      const { items, clarify } = hear(text, { role: 'leader' });
      expect([items.some(({ member }) => member === 7), clarify]).toEqual([false, true]);
    }
  });

  test('"Ana no. 7 100" may be a no: the number is asked about', () => {
    expect([itemsOf('Ana no. 7 100'), hear('Ana no. 7 100', { role: 'leader' }).clarify]).toEqual([
      '7:unpaid',
      true,
    ]);
  });

  test.each([
    ['invitar a Lucia', 'invite'],
    ['everyone came except Ana', 'attendance'],
    ['record what everyone paid', 'payments.record'],
  ])('"%s" is read as %s', (text, intent) => {
    expect(hear(text, { role: 'leader' }).intent).toBe(intent);
  });
});
