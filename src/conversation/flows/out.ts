import { firstName } from '../../domain/group.ts';
import { asId, type MoneyOutId } from '../../domain/ids.ts';
import { type Money, money } from '../../domain/money.ts';
import { OUT_KINDS, type OutKind, type OutRefusal, planMoneyOut } from '../../domain/money-out.ts';
import { contactOf, otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import type { Contact, MemberFacts } from '../snapshot.ts';
import { decide, type OfficerTurn, todayOf } from '../turn.ts';
import { namedIn } from './roll.ts';

/** "Sacar dinero": for what it leaves the box. */
export const startOut = (turn: OfficerTurn): StepResult => {
  const kinds = OUT_KINDS.filter(
    (kind) => kind !== 'withdrawal' || turn.speaker.group.rules.withdrawals === 'any-meeting',
  );
  return decide(turn, {
    replies: [
      reply(
        [say('out.what')],
        [
          ...kinds.map((kind) => offer(`out:${kind}`, say(`out-choice.${kind}`))),
          offer('no', say('choice.cancel')),
        ],
      ),
    ],
  });
};

export const outKind = (turn: OfficerTurn, chosen: string): StepResult | undefined => {
  const kind = OUT_KINDS.find((one) => one === chosen);
  return kind && ask(turn, kind, []);
};

const ask = (turn: OfficerTurn, kind: OutKind, before: readonly Say[]): StepResult =>
  decide(turn, {
    flow: { type: 'out-who', kind },
    replies: [reply([...before, say(`out-ask.${kind}`)], [offer('no', say('choice.cancel'))])],
  });

/** Her answer: a name and an amount, a name, or an amount, by what the money is for. */
export const outAnswer = (turn: OfficerTurn): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'out-who' || turn.input.type !== 'words') return undefined;
  const { text } = turn.input;
  const { currency } = turn.speaker.group;
  if (flow.kind === 'expense') {
    const { amountMinor, clarify } = turn.input.meaning;
    if (amountMinor === undefined || clarify) return ask(turn, flow.kind, [say('report.unclear')]);
    return readBack(turn, { kind: flow.kind, member: undefined, asked: money(amountMinor, currency) });
  }
  if (flow.kind === 'leaving') {
    const [member, ...more] = namedIn(turn, text).members;
    if (!member || more.length > 0) return ask(turn, flow.kind, [say('out.unclear')]);
    return readBack(turn, { kind: flow.kind, member, asked: money(0n, currency) });
  }
  const meaning = turn.read(text);
  const [item, ...more] = meaning.items;
  const member = turn.speaker.company.desk.roster.find((one) => one.number === item?.member);
  const unclear = meaning.clarify || meaning.unknown.length + meaning.ambiguous.length + more.length > 0;
  if (!member || item?.amountMinor === undefined || unclear)
    return ask(turn, flow.kind, [say('out.unclear')]);
  return readBack(turn, { kind: flow.kind, member, asked: money(item.amountMinor, currency) });
};

type Asked = {
  readonly kind: OutKind;
  readonly member: MemberFacts | undefined;
  readonly asked: Money;
};

/** What the book would say of it now, or why not. */
const planOut = (turn: OfficerTurn, { kind, member, asked }: Asked) =>
  planMoneyOut(kind, asked, {
    facts: {
      member: member && { id: member.id, saved: member.saved, loans: member.loans },
      cash: turn.speaker.group.ownCash,
      socialCash: turn.speaker.group.socialCash,
    },
    rules: turn.speaker.group.rules,
    on: todayOf(turn),
  });

const readBack = (turn: OfficerTurn, of: Asked): StepResult => {
  if (of.member?.id === turn.speaker.me.id) return decide(turn, { replies: [reply([say('out.own')])] });
  const planned = planOut(turn, of);
  if (!planned.ok) return decide(turn, { replies: [reply([outRefusalText(planned.refusal)])] });
  const id = asId<MoneyOutId>(turn.newId());
  return decide(turn, {
    flow: {
      type: 'out-confirm',
      kind: of.kind,
      memberId: of.member?.id,
      amount: planned.value.amount.minor.toString(),
      outId: id,
    },
    replies: [
      reply(
        [outLine(of, planned.value.amount), say('list.question')],
        [offer(`out:yes:${id}`, say('choice.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

const outLine = ({ kind, member }: Asked, amount: Money): Say =>
  kind === 'expense'
    ? say('out-line.expense', { amount })
    : say(`out-line.${kind}`, { amount, name: member?.name ?? '' });

export const outRefusalText = (refusal: OutRefusal): Say => {
  switch (refusal.type) {
    case 'not_before_closing':
      return say('refusal.not_before_closing');
    case 'more_than_free':
      return say('refusal.more_than_free', { free: refusal.free });
    case 'more_than_box':
      return say('refusal.more_than_box', { box: refusal.box });
    case 'owes_more_than_saved':
      return say('refusal.owes_more_than_saved', { short: refusal.short });
    case 'not_in_coins':
      return say('refusal.not_in_coins', { unit: refusal.unit });
  }
};

/** Her yes: the one who gets the money says that she has it; without a telephone, or for an expense, another officer. */
export const proposeOut = (turn: OfficerTurn, id: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'out-confirm' || flow.outId !== id) return undefined;
  const { company, group, me } = turn.speaker;
  const member = company.desk.roster.find((one) => one.id === flow.memberId);
  const amount = money(BigInt(flow.amount), group.currency);
  const witnesses: Contact[] =
    member && member.reach.length > 0 ? [contactOf(member)] : otherOfficers(turn, member);
  if (witnesses.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  return decide(turn, {
    events: [
      {
        type: 'money-out-proposed',
        out: { id: flow.outId, kind: flow.kind, memberId: flow.memberId, amount, by: me.id },
      },
    ],
    notices: tell(witnesses, 'ask', question(turn, { id, kind: flow.kind, member, amount })),
    replies: [reply([say('loan-hand.waits', { name: firstName(witnesses[0]?.name ?? '') })])],
  });
};

const question = (
  turn: OfficerTurn,
  of: {
    readonly id: string;
    readonly kind: OutKind;
    readonly member: MemberFacts | undefined;
    readonly amount: Money;
  },
): Reply => {
  const leader = firstName(turn.speaker.me.name);
  const toHer = of.member !== undefined && of.member.reach.length > 0;
  return reply(
    [
      toHer
        ? say('out.yours', { leader, amount: of.amount })
        : say('out.second', { leader, line: [outLine({ ...of, asked: of.amount }, of.amount)] }),
    ],
    [
      offer(`outsaid:yes:${of.id}`, say('loan-hand.got')),
      offer(`outsaid:no:${of.id}`, say('loan-hand.not-got')),
    ],
  );
};
