// A meeting that was written down later leaves the same as if it had been written down on its day.

import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { balances, entryCount, faults, label, openScene, type Scene } from '../support/scene.ts';

const HEADER = `
grupo Las Jacarandas, ahorro, America/Tijuana, tuesday 17:00, recargo 5.00
1 Rosa Hernández, líder, ahorro 200.00
2 Guadalupe Cruz, tesorera, ahorro 300.00
3 Ana Martínez, ahorro 200.00
4 Petra Gómez, ahorro 100.00, préstamo 300.00 desde 2026-10-17
equipo Marta Ruiz
reloj 2026-11-03 19:00 America/Tijuana`;

const at = (day: string) =>
  Temporal.PlainDateTime.from(`${day}T19:00`).toZonedDateTime('America/Tijuana').toInstant();

const within = async <T>(header: string, story: (scene: Scene) => Promise<T>): Promise<T> => {
  const scene = await openScene({ header });
  try {
    const told = await story(scene);
    expect(await faults(scene.world)).toEqual([]);
    return told;
  } finally {
    await scene.close();
  }
};

type Dated = { receipt: string; on: string; meeting: string; decided: string };

/** Every payment's entry with its day, that of its meeting, and the day it became a receipt. */
const dated = async ({ world }: Scene): Promise<Dated[]> => {
  const { rows } = await world.store.pool.query<Dated>(
    `select e.seq::text as receipt, e.occurred_on::text as on, p.meeting_on::text as meeting,
            (p.decided_at at time zone 'America/Tijuana')::date::text as decided
       from payment p join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id where p.state = 'confirmed' order by e.seq`,
  );
  return rows;
};

const asked = async (scene: Scene, name: string, text: string): Promise<string> =>
  (await scene.say(name, text)).map((message) => message.text).join('\n');

/** What she owes on several days after, the book, and what came in on her loan by day. */
const standing = async (scene: Scene): Promise<unknown[]> => {
  const said: unknown[] = [];
  for (const day of ['2026-12-15', '2026-12-23', '2027-01-20']) {
    scene.world.now = at(day);
    said.push(await asked(scene, 'Petra', 'cuánto debo'));
  }
  const { rows } = await scene.world.store.pool.query(
    'select loan_repaid(l) as repaid from loan l order by l.id',
  );
  const ofAll = Object.values(await balances(scene.world));
  return [...said, rows, ofAll.toSorted((a, b) => (a < b ? -1 : 1)).map(String)];
};

describe('a repayment', () => {
  test('of a past meeting leaves her loan as if it had been written down on that day', async () => {
    const cases = fc.record({
      meeting: fc.constantFrom('2026-11-10', '2026-11-17', '2026-11-24'),
      amount: fc.constantFrom(50, 104, 109, 150, 300),
      late: fc.integer({ min: 5, max: 21 }),
    });
    const paid = async (
      scene: Scene,
      { meeting, amount, on }: { meeting: string; amount: number; on: string },
    ) => {
      scene.world.now = at(on);
      await scene.say('Rosa', `lista del ${meeting}: Petra ${amount} préstamo`);
      expect(await asked(scene, 'Rosa', 'sí')).toContain('Anoté 1 pago');
      return standing(scene);
    };
    await fc.assert(
      fc.asyncProperty(cases, async ({ meeting, amount, late }) => {
        const day = Temporal.PlainDate.from(meeting);
        const then = await within(HEADER, (scene) => paid(scene, { meeting, amount, on: meeting }));
        const later = await within(HEADER, (scene) =>
          paid(scene, { meeting, amount, on: day.add({ days: late }).toString() }),
        );
        expect(later).toEqual(then);
      }),
      { numRuns: 3, seed: 20_261_124 },
    );
  });
});

describe('the day of an entry', () => {
  test('is that of the meeting, and the day it was written down stays known', async () => {
    await within(HEADER, async (scene) => {
      scene.world.now = at('2026-11-23');
      await scene.say('Rosa', 'lista del 10 de noviembre: Ana 40, Guadalupe 20');
      await scene.say('Rosa', 'sí');
      expect(await dated(scene)).toEqual([
        { receipt: '2', on: '2026-11-10', meeting: '2026-11-10', decided: '2026-11-23' },
        { receipt: '3', on: '2026-11-10', meeting: '2026-11-10', decided: '2026-11-23' },
      ]);
    });
  });

  test('is the same where a second officer has to state what was counted', async () => {
    await within(HEADER.replace('recargo 5.00', 'firmas 2'), async (scene) => {
      scene.world.now = at('2026-11-23');
      await scene.say('Rosa', 'lista del 10 de noviembre: Ana 40');
      await scene.say('Rosa', 'sí');
      const [question] = await scene.press('Guadalupe', label('choice.counted'));
      expect(question?.text).toContain('martes 10 de noviembre');
      await scene.say('Guadalupe', '40');
      expect((await dated(scene)).map(({ on }) => on)).toEqual(['2026-11-10']);
    });
  });

  test('is today where the box was counted after the list was read back: the count stays right', async () => {
    await within(HEADER, async (scene) => {
      scene.world.now = at('2026-11-23');
      await scene.say('Rosa', 'lista del 10 de noviembre: Ana 40');
      await scene.say('Guadalupe', 'reunión');
      await scene.press('Guadalupe', label('menu.meeting'));
      await scene.press('Guadalupe', label('meeting-open.yes'));
      await scene.press('Guadalupe', label('roll.nobody'));
      await scene.press('Guadalupe', label('meeting-open.count'));
      await scene.say('Guadalupe', '500');
      await scene.press('Guadalupe', label('count.close'));
      await scene.say('Rosa', 'sí');
      expect(await dated(scene)).toEqual([
        { receipt: '2', on: '2026-11-23', meeting: '2026-11-10', decided: '2026-11-23' },
      ]);
    });
  });

  test('an old yes books nothing twice, and the same list again asks first', async () => {
    await within(HEADER, async (scene) => {
      scene.world.now = at('2026-11-23');
      const before = await entryCount(scene.world);
      await scene.say('Rosa', 'lista del 10 de noviembre: Ana 40');
      const payload = scene.payload('Rosa', label('choice.yes'));
      await scene.say('Rosa', 'sí');
      await scene.post('Rosa', { type: 'button', payload });
      expect(scene.heard('Rosa').at(-1)?.text).toContain('No se anota dos veces');
      expect(await asked(scene, 'Rosa', 'lista del 10 de noviembre: Ana 40')).toContain('recibo nº 2');
      await scene.post('Rosa', { type: 'button', payload });
      expect((await entryCount(scene.world)) - before).toBe(1);
    });
  });
});
