import { Temporal } from 'temporal-polyfill';
import type { Role } from '../group.ts';
import { invariant } from '../result.ts';

type Definition = {
  readonly id: string;
  /** From so many times on it is worth a look, on so many days at least, and of so many percent of what it is among. */
  readonly times: number;
  readonly days: number;
  readonly percent: number;
};

const sign = <const Id extends string>(id: Id, ...[times, days, percent]: [number, number, number]) =>
  ({ id, times, days, percent }) as const satisfies Definition;

/**
 * What looks odd in a group's book, in the order in which it is read. None of it is a fault: each has its innocent reasons, and
 * those who may know them are the group. What each one counts is in `odd_facts` of the database; what it is called, and
 * why it may be innocent, in the texts `odd.<id>` and `odd.<id>-may`.
 */
export const ODD_SIGNS = [
  sign('same-minute', 4, 1, 0),
  sign('night', 5, 2, 40),
  sign('late', 5, 2, 60),
  sign('officers-apart', 3, 2, 40),
  sign('absent-paid', 4, 2, 0),
  sign('claims-refused', 3, 1, 50),
  sign('objections-kept', 2, 1, 100),
  sign('one-telephone', 4, 1, 0),
  sign('silenced', 3, 1, 40),
  sign('box-short', 2, 2, 0),
  sign('second-count', 2, 2, 0),
  sign('not-counted', 2, 2, 0),
  sign('not-noted', 4, 2, 0),
  sign('same-pair', 6, 2, 100),
  sign('expenses', 4, 1, 0),
  sign('after-closing', 3, 1, 0),
  sign('paid-unseen', 3, 1, 50),
  sign('after-new-telephone', 1, 1, 0),
  sign('officer-loans', 2, 1, 100),
  sign('lent-unseen', 2, 1, 0),
] as const;

export type OddSignId = (typeof ODD_SIGNS)[number]['id'];

/** How often something was seen in a group: never who, only the offices of those who had a hand in it. */
export type OddEvidence = {
  readonly sign: OddSignId;
  readonly times: number;
  /** Out of so many. */
  readonly among: number;
  readonly days: readonly Temporal.PlainDate[];
  readonly roles: readonly Role[];
};

/** What of it is worth a look. */
export const worthALook = (evidence: readonly OddEvidence[]): OddEvidence[] =>
  ODD_SIGNS.flatMap(({ id, times, days, percent }) =>
    evidence.filter(
      (seen) =>
        seen.sign === id &&
        seen.times >= times &&
        seen.days.length >= days &&
        seen.times * 100 >= percent * seen.among,
    ),
  );

/** The last day on which it was seen. @throws for what was seen on no day: that is not worth a look */
export const lastDay = ({ days }: OddEvidence): Temporal.PlainDate => {
  const last = days.toSorted((a, b) => Temporal.PlainDate.compare(a, b)).at(-1);
  invariant(last, 'what is worth a look was seen on some day');
  return last;
};

/** The same sign is news only when it was seen again since it was told. */
export const isNews = (seen: OddEvidence, toldUpTo: Temporal.PlainDate | undefined): boolean =>
  toldUpTo === undefined || Temporal.PlainDate.compare(lastDay(seen), toldUpTo) > 0;
