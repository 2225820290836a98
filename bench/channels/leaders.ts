import { verifyBooks } from '../../src/store/verify-books.ts';
import { exactly, type Row } from '../table.ts';
import { kept, openChats, settled } from './counts.ts';
import { NAMES } from './people.ts';
import type { Stage } from './stage.ts';

export const LEADERS = 20;
/** Those whose payments a list has, by their places in the group. */
const LISTS = [
  [1, 2, 3],
  [4, 5],
] as const;
const PAYMENTS = LISTS.flat().length;
/** What she is answered, in this order, to: a list, yes, a list, yes, a question. */
const ANSWERS = [/¿Está bien\?/u, /Listo\. Anoté 3/u, /¿Está bien\?/u, /Listo\. Anoté 2/u, /\$/u];

/** Pesos that nobody else pays: the payer's group and place. */
const pesos = (leader: number, place: number): number => 10 * (leader + 1) + place;

/**
 * Each leader writes five messages without waiting for an answer; five payments come of them. Each payment must be in the
 * book once and in the order in which she wrote it, and her answers must come in the order of her messages.
 */
export const listAtOnce = async (stage: Stage): Promise<Row[]> => {
  const words = (leader: number, places: readonly number[]): string =>
    places.map((place) => `${NAMES[place]} ${pesos(leader, place)}`).join(', ');
  const people = LEADERS * NAMES.length;
  await openChats(stage, people);
  await Promise.all(
    Array.from({ length: LEADERS }, async (_, leader) => {
      const phone = stage.phone(leader * NAMES.length);
      for (const places of LISTS) {
        await phone.says(words(leader, places));
        await phone.says('sí');
      }
      await phone.says('saldo');
    }),
  );
  const messages = LEADERS * ANSWERS.length;
  await settled(stage, async () => (await kept(stage)) >= people + messages);
  const booked = await paymentsInOrder(stage);
  const { faults } = await verifyBooks(stage.database);
  return [
    exactly(
      `${stage.label}: ${LEADERS} leaders, 5 messages at once: kept`,
      (await kept(stage)) - people,
      messages,
    ),
    exactly('  payments in the book', booked.count, LEADERS * PAYMENTS),
    exactly('  of them in the order she wrote', booked.inOrder, LEADERS * PAYMENTS),
    exactly('  answers, each at its place', await answersInOrder(stage), messages),
    exactly('  receipts that arrived, one each', await receipts(stage), LEADERS * PAYMENTS),
    exactly('  faults in the books', faults.length, 0),
  ];
};

type Booked = { readonly count: number; readonly inOrder: number };

/** Counted from the book itself: each group's payments by the number of their entry. */
const paymentsInOrder = async ({ database }: Stage): Promise<Booked> => {
  const { rows } = await database.pool.query<{ amounts: string[] }>(
    `select array_agg(p.savings_minor::text order by e.seq) as amounts
       from payment p join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id
      where p.state = 'confirmed' group by p.group_id`,
  );
  const byGroup = new Map(rows.map(({ amounts }) => [amounts[0], amounts]));
  let inOrder = 0;
  for (let leader = 0; leader < LEADERS; leader += 1) {
    const written = LISTS.flat().map((place) => String(100 * pesos(leader, place)));
    const amounts = byGroup.get(written[0]) ?? [];
    inOrder += written.filter((amount, n) => amounts[n] === amount).length;
  }
  return { count: rows.reduce((sum, { amounts }) => sum + amounts.length, 0), inOrder };
};

/** What came after the chat was opened. More than was wanted makes the count wrong, too. */
const asWanted = async (stage: Stage, n: number, wanted: readonly RegExp[]): Promise<number> => {
  const heard = (await stage.phone(n).heard()).slice(1);
  const fitting = heard.filter(({ text }, at) => wanted[at]?.test(text)).length;
  return fitting - Math.max(0, heard.length - wanted.length);
};

const answersInOrder = async (stage: Stage): Promise<number> => {
  let count = 0;
  for (let leader = 0; leader < LEADERS; leader += 1)
    count += await asWanted(stage, leader * NAMES.length, ANSWERS);
  return count;
};

const receipts = async (stage: Stage): Promise<number> => {
  let count = 0;
  for (let leader = 0; leader < LEADERS; leader += 1) {
    for (const place of LISTS.flat()) {
      const hers = new RegExp(`Recibo nº[^]*\\$${pesos(leader, place)}\\.00`, 'u');
      count += await asWanted(stage, leader * NAMES.length + place, [hers]);
    }
  }
  return count;
};
