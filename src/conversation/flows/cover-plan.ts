import { callName } from '../../domain/group.ts';
import type { MemberId } from '../../domain/ids.ts';
import { type Cover, type CoverBy, type CoverRefusal, shareCover } from '../../domain/joint/cover.ts';
import { owing } from '../../domain/loan/standing.ts';
import { type Money, money } from '../../domain/money.ts';
import { type Refused, type Result, refuse } from '../../domain/result.ts';
import { leftIn } from '../../domain/underway.ts';
import type { MemberFacts } from '../member-facts.ts';
import { type Say, say } from '../say.ts';
import { type OfficerTurn, todayOf } from '../turn.ts';

/** Out of whose money a gap is covered: of each the same, by their savings, or of the pot. */
export const COVER_KINDS = ['equal', 'pro-rata', 'pot'] as const;

export type CoverKind = (typeof COVER_KINDS)[number];

/** The shares of those who cover what she owes today; undefined where she is not in the group. */
export const planFor = (
  turn: OfficerTurn,
  debtorId: MemberId,
  kind: CoverKind,
): Result<Cover, CoverRefusal> | undefined => {
  const { roster } = turn.speaker.company.desk;
  const debtor = roster.find((member) => member.id === debtorId);
  if (!debtor) return undefined;
  // Who has no say in it gives nothing for it.
  const others = roster.filter(({ id, state }) => id !== debtorId && state !== 'suspended');
  const by: CoverBy =
    kind === 'pot'
      ? { kind }
      : kind === 'equal'
        ? { kind, among: others.map((member) => member.id) }
        : { kind, among: others.map((member) => ({ member: member.id, weight: member.saved.minor })) };
  const unit = money(turn.speaker.group.rules.cashUnitMinor, currency(turn));
  const planned = shareCover({ debtor: debtorId, gap: gapToday(turn, debtor), by }, unit);
  return planned.ok ? (potShort(turn, planned.value) ?? planned) : planned;
};

/** Refused where the savings pot is to give more than lies in it, without what is on its way out of it. */
export const potShort = (turn: OfficerTurn, { shares }: Cover): Refused<CoverRefusal> | undefined => {
  const { group } = turn.speaker;
  const asked = shares.find(({ by }) => by === 'savings-pot');
  const held = leftIn('savings-pot', group.ownCash, group);
  return asked && asked.amount.minor > held.minor ? refuse({ type: 'pot_short', held }) : undefined;
};

/** What is due of her loans today and was not given. */
export const gapToday = (turn: OfficerTurn, member: MemberFacts): Money =>
  member.loans.length === 0 ? money(0n, currency(turn)) : owing(member.loans, todayOf(turn)).dueNow;

/** Whose gap it is and who gives how much. */
export const coverLines = (turn: OfficerTurn, cover: Cover): Say[] => [
  say('cover.plan', { name: nameOf(turn, cover.debtor), gap: cover.gap }),
  ...cover.shares.map(({ by, amount }) =>
    by === 'savings-pot'
      ? say('cover.from-pot', { amount })
      : say('cover.from', { name: nameOf(turn, by), amount }),
  ),
];

/** What an officer calls a member by; empty for whoever is not in the group. */
export const nameOf = (turn: OfficerTurn, id: string): string => {
  const { roster } = turn.speaker.company.desk;
  const member = roster.find((one) => one.id === id);
  return member
    ? callName(
        member.name,
        roster.map((one) => one.name),
      )
    : '';
};

export const currency = (turn: OfficerTurn) => turn.speaker.group.currency;
