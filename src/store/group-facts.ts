import type { GroupFacts } from '../conversation/group-facts.ts';
import { asId, type GroupId, type MemberId } from '../domain/ids.ts';
import { money } from '../domain/money.ts';
import { rulesOf } from './constitution.ts';
import { openExpenseWords } from './expense-words.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';
import type { GroupJson } from './snapshot-json.ts';
import { tandaFacts } from './tanda-facts.ts';

export const groupFacts = (secrets: Secrets, json: GroupJson): GroupFacts => {
  const { currency } = json;
  const rules = rulesOf(json.constitution, currency);
  return {
    id: asId<GroupId>(json.id),
    programmeId: asId(json.programmeId),
    name: openName(secrets, 'savings_group', json),
    language: json.language,
    place: { state: json.state ?? undefined, municipality: json.municipality ?? undefined },
    safeWord: json.safeWord ?? undefined,
    currency,
    meeting: { weekday: json.weekday, time: json.time, timeZone: json.timeZone },
    meetingPlace: placeOf(secrets, json),
    reminders: json.reminders,
    reminderTime: json.reminderTime,
    reminderWeekday: json.reminderWeekday ?? undefined,
    rules,
    rulesVersion: json.rulesVersion,
    book: { seq: json.seq, head: json.head, frozen: json.frozen },
    cash: money(
      Object.values(json.cash).reduce((a, b) => a + b, 0n),
      currency,
    ),
    loanCash: money(json.cash['cash/loan-fund'] ?? 0n, currency),
    ownCash: money(
      json.cash[`cash/${json.constitution.product === 'savings-group' ? 'loan-fund' : 'savings-pot'}`] ?? 0n,
      currency,
    ),
    socialCash: money(json.cash['cash/social-fund'] ?? 0n, currency),
    savedByAll: money(json.savedByAll, currency),
    memberCount: json.members,
    lender: json.lender
      ? {
          put: money(json.lender.put, currency),
          returned: money(json.lender.returned, currency),
          earned: money(json.lender.earned, currency),
        }
      : undefined,
    signatures: json.signatures.map((signer) => ({
      id: asId<MemberId>(signer.id),
      name: openName(secrets, 'member', signer),
      state: signer.state,
    })),
    underway: json.underway.map(({ id, kind, member, amount, by, words }) => ({
      id,
      kind,
      words: openExpenseWords(secrets, { id, words }, json),
      memberId: member === null ? undefined : asId<MemberId>(member),
      amount: money(amount, currency),
      by: asId<MemberId>(by),
    })),
    tanda: json.tanda
      ? tandaFacts(json.tanda, { rules, currency, nameOf: (person) => openName(secrets, 'member', person) })
      : undefined,
  };
};

const placeOf = (secrets: Secrets, json: GroupJson): string | undefined =>
  json.place === null || json.key === null
    ? undefined
    : secrets.open(
        secrets.unwrap(json.key),
        { table: 'savings_group', column: 'meeting_place', rowId: json.id },
        json.place,
      );
