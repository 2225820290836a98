import { isOfficer } from '../../domain/group.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { MemberFacts } from '../member-facts.ts';
import { contactOf, tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { type AskTurn, decide, nameAmong, needs, type OfficerTurn } from '../turn.ts';
import { memberById } from './list-draft.ts';
import { memberNamedIn } from './loan-plan.ts';
import { askSecond } from './second-ask.ts';

/** "Suspende a Ana", "quitar la suspensión de Ana": what it means is read back; without a name she is told how to say it. */
export const suspendSaid = (turn: OfficerTurn): StepResult => {
  const member = turn.input.type === 'words' ? memberNamedIn(turn, turn.input.text) : undefined;
  return member ? readBack(turn, member) : askWho(turn);
};

const askWho = (turn: OfficerTurn): StepResult => {
  const suspended = turn.speaker.company.desk.roster.filter(({ state }) => state === 'suspended');
  return decide(turn, {
    replies: [
      reply(
        [say('suspend.who')],
        suspended.map((member) =>
          offer(`suspend:${member.id}`, say('let-back.one', { name: nameAmong(turn, member) })),
        ),
      ),
    ],
  });
};

const readBack = (turn: OfficerTurn, member: MemberFacts): StepResult => {
  const refused = refusalOf(turn, member);
  if (refused) return decide(turn, { replies: [reply([refused])] });
  const name = nameAmong(turn, member);
  return decide(turn, {
    replies: [
      reply(
        member.state === 'suspended'
          ? [say('let-back.what', { name })]
          : [say('suspend.what', { name }), say('suspend.leaving')],
        [
          offer(
            `suspend:${member.id}:ask`,
            say(kindFor(member) === 'suspend' ? 'suspend.ask' : 'let-back.ask'),
          ),
          offer('no', say('choice.no')),
        ],
      ),
    ],
  });
};

const kindFor = ({ state }: MemberFacts): 'suspend' | 'let-back' =>
  state === 'suspended' ? 'let-back' : 'suspend';

/** No group is left without its leader, and nobody decides about herself. */
const refusalOf = (turn: OfficerTurn, member: MemberFacts) => {
  if (member.id === turn.speaker.me.id) return say('suspend.own');
  const name = nameAmong(turn, member);
  if (member.state === 'suspended') return undefined;
  if (isOfficer(member.role)) return say('suspend.officer', { name });
  return member.state === 'active' ? undefined : say('suspend.not-here', { name });
};

/** Whose it is, and then her yes: another officer is asked, and nothing changes before. */
export const suspendVerb = (turn: OfficerTurn, memberId: string, step: string): StepResult | undefined => {
  const member = turn.speaker.company.desk.roster.find(({ id }) => id === memberId);
  if (!member) return undefined;
  return step === 'ask' && !refusalOf(turn, member)
    ? askSecond(turn, { kind: kindFor(member), memberId: member.id })
    : readBack(turn, member);
};

/**
 * The second one said yes. What she asked to be lent and has not in her hand is refused with it: nobody decides on a loan
 * of hers meanwhile. Where it was done already, or she has an office by now, nothing happens.
 */
export const suspendedSaid = (
  turn: OfficerTurn,
  { kind, memberId }: { readonly kind: 'suspend' | 'let-back'; readonly memberId: MemberFacts['id'] },
  done: { readonly events: readonly DomainEvent[]; readonly notices: readonly Notice[] },
): StepResult => {
  const { extra, me, company } = turn.speaker;
  if (!extra.requests) return needs({ type: 'requests' });
  const member = company.desk.roster.find(({ id }) => id === memberId);
  if (!member || kindFor(member) !== kind || refusalOf(turn, member))
    return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  const [was, state] =
    kind === 'suspend' ? (['active', 'suspended'] as const) : (['suspended', 'active'] as const);
  const asked = extra.requests.filter((one) => one.memberId === memberId && one.state !== 'handed');
  return decide(turn, {
    events: [
      ...done.events,
      { type: 'member-changed', memberId, was, state },
      ...asked.map((one) => ({
        type: 'loan-moved' as const,
        step: { id: one.id, was: one.state, state: 'refused' as const, decidedBy: me.id },
      })),
    ],
    notices: [
      ...done.notices,
      ...tell(
        [contactOf(memberById(turn, memberId))],
        'answer',
        reply(
          kind === 'suspend'
            ? [say('suspend.yours'), say('suspend.then')]
            : [say('let-back.yours'), say('let-back.then')],
        ),
      ),
    ],
    replies: [reply([say('second.thanks')])],
  });
};

/** Who left is shown what she was paid, whatever she asks, for as long as she is answered as one who was here. */
export const paidOut = (turn: AskTurn): StepResult => {
  const { extra } = turn.speaker;
  if (!extra.movements) return needs({ type: 'movements' });
  const paid = extra.movements
    .filter(({ kind, account }) => kind === 'leaving' && account === 'payout')
    .map(({ on, seq, delta }) =>
      delta.minor === 0n
        ? say('former.paid-nothing', { date: on, receipt: seq })
        : say('former.paid', { date: on, amount: delta, receipt: seq }),
    );
  return decide(turn, {
    replies: [
      reply([say('former.title'), ...(paid.length > 0 ? paid : [say('former.nothing')]), say('keep.person')]),
    ],
  });
};
