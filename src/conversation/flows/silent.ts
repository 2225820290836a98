import { firstName } from '../../domain/group.ts';
import { type AddressId, asId, isId } from '../../domain/ids.ts';
import { askPin } from '../access/ask-pin.ts';
import { LOCKED } from '../access/unlocked.ts';
import type { Contact } from '../contact.ts';
import { contactOf, otherOfficers, tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, isMemberTurn, type MemberTurn, needs, type OfficerTurn, type Turn } from '../turn.ts';
import { hide } from './hide.ts';
import { safetyLines, stopNotices } from './reach.ts';
import { human, talkWords } from './talk.ts';

/**
 * A telephone that was silent for sixty days may be somebody else's: it is told nothing and does nothing before she has given
 * her PIN, or an officer has seen that it is she. Safety, a person and BAJA are for whoever holds it. Undefined: it is known to
 * be hers.
 */
export const doubted = (turn: Turn): StepResult | undefined => {
  const { address, speaker, pin } = turn.snapshot;
  if (!address.doubt || speaker.type !== 'member' || speaker.me.state === 'pending') return undefined;
  const isPaused = address.doubt === 'paused';
  if (isPaused ? isOfPlatform(turn) : isApart(turn)) return undefined;
  const member = { ...turn, speaker };
  if (!isMemberTurn(member)) return needs({ type: 'company' });
  const safe = safely(member);
  if (safe) return safe;
  if (isPaused) return resting(turn);
  return pin?.has && turn.pinWay !== 'none' && !asksOfficers(turn) ? askPin(turn) : askOfficer(member);
};

/**
 * It said no to a new telephone, and somebody of the staff has seen her since. Whoever holds it hears of nothing but that, her PIN
 * does not open it, and who says that it is she after all can say so to staff, who can stop the new one.
 */
const resting = (turn: Turn): StepResult =>
  decide(turn, {
    session: LOCKED,
    replies: [
      reply([say('phones.paused'), say('phones.paused-how')], [offer('ask:person', say('menu.person'))]),
    ],
  });

const isOfPlatform = ({ body }: Turn): boolean =>
  body.type === 'moved' || body.type === 'reachable' || body.type === 'group-chat';

/** What asks nothing of hers: what the platform says, and a code with which whoever holds it comes into another group. */
const isApart = (turn: Turn): boolean => {
  const { input, session } = turn;
  if (isOfPlatform(turn)) return true;
  if (session.flow.type === 'consent' || session.flow.type === 'join-name') return true;
  if (input.type === 'start') return input.code !== undefined;
  if (input.type === 'choice')
    return (
      (input.verb === 'pinreset' && input.args.length === 0) ||
      (input.verb === 'phone' && input.args[0] === 'no')
    );
  return input.meaning.intent === 'join' && input.meaning.code !== undefined;
};

const safely = (turn: MemberTurn): StepResult | undefined => {
  const { input, session } = turn;
  if (input.type === 'choice' && input.verb === 'ask') return ofMenu(turn, input.args[0]);
  if (input.type !== 'words') return undefined;
  switch (input.meaning.intent) {
    case 'urgent':
      return safetyCard(turn, say('urgent.believe'));
    case 'stop':
      return stopNotices(turn);
    case 'hide':
      return hide(turn);
    case 'human':
      return human(turn);
    default:
      return session.flow.type === 'talk-words' ? talkWords(turn, session.flow.more) : undefined;
  }
};

const ofMenu = (turn: MemberTurn, what?: string): StepResult | undefined => {
  if (what === 'person') return human(turn);
  return what === 'safety' ? safetyCard(turn, say('safety.title')) : undefined;
};

/**
 * The numbers, and a person. Who is trained for women in danger is not asked for from here: what they wrote would not go out to
 * a telephone that is not known to be hers.
 */
const safetyCard = (turn: MemberTurn, title: Say): StepResult =>
  decide(turn, {
    replies: [
      reply(safetyLines(turn, title), [
        offer('ask:person', say('menu.person')),
        offer('no', say('choice.not-now')),
      ]),
    ],
  });

const asksOfficers = ({ input }: Turn): boolean =>
  input.type === 'choice' && input.verb === 'phone' && input.args[0] === 'tell';

/** Nobody hears who it is, nor of which group. Her officers are asked when she first writes, and when she asks for it. */
const askOfficer = (turn: MemberTurn): StepResult => {
  const { recoveries } = turn.speaker.extra;
  if (!recoveries) return needs({ type: 'recoveries' });
  const isFirst = turn.snapshot.address.doubt === 'new';
  const officers = otherOfficers(turn).filter(
    ({ memberId, reach }) => memberId && recoveries.here.includes(memberId) && reach.length > 0,
  );
  const isAlone = officers.length === 0;
  const lines = [say('silent.hello'), say(isAlone ? 'silent.how-staff' : 'silent.how')];
  const again = offer('phone:tell', say(isAlone ? 'silent.tell-staff' : 'pin.tell-leader'));
  return decide(turn, {
    session: LOCKED,
    notices: !(isFirst || asksOfficers(turn)) ? [] : isAlone ? askStaff(turn) : whoIsIt(turn, officers),
    replies: [reply(lines, isFirst ? [] : [again])],
  });
};

const whoIsIt = (turn: MemberTurn, officers: readonly Contact[]): Notice[] => {
  const { me } = turn.speaker;
  const at = turn.snapshot.address.id;
  return tell(
    officers,
    'ask',
    reply(
      [say('silent.officer', { name: firstName(me.name), number: me.number }), say('silent.see')],
      [offer(`phone:seen:${at}`, say('pin-reset.yes')), offer(`phone:not:${at}`, say('silent.no'))],
    ),
  );
};

/** Without another officer who can be heard: by her number alone, and two of the staff have to have seen her. */
const askStaff = (turn: MemberTurn): Notice[] => {
  const { me, company, group } = turn.speaker;
  return tell(
    company.staff,
    'help',
    reply(
      [say('silent.staff', { number: me.number, group: group.name })],
      [offer(`phones:of:${me.id}`, say('phones.open'))],
    ),
  );
};

/** An officer's word on it, who has seen her; never on herself. A no takes the telephone back: two bring her in again. */
export const silentSeen = (
  turn: OfficerTurn,
  answer: 'seen' | 'not',
  address: string,
): StepResult | undefined => {
  if (!isId(address)) return undefined;
  const addressId = asId<AddressId>(address);
  const members = turn.speaker.company.desk.roster.filter(({ reach }) =>
    reach.some((one) => one.addressId === addressId),
  );
  const [member] = members;
  if (!member) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (members.some(({ id }) => id === turn.speaker.me.id))
    return decide(turn, { replies: [reply([say('ask.own')])] });
  const name = firstName(member.name);
  if (answer === 'not')
    return decide(turn, {
      // Whoever else speaks from it in this group speaks from somebody else's telephone too.
      events: members.map(({ id }) => ({ type: 'address-taken-back' as const, memberId: id, addressId })),
      notices: tell(
        otherOfficers(turn, member),
        'join',
        reply([say('silent.not-her', { name, number: member.number })]),
      ),
      replies: [reply([say('silent.taken', { name })])],
    });
  return decide(turn, {
    events: [{ type: 'address-trusted', memberId: member.id, addressId }],
    notices: tell([contactOf(member)], 'telephone', reply([say('silent.back')])),
    replies: [reply([say('silent.thanks', { name })])],
  });
};
