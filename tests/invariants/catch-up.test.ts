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

const WEEKLY = HEADER.replace('ahorro, America', 'solidaria, America')
  .replace('recargo 5.00', 'capital 900.00')
  .replace(', préstamo 300.00 desde 2026-10-17', '');

/** An officer writes down that it was handed over at a past meeting, and the borrower says that she has it. */
const lateLoan = async (
  scene: Scene,
  { meeting, amount, n }: { meeting: string; amount: number; n: number },
) => {
  await scene.say('Rosa', `lista del ${meeting}`);
  await scene.press('Rosa', label('late-loan.menu'));
  const said = await asked(scene, 'Rosa', `Petra ${amount}`);
  if (!said.includes(label('late-loan.what-for'))) return said;
  await scene.press('Rosa', label('loan-choice.other'));
  await scene.say('Rosa', `en ${n} pagos`);
  await scene.say('Rosa', 'sí');
  return (await scene.press('Petra', label('loan-hand.got'))).map(({ text }) => text).join('\n');
};

/** The same, said in the meeting. */
const loanThen = async (scene: Scene, { amount, n }: { amount: number; n: number }) => {
  await scene.say('Petra', `quiero un préstamo de ${amount}`);
  await scene.say('Petra', label('loan-choice.other'));
  await scene.say('Petra', `en ${n} pagos`);
  await scene.say('Petra', 'sí');
  await scene.press('Rosa', label('loan-decide.approve'));
  await scene.press('Rosa', label('loan-hand.handed'));
  await scene.press('Petra', label('loan-hand.got'));
};

const entryDays = async ({ world }: Scene, kind: string): Promise<string[]> => {
  const { rows } = await world.store.pool.query<{ on: string }>(
    'select occurred_on::text as on from journal_entry where kind = $1 order by seq',
    [kind],
  );
  return rows.map(({ on }) => on);
};

/** The least that any box held at the end of any day, in minor units. */
const leastOfAnyDay = async ({ world }: Scene): Promise<bigint> => {
  const { rows } = await world.store.pool.query<{ least: string }>(
    `select min(held)::text as least from (
       select x.name, e.occurred_on, sum(sum(x.delta)) over (partition by x.name order by e.occurred_on) as held
         from journal_entry e join posting p on p.group_id = e.group_id and p.entry_id = e.id
        cross join lateral (values (p.debit, p.amount_minor), (p.credit, -p.amount_minor)) x(name, delta)
        where x.name like 'cash/%' group by 1, 2) h`,
  );
  return BigInt(rows[0]?.least ?? '0');
};

describe('a loan of a past meeting', () => {
  test('is as if it had been said in the meeting: its plan, what is owed of it on any day, and the book', async () => {
    const cases = fc.record({
      meeting: fc.constantFrom('2026-11-10', '2026-11-17'),
      amount: fc.constantFrom(100, 250, 300, 900),
      n: fc.integer({ min: 1, max: 16 }),
      late: fc.integer({ min: 5, max: 14 }),
    });
    const left = async (scene: Scene) => {
      const { rows } = await scene.world.store.pool.query('select terms, disbursed_on::text from loan');
      return [rows, await standing(scene), await entryDays(scene, 'loan')];
    };
    await fc.assert(
      fc.asyncProperty(cases, async ({ meeting, late, ...loan }) => {
        const then = await within(WEEKLY, async (scene) => {
          scene.world.now = at(meeting);
          await loanThen(scene, loan);
          return left(scene);
        });
        const later = await within(WEEKLY, async (scene) => {
          scene.world.now = at(Temporal.PlainDate.from(meeting).add({ days: late }).toString());
          await lateLoan(scene, { meeting, ...loan });
          return left(scene);
        });
        expect(later).toEqual(then);
        expect(later[2]).toEqual([meeting]);
      }),
      { numRuns: 2, seed: 20_261_122 },
    );
  });

  test('is no more than the box held on that day and on every day since', async () => {
    await within(WEEKLY, async (scene) => {
      scene.world.now = at('2026-11-17');
      await scene.say('Ana', 'quiero un préstamo de 700');
      await scene.say('Ana', label('loan-choice.other'));
      await scene.say('Ana', 'en 1 pago');
      await scene.say('Ana', 'sí');
      await scene.press('Rosa', label('loan-decide.approve'));
      await scene.press('Rosa', label('loan-hand.handed'));
      await scene.press('Ana', label('loan-hand.got'));
      scene.world.now = at('2026-11-24');
      await scene.say('Rosa', 'Ana 707 préstamo');
      await scene.say('Rosa', 'sí');
      // 907.00 lie in the box today, 900.00 did on the tenth; between the two there were 200.00.
      const loan = { meeting: '2026-11-10', n: 4 };
      expect(await lateLoan(scene, { ...loan, amount: 201 })).toContain('$200.00');
      expect(await entryDays(scene, 'loan')).toEqual(['2026-11-17']);
      expect(await lateLoan(scene, { ...loan, amount: 200 })).toContain('$200.00');
      expect(await entryDays(scene, 'loan')).toEqual(['2026-11-17', '2026-11-10']);
      expect(await leastOfAnyDay(scene)).toBe(0n);
    });
  });

  test('is weighed by what she had saved then, and not by what she gave since', async () => {
    const header = HEADER.replace(', préstamo 300.00 desde 2026-10-17', '');
    const most = async (gives: boolean): Promise<string> =>
      within(header, async (scene) => {
        scene.world.now = at('2026-11-23');
        if (gives) {
          await scene.say('Rosa', 'lista del 17 de noviembre: Petra 100 ahorro');
          await scene.say('Rosa', 'sí');
        }
        await scene.say('Rosa', 'lista del 10 de noviembre');
        await scene.press('Rosa', label('late-loan.menu'));
        return asked(scene, 'Rosa', 'Petra 301');
      });
    expect(await most(false)).toContain('$300.00');
    expect(await most(true)).toContain('$300.00');
  });

  test('is not booked by one officer, nor by an old yes, nor twice', async () => {
    await within(WEEKLY.replace('capital', 'firmas 2, capital'), async (scene) => {
      scene.world.now = at('2026-11-23');
      await scene.say('Rosa', 'lista del 10 de noviembre');
      await scene.press('Rosa', label('late-loan.menu'));
      await scene.say('Rosa', 'Petra 100');
      await scene.press('Rosa', label('loan-choice.other'));
      await scene.say('Rosa', 'en 4 pagos');
      const yes = scene.payload('Rosa', label('choice.yes'));
      await scene.say('Rosa', 'sí');
      await scene.post('Rosa', { type: 'button', payload: yes });
      const so = scene.payload('Guadalupe', label('late-loan.so'));
      await scene.post('Rosa', { type: 'button', payload: so });
      const got = so.replace('late:so:', 'loan:got:');
      await scene.post('Petra', { type: 'button', payload: got });
      await scene.post('Rosa', { type: 'button', payload: got });
      expect(await entryDays(scene, 'loan')).toEqual([]);
      await scene.post('Guadalupe', { type: 'button', payload: so });
      await scene.post('Guadalupe', { type: 'button', payload: got });
      expect(await entryDays(scene, 'loan')).toEqual([]);
      await scene.post('Petra', { type: 'button', payload: got });
      await scene.post('Petra', { type: 'button', payload: got });
      await scene.post('Guadalupe', { type: 'button', payload: so });
      expect(await entryDays(scene, 'loan')).toEqual(['2026-11-10']);
    });
  });

  test('that she confirms after the box of that day was counted is booked today, and keeps its plan', async () => {
    await within(WEEKLY, async (scene) => {
      scene.world.now = at('2026-11-23');
      await scene.say('Rosa', 'lista del 10 de noviembre');
      await scene.press('Rosa', label('late-loan.menu'));
      await scene.say('Rosa', 'Petra 100');
      await scene.press('Rosa', label('loan-choice.other'));
      await scene.say('Rosa', 'en 4 pagos');
      await scene.say('Rosa', 'sí');
      await scene.say('Guadalupe', 'lista del 17 de noviembre');
      await scene.press('Guadalupe', label('late-count.menu'));
      await scene.say('Guadalupe', '900');
      await scene.say('Guadalupe', '800');
      await scene.press('Guadalupe', label('count.close'));
      await scene.press('Petra', label('loan-hand.got'));
      expect(await entryDays(scene, 'loan')).toEqual(['2026-11-23']);
      const { rows } = await scene.world.store.pool.query('select disbursed_on::text as on from loan');
      expect(rows).toEqual([{ on: '2026-11-10' }]);
    });
  });
});

describe('the count of a past meeting', () => {
  const count = async (scene: Scene, counted: number) => {
    await scene.say('Rosa', 'lista del 10 de noviembre');
    await scene.press('Rosa', label('late-count.menu'));
    return asked(scene, 'Rosa', String(counted));
  };

  test('is held against what the book says of that day; less than left the box since is refused', async () => {
    await within(HEADER, async (scene) => {
      scene.world.now = at('2026-11-17');
      // 500.00 lie in the box on the tenth; 450.00 leave it on the seventeenth.
      await scene.say('Ana', 'quiero un préstamo de 450');
      await scene.say('Ana', label('loan-choice.other'));
      await scene.say('Ana', 'en 1 pago');
      await scene.say('Ana', 'sí');
      await scene.press('Rosa', label('loan-decide.approve'));
      await scene.press('Rosa', label('loan-hand.handed'));
      await scene.press('Ana', label('loan-hand.got'));
      scene.world.now = at('2026-11-23');
      await scene.say('Rosa', 'lista del 17 de noviembre: Ana 40');
      await scene.say('Rosa', 'sí');
      expect(await count(scene, 449)).toContain(label('count-differs.box'));
      expect((await scene.press('Rosa', label('count.because-unknown')))[0]?.text).toBe(
        label('late-count.short'),
      );
      expect(await entryDays(scene, 'count')).toEqual([]);
      await scene.press('Rosa', label('count.again'));
      await scene.say('Rosa', '450');
      await scene.press('Rosa', label('count.because-unknown'));
      const closing = await scene.say('Rosa', 'contar la caja');
      expect(closing[0]?.text).toContain(label('count.waits'));
      expect(await entryDays(scene, 'count')).toEqual([]);
      await scene.press('Guadalupe', label('count.agree'));
      expect(await entryDays(scene, 'count')).toEqual(['2026-11-10']);
      await scene.press('Rosa', label('count.close'));
      expect(await leastOfAnyDay(scene)).toBe(0n);
      const { rows } = await scene.world.store.pool.query(
        'select meeting_on::text as on, late, state, expected_minor::text as expected, counted_minor::text as counted from meeting',
      );
      expect(rows).toEqual([
        { on: '2026-11-10', late: true, state: 'closed', expected: '50000', counted: '45000' },
      ]);
      // Of that day and before nothing is added any more; of the next meeting it is.
      expect(await asked(scene, 'Rosa', 'lista del 10 de noviembre: Petra 20 ahorro')).toContain(
        'martes 10 de noviembre',
      );
      expect(await asked(scene, 'Rosa', 'lista del 17 de noviembre: Petra 20 ahorro')).toContain(
        label('list.question'),
      );
    });
  });

  test('that is right is closed once, and nothing is in the book before it was said', async () => {
    await within(HEADER, async (scene) => {
      scene.world.now = at('2026-11-23');
      await count(scene, 500);
      const close = scene.payload('Rosa', label('count.close'));
      await scene.say('Rosa', 'cancelar');
      await scene.post('Rosa', { type: 'button', payload: close });
      const meetings = async (): Promise<string[]> => {
        const { rows } = await scene.world.store.pool.query<{ state: string }>('select state from meeting');
        return rows.map(({ state }) => state);
      };
      expect(await meetings()).toEqual([]);
      await count(scene, 500);
      await scene.press('Rosa', label('count.close'));
      await scene.post('Rosa', { type: 'button', payload: close });
      expect(await meetings()).toEqual(['closed']);
    });
  });
});
