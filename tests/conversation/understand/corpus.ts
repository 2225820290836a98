import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Corpus, type Judged, type Row, rowsOf, type Table } from './judge.ts';

/** Of lines that no hand has sorted, one in this many is kept apart. */
const APART_OF = 3;

/** `tuned`: the lexicons may be changed for these lines. `apart`: its intents are not looked at while doing so. */
export type Part = 'tuned' | 'apart';

/** How many lines of each table that was held apart may go wrong. The numbers may only become smaller. */
const wrongApartSchema = z.strictObject({
  intentsEs: z.int(),
  intentsEn: z.int(),
  outOfScope: z.int(),
  urgent: z.int(),
  notUrgent: z.int(),
  amounts: z.int(),
  names: z.int(),
  listsEs: z.int(),
  listsEn: z.int(),
});
const notYetSchema = z.array(z.strictObject({ text: z.string(), got: z.string() }));

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8'));

/** The part a line of `by-hash.json` belongs to: its text alone decides, so a line never moves. */
export const partOf = (text: string): Part =>
  createHash('sha256').update(text).digest().readUInt32BE(0) % APART_OF === 0 ? 'apart' : 'tuned';

/**
 * Every line of the corpus, judged: `corpus.json` was always tuned on, `held-apart.json` never, and `by-hash.json` is
 * split by `partOf`.
 */
export const judgedCorpus = (): Record<Part, Judged> => {
  const sorted = rowsOf(read('by-hash') as Corpus);
  const withHash = (name: string, part: Part): Judged => {
    const rows = rowsOf(read(name) as Corpus);
    const join = (table: Table): Row[] => [
      ...rows[table],
      ...sorted[table].filter(({ text }) => partOf(text) === part),
    ];
    return {
      intentsEs: join('intentsEs'),
      intentsEn: join('intentsEn'),
      outOfScope: join('outOfScope'),
      urgent: join('urgent'),
      notUrgent: join('notUrgent'),
      amounts: join('amounts'),
      names: join('names'),
      listsEs: join('listsEs'),
      listsEn: join('listsEn'),
    };
  };
  return { tuned: withHash('corpus', 'tuned'), apart: withHash('held-apart', 'apart') };
};

/** The lines of a table, of both parts. */
export const linesOf = (judged: Record<Part, Judged>, table: Table): Row[] => [
  ...judged.tuned[table],
  ...judged.apart[table],
];

/** How many lines held apart went wrong when they were last looked at, by table. */
export const wrongApart = (): Record<Table, number> => wrongApartSchema.parse(read('wrong-apart'));

/** Lines we know to be read wrongly, and as what. */
export const notYet = (): { text: string; got: string }[] => notYetSchema.parse(read('not-yet'));
