// How the parts of a programme file fit together: numbers, officers, addresses, dates, loans and the counted box.

import { Temporal } from 'temporal-polyfill';
import type { Lexicons } from '../conversation/understand/lexicon.ts';
import { localDate } from '../domain/calendar.ts';
import { isOfficer } from '../domain/group.ts';
import { AMOUNT_MINOR_MAX } from '../domain/money.ts';
import { loansOf } from '../store/import-loan.ts';
import { savedMinor } from '../store/import-opening.ts';
import type { GroupForm, MemberForm, ProgrammeForm } from '../store/import-schema.ts';
import { type FileFault, faultAt as fault } from './import-file.ts';
import { meansNothing } from './means-nothing.ts';
import { type At, loanFaults, moneyFaults, takesPart } from './programme-money.ts';
import { tandaFaults } from './programme-tanda.ts';

export type ProgrammeFaults = { readonly faults: FileFault[]; readonly warnings: string[] };

/** @param now decides what is in the future, in each group's own time zone */
export function programmeFaults(
  programme: ProgrammeForm,
  now: Temporal.Instant,
  lexicons?: Lexicons,
): ProgrammeFaults {
  const { groups, staff } = programme;
  const names = repeats(groups.map((group) => group.name.toLocaleLowerCase('es')));
  return {
    faults: [
      ...names.map((at) =>
        fault(`groups[${at}].name`, 'is the name of another group too', 'give each group its own name'),
      ),
      ...addressFaults(staff, 'staff', 'staff person'),
      ...safeWordFaults(programme.programme, lexicons),
      ...groups.flatMap((group, at) =>
        groupFaults(group, {
          place: `groups[${at}]`,
          today: localDate(now, group.timeZone),
          currency: programme.programme.currency,
        }),
      ),
    ],
    warnings: groups.flatMap((group, at) => groupWarnings(group, `groups[${at}]`)),
  };
}

const safeWordFaults = (
  { safeWord }: ProgrammeForm['programme'],
  lexicons: Lexicons | undefined,
): FileFault[] =>
  safeWord === undefined || !lexicons || meansNothing(safeWord, lexicons)
    ? []
    : [
        fault(
          'programme.safeWord',
          'means something to the bot already',
          'choose a word that is no command, no yes or no, no amount, and nothing people write about money',
        ),
      ];

/** The places of values that stood earlier in the list already. */
const repeats = (values: readonly unknown[]): number[] =>
  values.flatMap((value, at) => (values.indexOf(value) < at ? [at] : []));

function groupFaults(group: GroupForm, at: At): FileFault[] {
  const { place } = at;
  const numbers = repeats(group.members.map((member) => member.number));
  const { starts, ends } = group.cycle;
  return [
    ...(Temporal.PlainDate.compare(ends, starts) > 0
      ? []
      : [fault(`${place}.cycle.ends`, 'is not after the start', 'write a later date')]),
    ...numbers.map((n) =>
      fault(`${place}.members[${n}].number`, 'is the number of another member', 'give each her own number'),
    ),
    ...addressFaults(group.members, `${place}.members`, 'member of the group'),
    ...officerFaults(group, place),
    ...group.members.flatMap((member, n) =>
      memberFaults(member, group, { ...at, place: `${place}.members[${n}]` }),
    ),
    ...moneyFaults(group, at),
    ...tandaFaults(group, at),
  ];
}

type Reachable = { readonly addresses: Readonly<Record<string, string | undefined>> };

/** One chat cannot stand for two people of one group. In two groups it may: one woman, two groups. */
function addressFaults(people: readonly Reachable[], place: string, who: string): FileFault[] {
  const all = people.flatMap(({ addresses }, n) =>
    Object.entries(addresses).flatMap(([channel, value]) =>
      value === undefined ? [] : [{ at: `${place}[${n}].addresses.${channel}`, key: `${channel} ${value}` }],
    ),
  );
  return repeats(all.map(({ key }) => key)).map((n) =>
    fault(all[n]?.at ?? place, `is the address of another ${who}`, 'write each address once'),
  );
}

function officerFaults(group: GroupForm, place: string): FileFault[] {
  const officers = group.members.filter((member) => isOfficer(member.role) && takesPart(member));
  const needed = group.constitution.signers;
  return [
    ...(officers.some((member) => member.role === 'leader')
      ? []
      : [fault(`${place}.members`, 'have no leader', 'write "role": "leader" for at least one member')]),
    ...(officers.length >= needed
      ? []
      : [
          fault(
            `${place}.constitution.signers`,
            `asks for ${needed} officers and the group has ${officers.length}`,
            'give another member the role leader, treasurer or secretary',
          ),
        ]),
  ];
}

function memberFaults(member: MemberForm, group: GroupForm, at: At): FileFault[] {
  const { consented, opening } = member;
  const { place } = at;
  const shared = group.constitution.savings.kind === 'shares';
  return [
    ...(consented && Temporal.PlainDate.compare(consented, at.today) > 0
      ? [fault(`${place}.consented`, 'is in the future', 'write the day she said yes')]
      : []),
    ...(opening.shares !== undefined && !shared
      ? [fault(`${place}.opening.shares`, 'but the group does not save in shares', 'write "savings"')]
      : []),
    ...(opening.shares !== undefined && opening.savings !== undefined
      ? [fault(`${place}.opening`, 'has savings and shares', 'write one of the two')]
      : []),
    ...(savedMinor(member, group.constitution) > AMOUNT_MINOR_MAX
      ? [fault(`${place}.opening.shares`, 'are worth more than 1000000.00', 'check the number')]
      : []),
    ...(opening.loan && opening.loans
      ? [fault(`${place}.opening`, 'has loan and loans', 'write all in "loans"')]
      : []),
    ...loansOf(member).flatMap((loan, n) =>
      loanFaults(loan, group, { ...at, place: `${place}.opening.${opening.loan ? 'loan' : `loans[${n}]`}` }),
    ),
  ];
}

function groupWarnings(group: GroupForm, place: string): string[] {
  const twins = repeats(group.members.map((member) => member.name.toLocaleLowerCase('es')));
  const silent = group.members.flatMap(({ addresses: { telegram, whatsapp }, consented }, n) =>
    (telegram ?? whatsapp) !== undefined && consented === undefined ? [n] : [],
  );
  return [
    ...twins.map(
      (n) => `${place}.members[${n}].name is another member's too: the bot will ask which one is meant`,
    ),
    ...silent.map(
      (n) =>
        `${place}.members[${n}] has no date of consent: her chat is not kept, and she gets an invitation code`,
    ),
  ];
}
