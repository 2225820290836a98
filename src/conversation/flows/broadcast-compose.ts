import type { Audience, Part } from '../../domain/broadcast/audience.ts';
import type { BroadcastContent } from '../broadcast-facts.ts';
import type { IncomingMedia } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, type Say, say } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import { missingLanguage, type Read, readFile, readWords, wordsFault } from './broadcast-content.ts';
import { preview } from './broadcast-preview.ts';

type Checking = Extract<Flow, { type: 'broadcast-check' }>;

const LEAVE: Offer = offer('send:no', say('send.leave'));

/** A new message: first its words. */
export const compose = (turn: StaffTurn): StepResult =>
  decide(turn, {
    flow: { type: 'broadcast-words' },
    replies: [reply([say('send.what'), say('send.what-lesson')], [LEAVE])],
  });

export const leave = (turn: StaffTurn): StepResult => decide(turn, { replies: [reply([say('send.left')])] });

/** So long a text is no word to the bot: she wrote it for others. */
const PASSED_ON_CHARS_MIN = 40;

/** A long text that staff write out of nothing: it is asked whether it is for many. Undefined of a short one. */
export const passedOn = (turn: StaffTurn, text: string): StepResult | undefined =>
  text.trim().length < PASSED_ON_CHARS_MIN ? undefined : askIfForMany(turn, readWords(turn, text));

/** A text that they forward, however short, is never a word of theirs to the bot: it is what they want to send. */
export const forwardedWords = (turn: StaffTurn, text: string): StepResult => {
  const { session } = turn;
  const { flow } = session;
  if (flow.type === 'broadcast-other') return otherWords(turn, flow, text);
  if (flow.type === 'broadcast-words') return went(turn, readWords(turn, text));
  if (flow.type === 'idle' || flow.type === 'broadcast-passed') {
    const read = readWords(turn, text);
    return askIfForMany(turn, read) ?? went(turn, read);
  }
  return decide(turn, { session, flow, replies: [reply([say('unread.other')])] });
};

/** Undefined of what cannot go to many. */
const askIfForMany = (turn: StaffTurn, read: Read): StepResult | undefined => {
  if (read.type === 'needs') return read.step;
  if (read.type !== 'content') return undefined;
  return decide(turn, {
    flow: { type: 'broadcast-passed', content: read.content },
    replies: [
      reply(
        [say('send.passed')],
        [offer('send:passed', say('choice.yes')), offer('send:no', say('choice.no'))],
      ),
    ],
  });
};

/** A file that staff send, or pass on: it is for many, or nothing. */
export const broadcastFile = (turn: StaffTurn, sent: IncomingMedia): StepResult => {
  const { flow } = turn.session;
  if (flow.type === 'broadcast-check' || flow.type === 'broadcast-who') {
    return decide(turn, {
      flow,
      session: { offered: turn.session.offered },
      replies: [reply([say('send.one-file')])],
    });
  }
  return went(turn, readFile(turn, sent));
};

/** What she wants to send was read: now to whom; or she is told why it cannot go, and may try again. */
export const went = (turn: StaffTurn, read: Read): StepResult => {
  switch (read.type) {
    case 'needs':
      return read.step;
    case 'refused':
      return decide(turn, { flow: { type: 'broadcast-words' }, replies: [reply([read.why], [LEAVE])] });
    case 'content':
      return askWho(turn, read.content);
  }
};

export const askWho = (turn: StaffTurn, content: BroadcastContent, before: readonly Say[] = []): StepResult =>
  decide(turn, {
    flow: { type: 'broadcast-who', content },
    replies: [
      reply(
        [...before, say('send.who'), say('send.who-examples')],
        [offer('send:all', say('send.all')), LEAVE],
      ),
    ],
  });

/** To whom, in her words; what was not understood is said, and nothing is guessed. */
export const who = (turn: StaffTurn, content: BroadcastContent, text: string): StepResult => {
  const { places } = turn.staff.broadcasts;
  if (!places) return needs({ type: 'places' });
  const read = turn.audience(text, { ...places, programme: turn.staff.programme });
  if (read.ok) return ofTracks(turn, content, read.audience);
  return askWho(turn, content, [say('send.who-unknown', { words: read.unknown.join('», «') })]);
};

/** Who took lessons of a track: only the open ones count, and a track without any is asked of nobody. */
const ofTracks = (turn: StaffTurn, content: BroadcastContent, audience: Audience): StepResult => {
  const { except, ...main } = audience;
  const parts = [main, ...(except ?? [])].map((part) => withLessons(turn, part));
  const [first, ...others] = parts;
  if (!first || parts.some(({ lessons }) => lessons?.length === 0)) {
    return askWho(turn, content, [say('send.private-track')]);
  }
  return check(turn, { content, audience: { ...first, ...(except && { except: others }) } });
};

/** "Mandar F1", "mandar lección F1 a todas": said at once, with whom it is for or without. */
export const sendLesson = (turn: StaffTurn, lessonId: string, whom: string | undefined): StepResult => {
  const read = readWords(turn, lessonId);
  return read.type === 'content' && whom !== undefined ? who(turn, read.content, whom) : went(turn, read);
};

const withLessons = (turn: StaffTurn, part: Part): Part => {
  if (!part.tracks) return part;
  const lessons = [...turn.lessons].flatMap(([id, languages]) => {
    const all = [...languages.values()];
    const isOf = all.every(
      ({ track, sensitivity }) => part.tracks?.includes(track) && sensitivity === 'open',
    );
    return isOf ? [id] : [];
  });
  return { ...part, lessons };
};

/** Everything is there: shown as it will come, with how many it comes to. */
export const check = (
  turn: StaffTurn,
  of: { readonly content: BroadcastContent; readonly audience: Audience; readonly at?: string },
): StepResult => preview(turn, { type: 'broadcast-check', ...of });

/** The same words in the other language. */
export const askOther = (turn: StaffTurn, { content, audience }: Checking): StepResult | undefined => {
  const language = missingLanguage(content);
  return (
    language &&
    decide(turn, {
      flow: { type: 'broadcast-other', content, audience, language },
      replies: [reply([say(`send.write-${language}`)], [LEAVE])],
    })
  );
};

export const otherWords = (
  turn: StaffTurn,
  flow: Extract<Flow, { type: 'broadcast-other' }>,
  text: string,
): StepResult => {
  if (!turn.staff.broadcasts.places) return needs({ type: 'places' });
  const why = wordsFault(turn, text);
  if (why) return decide(turn, { flow, replies: [reply([why], [LEAVE])] });
  const { content, audience, language } = flow;
  return check(turn, { content: { ...content, [language]: text.trim() }, audience });
};
