import { firstName, hasPlace } from '../../domain/group.ts';
import { asId, type InviteId, type SecondWordId } from '../../domain/ids.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { MemberFacts } from '../member-facts.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import type { GroupTelephones } from '../telephone-event.ts';
import { decide, type MemberTurn, nameAmong, needs, type OfficerTurn } from '../turn.ts';
import { CODE_DAYS } from './invite.ts';
import { memberById } from './list-draft.ts';
import { memberNamedIn } from './loan-plan.ts';
import { askSecond } from './second-ask.ts';

/** "Cambio de número de Ana": an officer who has seen her begins it; of her own telephone others do. */
export const phoneSaid = (turn: OfficerTurn): StepResult => {
  const member = turn.input.type === 'words' ? memberNamedIn(turn, turn.input.text) : undefined;
  return member
    ? readBack(turn, member)
    : decide(turn, { replies: [reply([say('new-phone.who'), say('new-phone.own')])] });
};

const readBack = (turn: OfficerTurn, member: MemberFacts): StepResult => {
  const name = nameAmong(turn, member);
  if (member.id === turn.speaker.me.id) return decide(turn, { replies: [reply([say('new-phone.own')])] });
  if (!isChangeable(member))
    return decide(turn, {
      replies: [
        reply([say('new-phone.no-phone', { name })], [offer(`invite:${member.id}`, say('new-phone.code'))]),
      ],
    });
  const { recoveries } = turn.speaker.extra;
  if (!recoveries) return needs({ type: 'recoveries' });
  return decide(turn, {
    replies: [
      reply(
        [
          say('new-phone.seen', { name }),
          say(isForStaff(turn, member, recoveries) ? 'new-phone.then-staff' : 'new-phone.then'),
        ],
        [offer(`phone:ask:${member.id}`, say('pin-reset.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

/** Who is in the chat, or was until her telephone was taken back. Whoever has none yet comes in by her code. */
const isChangeable = ({ state, reach, takenBack }: MemberFacts): boolean =>
  hasPlace(state) && (reach.length > 0 || takenBack);

/**
 * Another officer says it too, who can be heard now. Where there is none, and where her old telephone said no lately, the second
 * word is one of the programme's staff: officers alone cannot go on after a no, nor can a no that was a thief's end it for good.
 */
const isForStaff = (turn: OfficerTurn, { id }: MemberFacts, { denied, here }: GroupTelephones): boolean =>
  denied.includes(id) ||
  !otherOfficers(turn, { id }).some(({ memberId }) => memberId && here.includes(memberId));

const askStaff = (turn: OfficerTurn, { id: memberId, number }: MemberFacts): StepResult => {
  const { me, company, group } = turn.speaker;
  const id = asId<SecondWordId>(turn.newId());
  const notices = tell(
    company.staff,
    'help',
    reply(
      [say('phones.waits', { number, group: group.name })],
      [offer(`phones:word:${id}`, say('phones.open'))],
    ),
  );
  if (notices.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  return decide(turn, {
    events: [{ type: 'second-asked', id, by: me.id, change: { kind: 'new-phone', memberId }, toStaff: true }],
    notices,
    replies: [reply([say('new-phone.to-staff')])],
  });
};

/** Whose it is (`new`), and then her word that it is she (`ask`): another officer is asked for hers. */
export const phoneVerb = (turn: OfficerTurn, step: string, memberId: string): StepResult | undefined => {
  const member = turn.speaker.company.desk.roster.find(({ id }) => id === memberId);
  if (!member) return undefined;
  if (step !== 'ask' || member.id === turn.speaker.me.id || !isChangeable(member))
    return readBack(turn, member);
  const { recoveries } = turn.speaker.extra;
  if (!recoveries) return needs({ type: 'recoveries' });
  return isForStaff(turn, member, recoveries)
    ? askStaff(turn, member)
    : askSecond(turn, { kind: 'new-phone', memberId: member.id });
};

/**
 * The second one said yes: there is a code for the new telephone, and nothing else has changed. Its id is that of the second
 * word, so that whoever writes it is known to be vouched for, and by whom.
 */
export const newPhoneSaid = (
  turn: OfficerTurn,
  word: { readonly id: string; readonly memberId: MemberFacts['id'] },
  events: readonly DomainEvent[],
): StepResult => {
  const { me } = turn.speaker;
  const name = nameAmong(turn, memberById(turn, word.memberId));
  const code = turn.newCode();
  return decide(turn, {
    events: [
      ...events,
      {
        type: 'invite-made',
        invite: {
          id: asId<InviteId>(word.id),
          memberId: word.memberId,
          code,
          by: me.id,
          expiresAt: turn.snapshot.now.add({ hours: 24 * CODE_DAYS }),
        },
      },
    ],
    notices: tell(
      otherOfficers(turn, { id: word.memberId }),
      'answer',
      reply([say('new-phone.agreed', { name: firstName(me.name), whose: name })]),
    ),
    replies: [
      reply([
        say('invite.code', { name, code }),
        say('invite.careful', { days: CODE_DAYS }),
        say('new-phone.day'),
      ]),
    ],
  });
};

/** "Perdí mi teléfono" of somebody who writes from one of hers: how it is done. */
export const phoneHow = (turn: MemberTurn): StepResult =>
  decide(turn, { replies: [reply([say('new-phone.how')])] });

/**
 * The old telephone says no, and nothing is changed; it says so without a PIN, since it only keeps what there is. It may be a
 * thief's no: staff hear of it too, and for a month the second word on a new one is theirs.
 */
export const stopRecovery = (turn: MemberTurn, memberId: string): StepResult => {
  const { company, extra, group, me, seats } = turn.speaker;
  // On a telephone of several she says it whose it is, whoever spoke last.
  const seat = seats.find((one) => one.memberId === memberId);
  if (seat && seat.memberId !== me.id) return needs({ type: 'seat', id: seat.memberId });
  if (!extra.recoveries) return needs({ type: 'recoveries' });
  const held = extra.recoveries.held.find((one) => one.memberId === me.id && memberId === me.id);
  if (!held) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  return decide(turn, {
    events: [{ type: 'recovery-ended', id: held.id, memberId: me.id, state: 'denied' }],
    notices: [
      ...tell(
        otherOfficers(turn),
        'join',
        reply([
          say('new-phone.denied', { name: firstName(me.name), number: me.number }),
          say('new-phone.again'),
        ]),
      ),
      ...tell(company.staff, 'help', reply([say('phones.denied', { number: me.number, group: group.name })])),
    ],
    replies: [reply([say('new-phone.stopped')])],
  });
};
