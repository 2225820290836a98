import { hasPlace } from '../../domain/group.ts';
import { asId, type BroadcastId, type TalkId } from '../../domain/ids.ts';
import { type IncomingMedia, type IncomingMessage, isTooLarge, TEXT_CHARS_MAX } from '../message.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import type { TalkEvent } from '../talk-event.ts';
import { decide, isMemberTurn, type MemberTurn, needs, type Turn } from '../turn.ts';
import type { Intent } from '../understand/meaning.ts';
import { urgent } from './reach.ts';
import { answeredTo, listeners, type TalkTurn, wroteNotice } from './talk-told.ts';

/** So long after a word of staff, something that is not understood may be meant for them. */
const ANSWER_HOURS = 48;
/** So long she may go on writing to staff without being asked each time. */
const MORE_MINUTES = 30;
/** What is longer than this was not said to the bot: "no me anotaron los 200 que le di a Rosa". */
const COMMAND_WORDS_MAX = 4;

/** What is no command, however short. */
const TALKING: ReadonlySet<Intent> = new Set(['unknown', 'greeting', 'thanks', 'yes', 'no']);

/** What is heeded even when she marks a message of staff with it. */
const NOT_FOR_STAFF: ReadonlySet<Intent> = new Set(['urgent', 'stop', 'hide', 'human', 'join']);

/** What she wants to tell them: words, a file by the name her channel has for it, or both. */
type Said = { readonly words: string; readonly ref?: string | undefined };

const withTalk = (turn: MemberTurn, then: (turn: TalkTurn) => StepResult): StepResult => {
  const { talk } = turn.speaker.extra;
  return talk ? then({ ...turn, talk }) : needs({ type: 'own-talk' });
};

/**
 * "hablar con una persona": staff are told her number and which group, and she may say more. Her name they see when they open it:
 * who looked is a row of the record then.
 */
export const human = (turn: MemberTurn): StepResult =>
  withTalk(turn, (talking) => {
    const { me, group, company } = talking.speaker;
    const isThere = company.staff.some(({ reach }) => reach.length > 0);
    const { id, events } = opened(talking, undefined);
    return decide(talking, {
      flow: { type: 'talk-words', more: false },
      replies: [
        reply(
          [say(isThere ? 'human.asked' : 'human.nobody'), say('talk.write'), say('human.emergency')],
          [offer('no', say('choice.not-now'))],
        ),
      ],
      events: events.length > 0 ? events : [{ type: 'talk-waits', id }],
      notices: tell(
        listeners(talking),
        'help',
        reply(
          [
            say('human.staff', { number: me.number, group: group.name }),
            ...(turn.snapshot.address.doubt
              ? [say(turn.snapshot.address.doubt === 'paused' ? 'phones.doubt' : 'silent.doubt')]
              : []),
          ],
          [offer(`talks:open:${id}`, say('talks.see'))],
        ),
      ),
    });
  });

/** The answer to "write here what you want to tell them". Undefined: it was a command, which never lands with staff. */
export const talkWords = (turn: MemberTurn, more: boolean): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  const { text, meaning } = turn.input;
  const isFor = more ? meaning.intent === 'unknown' && isRecent(turn) : isTalk(text, meaning.intent);
  return isFor ? pass(turn, { words: text }) : undefined;
};

/** Whether words are said to a person: they are no command of the bot. */
export const isTalk = (text: string, intent: Intent): boolean =>
  intent !== 'payments.record' &&
  (TALKING.has(intent) || text.trim().split(/\s+/u).length > COMMAND_WORDS_MAX);

/** What is not understood may be an answer to staff: she is asked. Undefined: they have said nothing to her lately. */
export const perhapsForStaff = (turn: MemberTurn, said: Said): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type === 'talk-send') return askedStill(turn, flow, said);
  if (flow.type !== 'idle' && flow.type !== 'talk-words') return undefined;
  const { talk } = turn.speaker.extra;
  if (!talk) return needs({ type: 'own-talk' });
  const answeredAt = talk.open?.answeredAt;
  const isAnswered =
    answeredAt !== undefined && turn.snapshot.now.since(answeredAt).total('hours') < ANSWER_HOURS;
  if (!isAnswered && talk.answering === undefined) return undefined;
  return askToSend(turn, said, say(isAnswered ? 'talk.ask-send' : 'talk.ask-answer'));
};

/** What may answer staff as well as us: their question was "¿vienes?", and ours "¿lo recibiste?". */
const BARE: ReadonlySet<Intent> = new Set(['yes', 'no', 'thanks', 'greeting', 'payment.dispute']);

/**
 * The first that she writes after a message of staff to many, when it would answer that as well as something of ours: a
 * number, a yes, a no. She is asked what it is for, and nothing is done before. Undefined of what asks for something.
 */
export const afterMany = (turn: Turn, { body }: IncomingMessage): StepResult | undefined => {
  const { snapshot, session, input } = turn;
  const { speaker } = snapshot;
  if (!snapshot.address.afterMany || body.type !== 'text' || session.flow.type !== 'idle') return undefined;
  if (speaker.type !== 'member' || !hasPlace(speaker.me.state)) return undefined;
  const { text } = body;
  const isFullLabel = session.offered.some(
    ({ label }) => label.length > BARE_CHARS_MAX && label === text.trim(),
  );
  if (isFullLabel || (input.type !== 'choice' && !isBare(turn, text))) return undefined;
  const member = { ...turn, speaker };
  if (!isMemberTurn(member)) return needs({ type: 'company' });
  const others = session.offered.map(({ payload, label }) => offer(payload, say('asked.one', { label })));
  return decide(member, {
    flow: { type: 'talk-send', words: text, ref: undefined },
    replies: [
      reply(
        [say('talk.ask-answer')],
        [
          offer('talk:yes', say('talk.for-team')),
          ...others,
          // "NO" is also the word that objects to a receipt.
          ...(turn.read(text).intent === 'payment.dispute' ? [offer('dispute', say('menu.dispute'))] : []),
          offer('no', say('choice.no')),
        ],
      ),
    ],
  });
};

/** A yes, a thumb: no word that asks for something. What is not understood otherwise is asked about later. */
const isBare = (turn: Turn, text: string): boolean => BARE.has(turn.read(text).intent) || !LETTERS.test(text);

const LETTERS = /\p{L}/u;

/** A label that is longer says by itself which question it answers. */
const BARE_CHARS_MAX = 8;

const askToSend = (turn: MemberTurn, { words, ref }: Said, question: Say): StepResult =>
  decide(turn, {
    flow: { type: 'talk-send', words, ref },
    replies: [reply([question], [offer('talk:yes', say('talk.for-team')), offer('no', say('choice.no'))])],
  });

/** She wrote on before she answered: it is asked about together. A second file, or too much, waits for her yes or no. */
export const askedStill = (turn: MemberTurn, before: Said, said: Said): StepResult => {
  const words = [before.words, said.words].filter((text) => text !== '').join('\n');
  const isTooMuch = (before.ref !== undefined && said.ref !== undefined) || words.length > TEXT_CHARS_MAX;
  return isTooMuch
    ? askToSend(turn, before, say('talk.ask-first'))
    : askToSend(turn, { words, ref: before.ref ?? said.ref }, say('talk.ask-send'));
};

/** Her yes to that question. */
export const talkVerb = (turn: MemberTurn, answer: string): StepResult | undefined => {
  const { flow } = turn.session;
  return flow.type === 'talk-send' && answer === 'yes' ? pass(turn, flow) : undefined;
};

/** A text that marks a message of staff as what it answers: it goes to them, and nobody is asked. */
export const markedText = (turn: Turn, text: string): StepResult | undefined => {
  const { marked, speaker } = turn.snapshot;
  if (!marked || speaker.type !== 'member' || !hasPlace(speaker.me.state)) return undefined;
  const member = { ...turn, speaker };
  if (!isMemberTurn(member)) return needs({ type: 'company' });
  return NOT_FOR_STAFF.has(turn.read(text).intent) ? undefined : pass(member, { words: text });
};

/** A recording or a picture. Undefined: it is not for staff, and nobody else can look at it. */
export const memberFile = (turn: Turn, sent: IncomingMedia): StepResult | undefined => {
  const { marked, speaker } = turn.snapshot;
  if (speaker.type !== 'member' || !hasPlace(speaker.me.state)) return undefined;
  const member = { ...turn, speaker };
  if (!isMemberTurn(member)) return needs({ type: 'company' });
  const said = { words: sent.caption ?? '', ref: sent.ref };
  if (turn.read(said.words).intent === 'urgent') return urgent(member);
  const { flow } = turn.session;
  const isAsked = flow.type === 'talk-words' && (!flow.more || isRecent(turn));
  if (!isAsked && !marked) return isTooLarge(sent) ? undefined : perhapsForStaff(member, said);
  return isTooLarge(sent)
    ? decide(member, { flow, replies: [reply([say('talk.too-large')])] })
    : pass(member, said);
};

/** Later the telephone may be in other hands. */
export const isRecent = ({ session, snapshot }: Turn): boolean =>
  session.at !== undefined && snapshot.now.since(session.at).total('minutes') < MORE_MINUTES;

/** Gives it to staff: in her open conversation, or in a new one. */
export const pass = (turn: MemberTurn, said: Said): StepResult =>
  withTalk(turn, (talking) => {
    const { file } = talking.snapshot;
    if (said.ref !== undefined && !file) return needs({ type: 'file', ref: said.ref });
    if (said.ref !== undefined && file && !file.ok) {
      return decide(talking, { flow: turn.session.flow, replies: [reply([say('talk.no-file')])] });
    }
    const answering = talking.snapshot.marked?.answering ?? talking.talk.answering;
    const { id, events } = opened(talking, answering?.id);
    const told = answeredTo(talking, answering);
    return decide(talking, {
      flow: { type: 'talk-words', more: true },
      replies: [reply([say('talk.passed', { programme: talking.talk.programme }), say('talk.more')])],
      events: [
        ...events,
        {
          type: 'talk-said',
          id,
          line: {
            id: talking.newId(),
            by: undefined,
            words: said.words,
            file: said.ref !== undefined && file?.ok ? file.hash : undefined,
          },
          answers: told,
        },
      ],
      notices: talking.talk.open?.isTold || told?.tells === false ? [] : wroteNotice(talking, id),
    });
  });

/** Her open conversation; where there is none, a new one with the event that opens it. */
const opened = (
  turn: TalkTurn,
  broadcastId: BroadcastId | undefined,
): { readonly id: TalkId; readonly events: readonly TalkEvent[] } => {
  if (turn.talk.open) return { id: turn.talk.open.id, events: [] };
  const id = asId<TalkId>(turn.newId());
  const { me, group } = turn.speaker;
  return {
    id,
    events: [{ type: 'talk-opened', id, programmeId: group.programmeId, memberId: me.id, broadcastId }],
  };
};
