import { localDate } from '../../domain/calendar.ts';
import { firstName } from '../../domain/group.ts';
import { asId, type MemberId } from '../../domain/ids.ts';
import { readPersonName } from '../../domain/person-name.ts';
import { LEFT_DAYS, NOTICE_VERSION } from '../../domain/rights.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { InviteFacts } from '../invite-facts.ts';
import type { Language } from '../message.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, needs, type Turn } from '../turn.ts';
import type { Intent } from '../understand/meaning.ts';
import { normalise } from '../understand/normalise.ts';
import { menuReply } from './ask.ts';
import { erase } from './erase.ts';
import { hide } from './hide.ts';
import { minorAtTheDoor } from './minor.ts';
import { admitQuestion } from './people.ts';
import { phoneCame } from './phone-came.ts';
import { offerToResume } from './reach.ts';
import { comeBack } from './rights-back.ts';

/** A wrong code costs this much waiting, once more for each one before it. */
const WRONG_CODE_DELAY_SECONDS = 3;

/** This many wrong codes within an hour, and no further one is looked up until the hour is over. */
const WRONG_CODES_MAX = 5;
const HOUR_MS = 60 * 60 * 1_000;

/** "/start": with a code it is an invitation, without one a welcome. */
export const arrive = (turn: Turn, code: string | undefined): StepResult => {
  if (code) return joinWithCode(turn, tidyCode(code));
  const { speaker, address } = turn.snapshot;
  if (speaker.type === 'member') {
    const member = { ...turn, speaker };
    if (address.stopped) return offerToResume(member);
    return decide(turn, {
      replies: [menuReply(member, say('menu.title', { name: firstName(speaker.me.name) }))],
    });
  }
  return welcome(turn);
};

const tidyCode = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '');

const welcome = (turn: Turn): StepResult =>
  comeBack(turn) ??
  decide(turn, {
    flow: { type: 'code', language: turn.language },
    replies: [reply([say('arrive.hello'), say('arrive.ask-code'), say('arrive.other-language')])],
  });

/** A stranger: what she may do is join, ask who we are, or be helped in danger. */
export const strangerSays = (turn: Turn): StepResult => {
  if (turn.snapshot.address.recovering && !isForTheDoor(turn))
    return decide(turn, { replies: [reply([say('new-phone.wait')])] });
  if (turn.input.type !== 'words') return welcome(turn);
  const { meaning } = turn.input;
  const told = keptOfStranger(turn, meaning.intent);
  if (told) return told;
  switch (meaning.intent) {
    case 'urgent':
      return decide(turn, { replies: [reply([say('urgent.believe'), say('urgent.danger')])] });
    case 'language.set':
      return welcome({ ...turn, language: meaning.language ?? turn.language });
    case 'minor':
      return minorAtTheDoor(turn);
    // Somebody may be looking: not even that she once was here, or may come in.
    case 'hide':
      return hide(turn);
    case 'erase':
      return erase(turn);
    case 'recover':
      return decide(turn, { replies: [reply([say('new-phone.stranger')])] });
    case 'stop':
      return decide(turn, { forget: true, replies: [reply([say('stop.stranger')])] });
    default:
      return welcome(turn);
  }
};

/** What is kept of her who is of no group, or of no group any more. Undefined: she asked for something else. */
export const keptOfStranger = (turn: Turn, intent: Intent): StepResult | undefined => {
  switch (intent) {
    case 'data.erase':
      return (
        comeBack(turn) ??
        decide(turn, {
          replies: [reply([say('privacy.notice'), say('privacy.was-in', { days: LEFT_DAYS })])],
        })
      );
    case 'privacy':
    case 'data.mine':
      return comeBack(turn) ?? decide(turn, { replies: [reply([say('privacy.notice')])] });
    default:
      return undefined;
  }
};

/** A code: refused kindly and slowly when it is wrong or spent, else the privacy notice before anything is kept. */
export const joinWithCode = (turn: Turn, code: string): StepResult => {
  if (tooManyWrong(turn)) return notLookedUp(turn, 'arrive.too-many');
  const { invite, codesPaused } = turn.snapshot;
  // Whoever has not been wrong guesses nothing, and is not kept out because others do.
  if (codesPaused && wasWrong(turn)) return notLookedUp(turn, 'arrive.paused');
  if (!invite) return needs({ type: 'invite', code });
  if (invite !== 'none' && invite.usable && invite.recovers) return phoneCame(turn, invite, invite.recovers);
  if (invite === 'none' || !invite.usable || invite.member?.claimed) return wrongCode(turn);
  const language = chosenLanguage(turn) ?? invite.language;
  return decide(turn, {
    flow: { type: 'consent', code, language },
    replies: [
      reply(
        [
          say('privacy.welcome'),
          say('privacy.notice'),
          say('privacy.question'),
          say('arrive.other-language'),
        ],
        [offer('consent:yes', say('choice.agree')), offer('consent:no', say('choice.disagree'))],
      ),
    ],
  });
};

/** The language she has chosen in words; without one she is spoken to in her group's. */
const chosenLanguage = (turn: Turn): Language | undefined => {
  const { flow } = turn.session;
  const asked = flow.type === 'code' || flow.type === 'consent' || flow.type === 'join-name';
  return asked ? turn.language : turn.snapshot.address.language;
};

/** Within the last hour. */
const wasWrong = ({ snapshot: { address, now } }: Turn): boolean =>
  address.wrongCodeAt !== undefined &&
  now.epochMilliseconds - address.wrongCodeAt.epochMilliseconds < HOUR_MS;

const tooManyWrong = (turn: Turn): boolean =>
  wasWrong(turn) && turn.snapshot.address.wrongCodes >= WRONG_CODES_MAX;

/** Right or wrong, nobody knows: it takes nothing away from her, and the hour is not begun again. */
const notLookedUp = (turn: Turn, why: 'arrive.too-many' | 'arrive.paused'): StepResult =>
  decide(turn, {
    flow: { type: 'code', language: turn.language },
    replyDelaySeconds: WRONG_CODE_DELAY_SECONDS * (turn.snapshot.address.wrongCodes + 1),
    replies: [reply([say(why)])],
  });

const wrongCode = (turn: Turn): StepResult =>
  decide(turn, {
    flow: { type: 'code', language: turn.language },
    wrongCode: 'counted',
    replyDelaySeconds: WRONG_CODE_DELAY_SECONDS * (turn.snapshot.address.wrongCodes + 1),
    replies: [reply([say('arrive.wrong-code')])],
  });

/** Her yes or no to the notice. Without a yes nothing of her is kept. */
export const consentAnswer = (turn: Turn, flow: Extract<Flow, { type: 'consent' }>): StepResult => {
  const { input } = turn;
  if (input.type === 'words' && input.meaning.intent === 'language.set' && flow.code) {
    return joinWithCode({ ...turn, language: input.meaning.language ?? turn.language }, flow.code);
  }
  if (isForTheDoor(turn)) return strangerSays(turn);
  const answer = input.type === 'choice' && input.verb === 'consent' ? input.args[0] : undefined;
  if (answer === 'no') return decide(turn, { forget: true, replies: [reply([say('privacy.declined')])] });
  if (answer !== 'yes' || !flow.code) {
    return decide(turn, {
      flow,
      replies: [
        reply(
          [say('privacy.question')],
          [offer('consent:yes', say('choice.agree')), offer('consent:no', say('choice.disagree'))],
        ),
      ],
    });
  }
  const { invite } = turn.snapshot;
  if (!invite) return needs({ type: 'invite', code: flow.code });
  if (invite === 'none' || !invite.usable) return wrongCode(turn);
  return invite.member ? comeIn(turn, invite, invite.member) : askName(turn, flow.code);
};

/** What is heard whatever she was asked: danger, somebody who looks on, that she is under age. */
const AT_THE_DOOR: ReadonlySet<string> = new Set<Intent>(['urgent', 'hide', 'erase', 'minor']);

const isForTheDoor = ({ input }: Turn): boolean =>
  input.type === 'words' && AT_THE_DOOR.has(input.meaning.intent);

const consentEvents = (turn: Turn, invite: InviteFacts): DomainEvent[] => [
  { type: 'consent-given', language: turn.language, noticeVersion: NOTICE_VERSION },
  { type: 'invite-used', inviteId: invite.id },
];

/** A personal code: she is on the roster already, and in from this moment. */
const comeIn = (turn: Turn, invite: InviteFacts, member: NonNullable<InviteFacts['member']>): StepResult =>
  decide(turn, {
    groupId: invite.groupId,
    wrongCode: 'forgiven',
    language: turn.language,
    session: { as: member.id },
    events: [
      ...consentEvents(turn, invite),
      {
        type: 'member-changed',
        memberId: member.id,
        was: member.state,
        state: 'active',
        consented: true,
        language: turn.language,
      },
      { type: 'address-linked', memberId: member.id },
    ],
    replies: [
      reply(
        [
          say('arrive.in', { name: firstName(member.name), group: invite.groupName }),
          ...(member.signs ? [say('opening.arrived')] : []),
        ],
        [
          ...(member.signs ? [offer('opening', say('opening.menu'))] : []),
          offer('ask:savings', say('menu.savings')),
          offer('ask:next', say('menu.next')),
          offer('ask:menu', say('menu.all')),
        ],
      ),
    ],
  });

const askName = (turn: Turn, code: string): StepResult =>
  decide(turn, {
    flow: { type: 'join-name', code, language: turn.language },
    replies: [reply([say('arrive.name')])],
  });

/** A group's code: her name, and then a leader who knows her face says yes. */
export const joinName = (turn: Turn, flow: Extract<Flow, { type: 'join-name' }>): StepResult => {
  const { input } = turn;
  if (isForTheDoor(turn)) return strangerSays(turn);
  const name = readPersonName(input.type === 'words' ? input.text : '');
  if (!name.ok) {
    return decide(turn, { flow, replies: [reply([say(`refusal.${name.refusal.type}`)])] });
  }
  const { invite } = turn.snapshot;
  if (!invite) return needs({ type: 'invite', code: flow.code });
  if (invite === 'none' || !invite.usable) return wrongCode(turn);
  return waitForLeader(turn, invite, name.value);
};

const waitForLeader = (turn: Turn, invite: InviteFacts, name: string): StepResult => {
  const known = rosterMember(invite, name);
  const memberId = known?.id ?? asId<MemberId>(turn.newId());
  const number = known?.number ?? invite.roster.reduce((most, m) => Math.max(most, m.number), 0) + 1;
  const came: DomainEvent = known
    ? { type: 'member-changed', memberId, was: 'invited', state: 'pending' }
    : { type: 'member-came', memberId, number, name, on: localDate(turn.snapshot.now, 'UTC') };
  return decide(turn, {
    groupId: invite.groupId,
    wrongCode: 'forgiven',
    language: turn.language,
    session: { as: memberId },
    events: [...consentEvents(turn, invite), came, { type: 'address-linked', memberId }],
    notices: tell(
      invite.officers,
      'join',
      admitQuestion({ id: memberId, name: known?.name ?? name, number, known: Boolean(known) }),
    ).map((notice) => ({ ...notice, about: memberId })),
    replies: [reply([say('arrive.waits')])],
  });
};

/** Somebody of the roster who has not come yet and whose name is what she wrote, accents and capitals apart. */
const rosterMember = (invite: InviteFacts, name: string): InviteFacts['roster'][number] | undefined => {
  const same = invite.roster.filter((m) => m.free && normalise(m.name) === normalise(name));
  return same.length === 1 ? same[0] : undefined;
};
