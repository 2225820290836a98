import { asId, type MemberId } from '../../src/domain/ids.ts';
import type { GroupRules } from '../../src/domain/rules.ts';
import type { RunningTanda } from '../../src/domain/tanda/running.ts';
import type { Draw } from './group-year-rules.ts';
import type { YearBook } from './year-book.ts';

/** What does not come in every tanda, and must come in some. */
export type TandaHappening =
  | 'swap'
  | 'missed'
  | 'late'
  | 'ahead'
  | 'reversal'
  | 'fee'
  | 'extra-turn'
  | 'two-turns'
  | 'stop'
  | 'debt'
  | 'forgiven';

/** A random tanda on its way. */
export type Going = {
  running: RunningTanda;
  readonly rules: GroupRules;
  readonly draw: Draw;
  readonly ledger: YearBook;
  readonly happened: Set<TandaHappening>;
};

export const idOf = (number: number): MemberId =>
  asId<MemberId>(`00000000-0000-7000-8000-${String(number).padStart(12, '0')}`);

export const numbersOf = ({ tanda }: RunningTanda): number[] =>
  tanda.terms.members.map(({ number }) => number);
