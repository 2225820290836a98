// The papers of a tanda: it has no savings and no loans, and none of them may say that a woman who gave has nothing.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportCsv } from '../../src/app/paper/report-csv.ts';
import { passbookPage } from '../../src/content/paper/passbook.ts';
import { reportPages } from '../../src/content/paper/report.ts';
import { sheetPages } from '../../src/content/paper/sheet.ts';
import { groupPaper, memberMovements } from '../../src/store/paper-facts.ts';
import { voice, wordsOf } from '../support/paper.ts';
import { openScene, type Scene } from '../support/scene.ts';

// Two rounds were handed over, to Ana and to Petra, who owes for her own; the third is being collected.
const HEADER = `
grupo Las Golondrinas, tanda, America/Mexico_City, friday 18:00, acuerdo, rondas 4, aportación 200.00, turnos 3 4 2 1, entregadas 2, debe 4 de la 2 200.00, juntado 1 200.00
1 Rosa Hernández, líder
2 Guadalupe Cruz, tesorera
3 Ana Martínez
4 Petra Gómez
equipo Marta Ruiz
reloj 2026-11-27 18:05 America/Mexico_City`;
const HEIGHT = 1440;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ header: HEADER });
  await scene.say('Rosa', 'Ana 150');
  await scene.say('Rosa', 'sí');
});
afterAll(() => scene.close());

const facts = async () => {
  const { rows } = await scene.world.store.pool.query<{ id: string }>('select id from savings_group');
  return groupPaper(scene.world.store, rows[0]?.id ?? '', scene.world.now);
};

const passbookOf = async (number: number, language: 'es' | 'en') => {
  const paper = await facts();
  const me = paper.members.find((member) => member.number === number);
  if (!me) throw new Error(`nobody has number ${number}`);
  const movements = await memberMovements(scene.world.store, { id: me.id, group: paper.group }, paper.now);
  return wordsOf(
    passbookPage({ ...paper, me, movements, goal: undefined, discreet: false }, voice(language), HEIGHT),
  );
};

describe('the passbook', () => {
  test('says what she gave, for how many rounds, and that she received hers', async () => {
    expect(await passbookOf(3, 'es')).toEqual([
      '3',
      'Mi libreta',
      'Ana',
      'viernes 27 de noviembre de 2026',
      'Mi tanda',
      '$550.00',
      'quinientos cincuenta pesos',
      'Llevo 2 de 4 rondas',
      'Mi turno',
      'Ronda 1',
      'Ya lo recibí',
      'Mi próximo pago',
      '$50.00',
      'cincuenta pesos',
      'viernes 4 de diciembre',
      'a las 6 de la tarde',
      'Lo último',
      'Tanda',
      '27 nov 2026',
      '+$150.00',
      'Último recibo: nº 2',
      'Las Golondrinas',
    ]);
  });

  test('says in English what she missed, and when another receives', async () => {
    expect(await passbookOf(4, 'en')).toEqual(
      expect.arrayContaining([
        'My tanda',
        '1 of 4 rounds given',
        '$200.00 MXN missed before',
        'My turn',
        'Round 2',
      ]),
    );
    expect(await passbookOf(1, 'en')).toEqual(
      expect.arrayContaining(['3 of 4 rounds given', 'Round 4', 'Friday December 4']),
    );
  });
});

test('the report has turns, what each gave and what is missing, and the one box there is', async () => {
  const [page] = reportPages({ ...(await facts()), checkCode: undefined }, voice('es'));
  const words = page ? wordsOf(page) : [];
  expect(words.slice(words.indexOf('Dado entre todas'))).toEqual(
    [
      ['Dado entre todas', '$1,750.00', 'mil setecientos cincuenta pesos'],
      ['Falta de rondas ya entregadas', '$200.00', 'doscientos pesos'],
      ['Caja del grupo', '$350.00'],
      ['Nº', 'Nombre', 'Turno', 'Ha dado', 'Falta pagar'],
      ['1', 'Rosa Hernández', '4', '$600.00', '–'],
      ['2', 'Guadalupe Cruz', '3', '$400.00', '–'],
      ['3', 'Ana Martínez', '1', '$550.00', '–'],
      ['4', 'Petra Gómez', '2', '$200.00', '$200.00'],
      ['', 'Total', '', '$1,750.00', '$200.00'],
    ].flat(),
  );
});

test('the sheet asks for the round, and for nothing that a tanda does not have', async () => {
  const [page] = sheetPages(await facts(), voice('es'));
  const words = page ? wordsOf(page) : [];
  expect(words).not.toContain('Ahorro');
  expect(words).not.toContain('Préstamo');
  const table = words.slice(words.indexOf('Nº'), words.indexOf('Contamos la caja'));
  expect(table).toEqual(
    [
      ['Nº', 'Nombre', 'Vino', 'Tarde', 'Tanda', 'Multa', 'Firma'],
      ['1', 'Rosa Hernández'],
      ['2', 'Guadalupe Cruz', '$200.00'],
      ['3', 'Ana Martínez', '$50.00'],
      ['4', 'Petra Gómez', '$400.00'],
      ['', 'Total', '$650.00'],
    ].flat(),
  );
});

test('the table for staff has what each gave and missed', async () => {
  const lines = reportCsv({ ...(await facts()), checkCode: undefined }).split('\r\n');
  expect(lines[0]).toContain('"turn","given","missed"');
  expect(lines[4]).toContain('"2","200.00","200.00"');
});
