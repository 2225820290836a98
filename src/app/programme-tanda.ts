// A running tanda in a programme file: turns that fit the rules, and sums that fit its rounds.

import { type Currency, parseDecimal, toDecimal } from '../domain/money.ts';
import { termsFor } from '../domain/tanda/terms-for.ts';
import { agreedTurns } from '../domain/tanda/turns.ts';
import { rulesOf } from '../store/constitution.ts';
import type { GroupForm } from '../store/import-schema.ts';
import { collectedOf } from '../store/import-tanda.ts';
import { type FileFault, faultAt as fault } from './import-file.ts';

/** What does not fit in the running tanda of a group; nothing in a group that has none. */
export function tandaFaults(
  group: GroupForm,
  { place, currency }: { readonly place: string; readonly currency: Currency },
): FileFault[] {
  const { constitution, tanda } = group;
  if (!tanda) return [];
  if (constitution.product !== 'tanda' || !constitution.tanda) {
    return [
      fault(`${place}.tanda`, 'has no place in this group', 'leave it out, or write "product": "tanda"'),
    ];
  }
  const { turns, roundsHanded } = tanda;
  const everybody = group.members.filter(({ state }) => state === undefined).map(({ number }) => number);
  const isOfAll =
    everybody.every((number) => turns.includes(number)) &&
    turns.every((number) => everybody.includes(number));
  const terms = termsFor(rulesOf(constitution, currency).tanda, turns);
  if (!isOfAll || !terms.ok || !agreedTurns(terms.value, turns).ok) {
    return [
      fault(
        `${place}.tanda.turns`,
        'do not name each member of the tanda, in as many rounds as the rules say',
        "write the number of each member in the order of the rounds, twice where she takes two, without the organiser's extra turn",
      ),
    ];
  }
  const { rounds, contribution } = constitution.tanda;
  const each = parseDecimal(contribution) ?? 0n;
  const most = (number: number): bigint => each * BigInt(turns.filter((one) => one === number).length);
  return [
    ...(roundsHanded > rounds
      ? [fault(`${place}.tanda.roundsHanded`, `is more than ${rounds} rounds`, `write 0 to ${rounds}`)]
      : []),
    ...tanda.owes.flatMap((line, n) =>
      everybody.includes(line.number) &&
      line.round <= roundsHanded &&
      line.amount > 0n &&
      line.amount <= most(line.number)
        ? []
        : [
            fault(
              `${place}.tanda.owes[${n}]`,
              'is not what a member can owe',
              `write a member's number, a round that was handed over, and at most ${toDecimal(each)} for a turn of hers`,
            ),
          ],
    ),
    ...givenFaults(group, { place, most, each, rounds, everybody }),
  ];
}

function givenFaults(
  group: GroupForm,
  of: {
    readonly place: string;
    /** What a member gives for a round at most, and what a turn costs in it. */
    readonly most: (number: number) => bigint;
    readonly each: bigint;
    readonly rounds: number;
    readonly everybody: readonly number[];
  },
): FileFault[] {
  const lines = collectedOf(group);
  const owed = group.tanda?.owes ?? [];
  return lines.flatMap((line, n) => {
    const same = [...lines, ...owed].filter(
      (other) => other.number === line.number && other.round === line.round,
    );
    const together = same.reduce((all, other) => all + other.amount, 0n);
    const fits =
      of.everybody.includes(line.number) &&
      line.round <= of.rounds &&
      line.amount > 0n &&
      together <= of.most(line.number);
    return fits
      ? []
      : [
          fault(
            `${of.place}.tanda.collected[${n}]`,
            'is not what a member can have given for a round',
            `write a member's number, and with what she owes of the round at most ${toDecimal(of.each)} for a turn of hers`,
          ),
        ];
  });
}
