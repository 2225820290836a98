// What `comadre indicators` is asked, and how its tables are written.

import { parse } from 'csv-parse/sync';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  groupReport,
  indicatorCsv,
  type NamedGroup,
  programmeReports,
} from '../../src/app/indicator-report.ts';
import { loadIndicatorWords } from '../../src/app/indicator-words.ts';
import { choose, dayOf } from '../../src/cli/indicators.ts';
import { INDICATORS } from '../../src/domain/indicators/definitions.ts';
import type { IndicatorFacts } from '../../src/domain/indicators/facts.ts';

const words = loadIndicatorWords(new URL('../../locales/', import.meta.url));

const GROUPS = [
  { id: '1', name: 'Flor de Milpa', programme: 'Raíces' },
  { id: '2', name: 'Las Jacarandas', programme: 'Raíces' },
  { id: '3', name: 'Flor de Milpa', programme: 'Orilla' },
];

describe('the groups asked for', () => {
  const chosen = (asked: { programme?: string; group?: string }) => {
    const found = choose(GROUPS, asked);
    return found.ok ? found.groups.map(({ id }) => id) : found.problem;
  };

  test.each([
    [{}, ['1', '2', '3']],
    [{ programme: 'raices' }, ['1', '2']],
    [{ group: 'las jacarandas' }, ['2']],
    [{ group: 'Flor de Milpa, Orilla' }, ['3']],
    [{ programme: 'Orilla', group: 'Flor de Milpa' }, ['3']],
  ])('%j are %j', (asked, ids) => {
    expect(chosen(asked)).toEqual(ids);
  });

  test.each([
    [
      { group: 'Flor de Milpa' },
      'More than one group is called that. Say which:\n  --group "Flor de Milpa, Raíces"',
    ],
    [{ group: 'Las Rosas' }, 'No group is called "Las Rosas". Say which:\n  --group "Flor de Milpa, Raíces"'],
    [{ programme: 'Orilla', group: 'Las Jacarandas' }, 'No group is called "Las Jacarandas".'],
    [
      { programme: 'Mar' },
      'No programme is called "Mar". Say which:\n  --programme "Raíces"\n  --programme "Orilla"',
    ],
  ])('%j are refused: %j', (asked, problem) => {
    expect(chosen(asked)).toContain(problem);
  });

  test('of nobody are refused with what to do', () => {
    expect(choose([], {})).toMatchObject({
      ok: false,
      problem: expect.stringContaining('comadre import') as string,
    });
  });
});

describe('the day asked for', () => {
  test.each(['2026-02-30', '22/11/2026', '2026-11-22T10:00', 'yesterday', '', '-000001-01-01'])(
    'is not %j',
    (text) => {
      expect(dayOf(text)).toEqual({
        ok: false,
        problem: `--on "${text}" is not a day. Write it like 2026-11-22.`,
      });
    },
  );

  test('has come', () => {
    const far = Temporal.Now.plainDateISO('UTC').add({ days: 3 }).toString();
    expect(dayOf(far)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('has not come') as string,
    });
    const yesterday = Temporal.Now.plainDateISO('UTC').subtract({ days: 1 });
    expect(dayOf(yesterday.toString())).toMatchObject({ ok: true });
    expect(dayOf(undefined)).toEqual({ ok: true, on: undefined });
  });
});

const facts = (members: bigint): IndicatorFacts => ({
  members,
  present: members - 1n,
  named: members,
  membersAtStart: members,
  left: 0n,
  membersSaved: members * 10_050n,
  saved: members * 10_050n,
  savedAtWeekEnds: 0n,
  bookWeeks: 0n,
  profit: 0n,
  cycleWeeks: 1n,
  loanFundCash: 0n,
  membersWithLoan: 0n,
  loans: [],
  counts: 0n,
  differingCounts: 0n,
  difference: 0n,
  receipts: 0n,
  disputes: 0n,
  disputeSeconds: [],
  bookings: 0n,
  bookingSeconds: 0n,
  longMembers: 0n,
  zeroSavers: 0n,
  saves: true,
});

const group = (n: number, members: bigint, programmeId: string): NamedGroup => ({
  groupId: String(n),
  programmeId,
  name: `=Grupo ${n}`,
  programme: `Programa ${programmeId}`,
  day: Temporal.PlainDate.from('2026-11-20').add({ days: n }),
  currency: 'MXN',
  facts: facts(members),
});

describe('the reports', () => {
  const reports = programmeReports(
    [group(1, 8n, 'a'), group(2, 3n, 'a'), group(3, 9n, 'b'), group(4, 20n, 'a')],
    words,
  );
  const saved = (figures: readonly { id: string; value: string | null }[] | undefined) =>
    figures?.find(({ id }) => id === 'average-savings');

  test('are one for each programme, with its groups and the latest of their days', () => {
    expect(reports.map(({ programme, on, groups }) => [programme, on, groups.length])).toEqual([
      ['Programa a', '2026-11-24', 3],
      ['Programa b', '2026-11-23', 1],
    ]);
  });

  test('have a definition in both languages beside each figure', () => {
    for (const { id, name, definition } of reports[0]?.indicators ?? []) {
      expect(
        [name.es, name.en, definition.es, definition.en].every((text) => text.length > 5),
        id,
      ).toBe(true);
      expect(definition.es.match(/\.$|\. /g), id).toHaveLength(1); // one sentence
      expect(definition.en.match(/\.$|\. /g), id).toHaveLength(1);
    }
    expect(reports[0]?.indicators.map(({ id }) => id)).toEqual(INDICATORS.map(({ id }) => id));
    expect(saved(reports[0]?.indicators)).toMatchObject({ value: '100.50', unit: 'MXN', denominator: '31' });
  });

  test('withhold a small group, and the next one with it', () => {
    expect(reports[0]?.groups.map(({ indicators }) => saved(indicators)?.value)).toEqual([
      null,
      null,
      '100.50',
    ]);
  });

  test('withhold nothing from the group itself', () => {
    const own = groupReport(group(2, 3n, 'a'), words);
    expect(own).toMatchObject({ group: '=Grupo 2', groups: [] });
    expect(saved(own.indicators)).toMatchObject({
      value: '100.50',
      numerator: '301.50',
      denominator: '3',
      withheld: false,
    });
  });

  test('as CSV have one line per figure, the programme first, and no name is a formula', () => {
    const rows = parse<Record<string, string>>(indicatorCsv(reports), { bom: true, columns: true });
    expect(rows).toHaveLength((1 + 3 + 1 + 1) * INDICATORS.length);
    const own = rows.filter(({ indicator }) => indicator === 'average-savings');
    expect(
      own.map((row) => [row['programme'], row['group'], row['on'], row['value'], row['withheld']]),
    ).toEqual([
      ['Programa a', '', '2026-11-24', '100.50', 'no'],
      ['Programa a', "'=Grupo 1", '2026-11-21', '', 'yes'],
      ['Programa a', "'=Grupo 2", '2026-11-22', '', 'yes'],
      ['Programa a', "'=Grupo 4", '2026-11-24', '100.50', 'no'],
      ['Programa b', '', '2026-11-23', '100.50', 'no'],
      ['Programa b', "'=Grupo 3", '2026-11-23', '100.50', 'no'],
    ]);
    expect(own[0]).toMatchObject({
      unit: 'MXN',
      numerator: '3115.50',
      name_es: 'Ahorro promedio por integrante',
    });
  });
});
