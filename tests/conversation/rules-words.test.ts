// The rules of the three templates, as a leader reads them aloud: the whole of it, in both languages.

import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadLocales } from '../../src/app/load-locales.ts';
import { createContent } from '../../src/content/render.ts';
import { ruleChanges, ruleLines } from '../../src/conversation/rules-words.ts';
import type { GroupRules } from '../../src/domain/rules.ts';
import { constitutionSchema, rulesOf } from '../../src/store/constitution.ts';

const content = createContent(loadLocales(new URL('../../locales/', import.meta.url)).texts);

type Fields = Record<string, unknown>;

const template = (name: string): Fields =>
  JSON.parse(
    fs.readFileSync(new URL(`../../demo/templates/${name}.json`, import.meta.url), 'utf8'),
  ) as Fields;

const rulesFrom = (fields: Fields): GroupRules => rulesOf(constitutionSchema.parse(fields), 'MXN');

const wordsOf = (rules: GroupRules, language: 'es' | 'en'): string[] =>
  ruleLines(rules).map(({ says }) => content.sentence(says, language));

const WHOLE: Readonly<Record<string, Readonly<Record<'es' | 'en', string>>>> = {
  'savings-group': {
    es: `
Somos un grupo de ahorro.
En cada reunión, cada una compra de 1 a 5 acciones.
Cada acción vale $20.00.
El ahorro se entrega al cerrar el ciclo; antes no se saca.
Quien se va antes recibe lo que ahorró, menos lo que debe, sin ganancia.
Para el fondo social, cada una da $5.00 en cada reunión. Ese fondo no se reparte.
Quien llega tarde paga $5.00 de multa.
Quien falta paga $10.00 de multa.
Prestamos del dinero que juntamos.
Un préstamo llega hasta 3 veces lo que ella tiene ahorrado.
El interés es de 2 % por cada mes, sobre lo que falta pagar.
Se devuelve en 3 pagos o menos, uno cada mes.
Todos los pagos son iguales.
Quien paga de más termina antes.
Un pago atrasado cuesta $5.00 más por cada reunión que pasa.
En todo un préstamo, los recargos no pasan de lo que vale un pago.
El préstamo se vota entre todas.
Un pago queda anotado cuando dos oficiales cuentan lo mismo.
Una votación vale cuando votan al menos 67 de cada 100 socias.
La moneda más chica que usamos es de $1.00.
Por mensaje no se anota un pago de más de $10,000.00.
Si hay que redondear, de la mitad para arriba se sube.
Al cerrar el ciclo, lo que hay se reparte según lo que ahorró cada una.
Los mensajes del grupo son en español.`,
    en: `
We are a savings group.
At every meeting, each of us buys 1 to 5 shares.
One share costs $20.00 MXN.
Savings are paid out when the cycle closes, and not before.
Anyone who leaves early gets what she saved, less what she owes, without earnings.
For the social fund, each of us gives $5.00 MXN at every meeting. That fund is not shared out.
Anyone who comes late pays a fine of $5.00 MXN.
Anyone who is absent pays a fine of $10.00 MXN.
We lend from the money we put together.
A loan is at most 3 times what she has saved.
Interest is 2% for each month, on what is still to be paid.
It is paid back in 3 payments or fewer, one every month.
All payments are the same.
If she pays more, she is done sooner.
A late payment costs $5.00 MXN more for each meeting that passes.
On a whole loan, the late fees are never more than one payment.
A loan is put to the vote of all.
A payment is written down when two officers count the same.
A vote counts when at least 67 of every 100 members have voted.
The smallest coin we use is $1.00 MXN.
No payment of more than $10,000.00 MXN is written down by message.
If something has to be rounded, a half or more goes up.
When the cycle closes, what there is is shared by what each of us saved.
The group's messages are in Spanish.`,
  },
  'solidarity-credit': {
    es: `
Somos un grupo de crédito solidario: nuestro ahorro y el dinero de los préstamos van en cajas aparte.
Cada una ahorra al menos $50.00 en cada reunión.
El ahorro se entrega al cerrar el ciclo; antes no se saca.
Quien se va antes recibe lo suyo cuando se cierra el ciclo.
Para el fondo social, cada una da $5.00 en cada reunión. Ese fondo no se reparte.
Quien llega tarde paga $10.00 de multa.
Quien falta paga $20.00 de multa.
El dinero de los préstamos lo pone una organización.
Un préstamo llega hasta lo que hay en la caja de los préstamos.
El interés es de 4 % por cada 4 semanas, sobre todo lo prestado.
Se devuelve en 16 pagos o menos, uno cada semana.
A quien paga de más le bajan los pagos que siguen.
Un pago atrasado cuesta 5 % más por cada reunión que pasa, sobre lo que falta de ese pago.
En todo un préstamo, los recargos no pasan de $100.00.
El préstamo lo aprueba una oficial que no sea quien lo pide.
Un pago queda anotado cuando dos oficiales cuentan lo mismo.
Una votación vale cuando votan al menos 67 de cada 100 socias.
La moneda más chica que usamos es de $0.50.
Por mensaje no se anota un pago de más de $10,000.00.
Si hay que redondear, de la mitad para arriba se sube.
Al cerrar el ciclo, el ahorro de todas se entrega a una, por sorteo.
Los mensajes del grupo son en español.`,
    en: `
We are a solidarity credit group: our savings and the money for loans are in separate boxes.
Each of us saves at least $50.00 MXN at every meeting.
Savings are paid out when the cycle closes, and not before.
Anyone who leaves early gets what is hers when the cycle closes.
For the social fund, each of us gives $5.00 MXN at every meeting. That fund is not shared out.
Anyone who comes late pays a fine of $10.00 MXN.
Anyone who is absent pays a fine of $20.00 MXN.
The money for loans comes from an organisation.
A loan is at most what is in the loan box.
Interest is 4% for every 4 weeks, on all that was lent.
It is paid back in 16 payments or fewer, one every week.
If she pays more, her next payments become smaller.
A late payment costs 5% more for each meeting that passes, on what is missing from it.
On a whole loan, the late fees are never more than $100.00 MXN.
A loan is approved by an officer who is not the one asking.
A payment is written down when two officers count the same.
A vote counts when at least 67 of every 100 members have voted.
The smallest coin we use is $0.50 MXN.
No payment of more than $10,000.00 MXN is written down by message.
If something has to be rounded, a half or more goes up.
When the cycle closes, everyone's savings are given to one of us, by lot.
The group's messages are in Spanish.`,
  },
  tanda: {
    es: `
Somos una tanda.
Son 10 rondas, y cada ronda la recibe una.
En cada ronda, por cada turno se dan $500.00.
Los turnos se sortean delante de todas.
La organizadora no cobra.
Por llegar tarde no hay multa.
Por faltar no hay multa.
Un pago queda anotado cuando dos oficiales cuentan lo mismo.
Una votación vale cuando votan al menos 67 de cada 100 socias.
La moneda más chica que usamos es de $5.00.
Por mensaje no se anota un pago de más de $10,000.00.
Si hay que redondear, de la mitad para arriba se sube.
Los mensajes del grupo son en español.`,
    en: `
We are a tanda.
There are 10 rounds, and in each round one receives.
In each round, every turn costs $500.00 MXN.
The turns are drawn in front of everyone.
The organiser takes nothing.
There is no fine for coming late.
There is no fine for being absent.
A payment is written down when two officers count the same.
A vote counts when at least 67 of every 100 members have voted.
The smallest coin we use is $5.00 MXN.
No payment of more than $10,000.00 MXN is written down by message.
If something has to be rounded, a half or more goes up.
The group's messages are in Spanish.`,
  },
};

describe.each(Object.keys(WHOLE))('the template of a %s', (name) => {
  test.each(['es', 'en'] as const)('reads in %s', (language) => {
    expect(`\n${wordsOf(rulesFrom(template(name)), language).join('\n')}`).toBe(WHOLE[name]?.[language]);
  });
});

/** The lines of a template with some fields written anew that the template as it is does not say. */
const otherLines = (name: string, fields: Fields, language: 'es' | 'en'): string[] => {
  const usual = new Set(wordsOf(rulesFrom(template(name)), language));
  return wordsOf(rulesFrom({ ...template(name), ...fields }), language).filter((line) => !usual.has(line));
};

const loans = (fields: Fields): Fields => ({
  loans: { ...(template('savings-group')['loans'] as Fields), ...fields },
});
const tanda = (fields: Fields): Fields => ({
  tanda: { ...(template('tanda')['tanda'] as Fields), ...fields },
});

describe('what the templates do not say', () => {
  test.each([
    ['savings-group', { savings: { kind: 'free', weekly: '0.00' } }, ['Cada una ahorra lo que quiere.']],
    [
      'savings-group',
      { savings: { kind: 'shares', sharePrice: '20.00', min: 0, max: 5 } },
      ['En cada reunión, cada una puede comprar hasta 5 acciones.'],
    ],
    [
      'savings-group',
      { savings: { kind: 'shares', sharePrice: '20.00', min: 1, max: 1 } },
      ['En cada reunión, cada una compra una acción.'],
    ],
    ['savings-group', { loans: undefined }, ['No hacemos préstamos.']],
    ['savings-group', { socialFund: { weekly: '0.00' } }, ['No tenemos fondo social.']],
    [
      'savings-group',
      { withdrawals: 'any-meeting', leaving: 'savings-and-earnings' },
      [
        'Quien lo necesita puede sacar de su ahorro en una reunión.',
        'Quien se va antes recibe lo que ahorró y su parte de la ganancia hasta ese día, menos lo que debe.',
      ],
    ],
    ['savings-group', loans({ ratePct: '0' }), ['Los préstamos no cuestan interés.']],
    [
      'savings-group',
      loans({ interest: 'upfront', ratePct: '5', ratePer: 'loan' }),
      ['El cargo es de 5 % por todo el préstamo. Se calcula una vez, al dar el préstamo.'],
    ],
    [
      'savings-group',
      loans({ equalPrincipal: true, ratePct: '2.5', ratePer: 'period' }),
      [
        'El interés es de 2.5 % por cada pago, sobre lo que falta pagar.',
        'Cada pago devuelve lo mismo de lo prestado, y el interés va bajando.',
      ],
    ],
    ['savings-group', loans({ n: 1, every: '2 months' }), ['Se devuelve en un solo pago, a los 2 meses.']],
    [
      'savings-group',
      loans({ principalGrace: 1, interestPaymentGrace: 2, excess: 'skip-next', multiple: 1 }),
      [
        'Un préstamo llega hasta lo que ella tiene ahorrado.',
        'En el primer pago se paga solo el interés.',
        'El interés de los primeros 2 pagos se deja para el que sigue.',
        'Quien paga de más puede saltarse el pago que sigue.',
      ],
    ],
    [
      'savings-group',
      loans({ lateFee: { kind: 'percent', pct: '1.5', of: 'principal' } }),
      [
        'Un pago atrasado cuesta 1.5 % más por cada reunión que pasa, sobre lo prestado que falta de ese pago.',
      ],
    ],
    [
      'savings-group',
      { signers: 1, rounding: 'half-even', closing: 'rebate', language: 'en' },
      [
        'Un pago queda anotado con la palabra de una oficial.',
        'Si hay que redondear, la mitad exacta va al número par.',
        'Al cerrar el ciclo, cada una recibe su ahorro, y el interés vuelve a quien lo pagó.',
        'Los mensajes del grupo son en inglés.',
      ],
    ],
    [
      'tanda',
      tanda({ rounds: 11, turns: 'agreement', organiserFee: { kind: 'extra-turn', at: 'first' } }),
      [
        'Son 11 rondas, y cada ronda la recibe una.',
        'Los turnos se acuerdan entre todas.',
        'La organizadora cobra así: la primera ronda es para ella, y por ese turno no pone dinero.',
      ],
    ],
    [
      'tanda',
      tanda({ organiserFee: { kind: 'per-pot', amount: '50.00' } }),
      ['La organizadora cobra $50.00 de cada ronda.'],
    ],
  ])('%s with %j', (name, fields, lines) => {
    expect(otherLines(name, fields, 'es')).toEqual(lines);
    // The other language says as many things, each in words of its own.
    const english = otherLines(name, fields, 'en');
    expect(english).toHaveLength(lines.length);
    expect(english.join(' ')).not.toMatch(/[{}¿¡áéíóúñ]|rules\./);
  });
});

describe('what changes', () => {
  const before = rulesFrom(template('savings-group'));
  const changes = (fields: Fields): string[] =>
    ruleChanges(before, rulesFrom({ ...template('savings-group'), ...fields })).map((says) =>
      content.sentence(says, 'es'),
    );

  test('is said rule by rule: before and now, new, and no longer', () => {
    expect(
      changes({
        fines: { late: '6.00', absent: '10.00' },
        ...loans({ principalGrace: 1, lateFee: undefined }),
      }),
    ).toEqual([
      'Antes: Quien llega tarde paga $5.00 de multa. Ahora: Quien llega tarde paga $6.00 de multa.',
      'Nuevo: En el primer pago se paga solo el interés.',
      'Antes: Un pago atrasado cuesta $5.00 más por cada reunión que pasa. Ahora: Un pago atrasado no cuesta más.',
      'Ya no: En todo un préstamo, los recargos no pasan de lo que vale un pago.',
    ]);
  });

  test('is nothing when an amount is only written another way', () => {
    expect(changes({ socialFund: { weekly: '5' } })).toEqual([]);
  });
});
