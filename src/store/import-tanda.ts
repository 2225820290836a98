// A tanda that runs already when its group comes into the book: its turns, the rounds handed over and who owes.

import { z } from 'zod';
import type { MemberId } from '../domain/ids.ts';
import { amount } from './import-fields.ts';
import { type Making, put } from './import-making.ts';

const ROUNDS_MAX = 104;
const MEMBER_NUMBER_MAX = 999;

const number = z.int().min(1).max(MEMBER_NUMBER_MAX);
const round = z.int().min(1).max(ROUNDS_MAX);

/**
 * Fields may be added; none may be renamed. `turns`: who receives in the first round, the second, …, without the
 * organiser's extra turn. `owes`: what is missing of rounds that were handed over. `collected`: what is in the box of the
 * round that is collected now, or of the one that is named.
 */
export const runningTanda = z.object({
  turns: z.array(number).min(2).max(ROUNDS_MAX),
  roundsHanded: z.int().min(0).max(ROUNDS_MAX).default(0),
  owes: z.array(z.object({ number, round, amount })).default([]),
  collected: z.array(z.object({ number, amount, round: round.optional() })).default([]),
});

type TandaForm = z.output<typeof runningTanda>;

/** Of a group in a programme file, what is read here. */
type WithTanda = { readonly tanda?: TandaForm | undefined };

/** What is in the box for which round, each line with its round. */
export const collectedOf = ({ tanda }: WithTanda) =>
  (tanda?.collected ?? []).map((line) => ({ ...line, round: line.round ?? (tanda?.roundsHanded ?? 0) + 1 }));

/** All that is in the box for rounds, in minor units. */
export const collectedMinor = (group: WithTanda): bigint =>
  collectedOf(group).reduce((all, line) => all + line.amount, 0n);

/** The turns as the two officers who signed the counted box brought them. */
export const tandaRows = (
  making: Making,
  group: WithTanda & { readonly countedBox?: { readonly signedBy: readonly number[] } | undefined },
  of: {
    readonly groupId: string;
    readonly cycleId: string;
    readonly members: readonly { readonly id: MemberId; readonly number: number }[];
  },
): void => {
  if (!group.tanda) return;
  const { turns, roundsHanded, owes } = group.tanda;
  const [author, witness] = (group.countedBox?.signedBy ?? []).map(
    (signer) => of.members.find((member) => member.number === signer)?.id,
  );
  // Money that came late for a round is in the box and in the book: before the book it was missing.
  const late = collectedOf(group).filter((line) => line.round <= roundsHanded);
  put(making, 'tanda_order', {
    group_id: of.groupId,
    id: making.newId(),
    cycle_id: of.cycleId,
    kind: 'opening',
    turns,
    state: 'agreed',
    proposed_by: author,
    witness_id: witness,
    rounds_before: roundsHanded,
    owed_before: together([...owes, ...late]),
    created_at: making.now.toString(),
    moved_at: making.now.toString(),
  });
};

/** One line for each member and round. */
const together = (
  lines: readonly { readonly number: number; readonly round: number; readonly amount: bigint }[],
) => {
  const sums = new Map<string, { number: number; round: number; minor: bigint }>();
  for (const line of lines) {
    const key = `${line.number}/${line.round}`;
    const minor = (sums.get(key)?.minor ?? 0n) + line.amount;
    sums.set(key, { number: line.number, round: line.round, minor });
  }
  return [...sums.values()].map((sum) => ({ ...sum, minor: sum.minor.toString() }));
};
