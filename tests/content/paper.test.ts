// What stands on the papers: the words and figures of each page, before anything is drawn.

import { describe, expect, test } from 'vitest';
import { passbookPage } from '../../src/content/paper/passbook.ts';
import { reportPages, reportPicturePage } from '../../src/content/paper/report.ts';
import { sheetPages } from '../../src/content/paper/sheet.ts';
import { money } from '../../src/domain/money.ts';
import { constitutionSchema, rulesOf } from '../../src/store/constitution.ts';
import {
  group,
  loan,
  member,
  movement,
  passbook,
  report,
  textsOf,
  voice,
  wordsOf,
} from '../support/paper.ts';

const HEIGHT = 1440;

describe('the passbook', () => {
  const full = passbook({
    me: member({ loans: [loan({ principal: 75_000n, interest: 12_000n })] }),
    goal: money(300_000n),
    movements: [
      movement(27n, '2026-11-17', { delta: money(5_000n) }),
      movement(27n, '2026-11-17', { delta: money(-14_500n), account: 'loan' }),
      movement(19n, '2026-11-04', { delta: money(-5_000n), kind: 'reversal' }),
      movement(8n, '2026-10-06', { delta: money(200_000n), account: 'loan', kind: 'opening' }),
    ],
  });

  test('says in Spanish who she is, what she has, what is left, what is next, and what was last', () => {
    expect(wordsOf(passbookPage(full, voice('es'), HEIGHT))).toEqual([
      '4',
      'Mi libreta',
      'Petra',
      'domingo 22 de noviembre de 2026',
      'Mi ahorro',
      '$1,230.50',
      'mil doscientos treinta pesos con cincuenta centavos',
      'Mi meta: $3,000.00',
      'Me faltan $1,769.50',
      'Me falta pagar',
      '$1,450.00',
      'Ya pagué $870.00 de $2,320.00',
      'Mi próximo pago',
      // 50.00 of savings, 10.00 for the social fund, and 145.00: the seventh instalment, six being paid.
      '$205.00',
      'doscientos cinco pesos',
      'martes 24 de noviembre',
      'a las 5 de la tarde',
      'Lo último',
      'Ahorro',
      '17 nov 2026',
      '+$50.00',
      'Abono',
      '17 nov 2026',
      '−$145.00',
      'Ahorro (corrección)',
      '4 nov 2026',
      '−$50.00',
      'Préstamo (al empezar)',
      '6 oct 2026',
      '+$2,000.00',
      'Último recibo: nº 27',
      'Las Jacarandas',
    ]);
  });

  test('says the same in English, with the currency', () => {
    const words = wordsOf(passbookPage(full, voice('en'), HEIGHT));
    expect(words).toEqual(
      expect.arrayContaining([
        'My passbook',
        'Sunday November 22, 2026',
        '$1,230.50 MXN',
        'My goal: $3,000.00 MXN',
        'Paid $870.00 MXN of $2,320.00 MXN',
        'Tuesday November 24',
        '5:00 PM',
        'Nov 17, 2026',
        'Last receipt: no. 27',
      ]),
    );
  });

  test('has no loan, no goal and no receipt on it where there is none', () => {
    const words = wordsOf(passbookPage(passbook(), voice('es'), HEIGHT)).join('\n');
    expect(words).toContain('Todavía no hay movimientos.');
    expect(words).not.toMatch(/falta|meta|recibo/);
  });

  test('a loan that is paid off is no loan any more', () => {
    const me = member({ loans: [loan({ principal: 200_000n, interest: 32_000n })] });
    expect(wordsOf(passbookPage(passbook({ me }), voice('es'), HEIGHT))).not.toContain('Me falta pagar');
  });

  test('nothing on it says "debt", and a discreet one names no group', () => {
    for (const language of ['es', 'en'] as const) {
      const words = wordsOf(passbookPage({ ...full, discreet: true }, voice(language), HEIGHT)).join('\n');
      expect(words).not.toMatch(/deud|deb[eo]|debt|owe|Jacarandas/i);
    }
  });

  test('what she gave for the coming meeting is asked for no more', () => {
    const given = [
      {
        meetingOn: movement(1n, '2026-11-24', { delta: money(0n) }).on,
        savings: money(5_000n),
        social: money(1_000n),
        receipt: 1n,
        nth: 1,
      },
    ];
    const words = wordsOf(passbookPage(passbook({ me: member({ given }) }), voice('es'), HEIGHT));
    expect(words).toContain('Nada pendiente');
  });

  test('what she gives back to those who covered her, and what she is given back, stand by themselves', () => {
    const me = member({ coverOwed: money(20_000n), coverDue: money(1_250n) });
    const words = wordsOf(passbookPage(passbook({ me }), voice('es'), HEIGHT));
    expect(words).toContain('Por devolver a mis compañeras: $200.00');
    expect(words).toContain('Me van a devolver: $12.50');
    const none = wordsOf(passbookPage(passbook({ me: member({}) }), voice('es'), HEIGHT));
    expect(none.join('\n')).not.toMatch(/devolver/);
  });

  test('an unpaid fine is part of the next payment', () => {
    const me = member({ fined: money(1_500n) });
    expect(wordsOf(passbookPage(passbook({ me }), voice('es'), HEIGHT))).toContain('$75.00');
  });

  test('the bar is full when the goal is reached, and not a centavo before', () => {
    const widths = [99_999n, 100_000n, 250_000n].map((saved) => {
      const facts = passbook({ me: member({ saved: money(saved) }), goal: money(100_000n) });
      const bars = passbookPage(facts, voice('es'), HEIGHT).marks.filter(
        (mark) => mark.type === 'box' && mark.height === 30,
      );
      const [track, full] = bars.map((mark) => (mark.type === 'box' ? mark.width : 0));
      return full! / track!;
    });
    expect(widths[0]).toBeCloseTo(0.999, 10);
    expect(widths.slice(1)).toEqual([1, 1]);
  });

  test('shows the last six movements, however many there were', () => {
    const movements = Array.from({ length: 12 }, (_, n) =>
      movement(BigInt(40 - n), '2026-11-17', { delta: money(BigInt(100 * (n + 1))) }),
    );
    const words = wordsOf(passbookPage(passbook({ movements }), voice('es'), HEIGHT));
    expect(words.filter((word) => word.startsWith('+'))).toEqual([
      '+$1.00',
      '+$2.00',
      '+$3.00',
      '+$4.00',
      '+$5.00',
      '+$6.00',
    ]);
    expect(words).toContain('Último recibo: nº 40');
  });
});

describe('the report', () => {
  test('has every member, the totals in digits and words, the boxes, the meeting and the words to check', () => {
    const facts = report(3, (n) => BigInt(n + 1) * 10_000n);
    const pages = reportPages(facts, voice('es'));
    expect(pages).toHaveLength(1);
    expect(wordsOf(pages[0]!)).toEqual(
      [
        'Informe del grupo',
        'domingo 22 de noviembre de 2026',
        'Las Jacarandas',
        '3 socias',
        'Próxima reunión: martes 24 de noviembre a las 5 de la tarde, en casa de Rosa.',
        'Ahorro de todas',
        '$600.00',
        'seiscientos pesos',
        'Por cobrar de préstamos',
        '$2,320.00',
        'dos mil trescientos veinte pesos',
        'Caja de préstamos',
        '$15,000.00',
        'Bote de ahorro',
        '$1,234.50',
        'Fondo social',
        '$500.50',
        'Últimos gastos',
        'martes 17 de noviembre: $50.00, copias',
        'martes 10 de noviembre: $120.00',
        'Nº',
        'Nombre',
        'Ahorro',
        'Falta pagar',
        ['1', 'Socia Número 1', '$100.00', '$2,320.00'],
        ['2', 'Socia Número 2', '$200.00', '–'],
        ['3', 'Socia Número 3', '$300.00', '–'],
        ['', 'Total', '$600.00', '$2,320.00'],
        'Palabras para comprobar: luna río maíz puente',
      ].flat(),
    );
  });

  test('of thirty members takes two pages, and each member stands on one of them', () => {
    const pages = reportPages(
      report(30, () => 100_000_000n),
      voice('en'),
    );
    expect(pages).toHaveLength(2);
    const words = pages.flatMap(wordsOf);
    for (let n = 1; n <= 30; n += 1) expect(words.filter((word) => word === String(n))).toHaveLength(1);
    expect(words).toContain('$30,000,000.00 MXN');
    expect(words).toContain('Page 2 of 2');
    expect(words.filter((word) => word.startsWith('Words to check with'))).toHaveLength(1);
  });

  test('as a picture is one page, as high as it must be', () => {
    const small = reportPicturePage(
      report(8, () => 0n),
      voice('es'),
    );
    const large = reportPicturePage(
      report(30, () => 0n),
      voice('es'),
    );
    expect(large.height - small.height).toBe(22 * 18);
    expect(wordsOf(large)).toContain('30');
  });

  test('a savings group has one box for savings and loans, and calls it its own', () => {
    const rules = rulesOf(
      constitutionSchema.parse({
        product: 'savings-group',
        savings: { kind: 'shares', sharePrice: '20.00' },
      }),
      'MXN',
    );
    const facts = { ...report(2, () => 0n), group: group({ rules }) };
    const words = wordsOf(reportPages(facts, voice('es'))[0]!);
    expect(words).toContain('Caja del grupo');
    expect(words).not.toContain('Caja de préstamos');
  });
});

describe('the sheet', () => {
  test('asks of each member what is expected of her, and of all together', () => {
    const [page, ...more] = sheetPages(
      report(4, () => 0n),
      voice('es'),
    );
    expect(more).toEqual([]);
    const words = wordsOf(page!);
    expect(words).toEqual(
      expect.arrayContaining([
        'Hoja de la reunión',
        'Las Jacarandas',
        'martes 24 de noviembre de 2026 · a las 5 de la tarde · casa de Rosa',
        'Multas: por llegar tarde $5.00, por faltar $10.00.',
        'Firma de la líder',
        'Firma de la tesorera',
      ]),
    );
    // Member 1 and 4 have a loan of which nothing was paid: seven instalments of 145.00 by then.
    expect(words.filter((word) => word === '$1,015.00')).toHaveLength(2);
    expect(words.filter((word) => word === '$50.00')).toHaveLength(4);
    const total = words.slice(words.indexOf('Total') + 1);
    expect(total.slice(0, 3)).toEqual(['$200.00', '$2,030.00', '$40.00']);
  });

  test('counts the notes and coins that are in its box: none below the smallest the group takes', () => {
    const rules = { ...group().rules, cashUnitMinor: 500n };
    const [page] = sheetPages({ ...report(1, () => 0n), group: group({ rules }) }, voice('es'));
    const pieces = wordsOf(page!).filter((word) => word.endsWith('×'));
    expect(pieces.map((piece) => piece.replace(' ×', ''))).toEqual([
      '$1,000.00',
      '$500.00',
      '$200.00',
      '$100.00',
      '$50.00',
      '$20.00',
      '$20.00',
      '$10.00',
      '$5.00',
    ]);
  });

  test('has a place of its own for the count of each box, and adds up no two of them', () => {
    const [page] = sheetPages(
      report(2, () => 0n),
      voice('es'),
    );
    const words = wordsOf(page!);
    const from = words.indexOf('En la libreta antes de la reunión');
    const to = words.indexOf('Firma de la líder');
    expect(words.slice(from + 1, to).filter((word) => !word.includes('$'))).toEqual([
      '1. Caja de préstamos',
      'Contamos',
      'Diferencia',
      '2. Bote de ahorro',
      'Contamos',
      'Diferencia',
      '3. Fondo social',
      'Contamos',
      'Diferencia',
    ]);
    expect(words.slice(words.indexOf('Billetes') + 1, words.indexOf('Billetes') + 4)).toEqual([
      '1',
      '2',
      '3',
    ]);
    // The last line of a box ends above the signatures.
    const places = textsOf(page!);
    const lowest = Math.max(...places.filter(({ text }) => text === 'Diferencia').map(({ y }) => y));
    const signed = places.find(({ text }) => text === 'Firma de la líder');
    expect(lowest + 20).toBeLessThanOrEqual(signed!.y);
  });

  test('of one box says in one place what was counted', () => {
    const { boxes, ...facts } = report(2, () => 0n);
    const [page] = sheetPages({ ...facts, boxes: boxes.slice(0, 1) }, voice('es'));
    const words = wordsOf(page!);
    expect(words.filter((word) => word === 'Contamos en total')).toHaveLength(1);
    expect(words).not.toContain('Contamos');
  });

  test('has one tick for coming and one for coming late per member', () => {
    const [page] = sheetPages(
      report(5, () => 0n),
      voice('es'),
    );
    const ticks = page!.marks.filter((mark) => mark.type === 'box' && mark.width === 13);
    expect(ticks).toHaveLength(10);
  });

  test('of thirty members goes on, and says on each page whose it is and which it is', () => {
    const pages = sheetPages(
      report(30, () => 0n),
      voice('es'),
    );
    expect(pages).toHaveLength(2);
    for (const [index, page] of pages.entries()) {
      expect(wordsOf(page)).toContain('Las Jacarandas');
      expect(wordsOf(page)).toContain(`Hoja ${index + 1} de 2`);
    }
    expect(pages.flatMap(wordsOf).filter((word) => word === 'Contamos la caja')).toHaveLength(1);
  });
});

test('amounts are made smaller where they do not fit, and never cut', () => {
  const facts = report(30, () => 100_000_000n);
  const pages = [
    passbookPage(passbook({ me: member({ saved: money(100_000_000n) }) }), voice('es'), HEIGHT),
    ...reportPages(facts, voice('es')),
    ...sheetPages(facts, voice('es')),
  ];
  const amounts = pages.flatMap(textsOf).filter(({ text }) => text.includes('$'));
  expect(amounts.length).toBeGreaterThan(100);
  expect(amounts.filter(({ fit }) => fit !== 'shrink')).toEqual([]);
});
