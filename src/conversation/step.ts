import type { Sha256 } from '../domain/ledger/chain.ts';
import type { Catalogue } from '../domain/lesson/catalogue.ts';
import type { Place } from '../domain/lesson/shelf.ts';
import type { SpokenLanguage } from '../domain/lesson/spoken.ts';
import { throughGate } from './access/gate.ts';
import type { PinWay } from './access/pin-facts.ts';
import { withoutPad } from './access/pin-pad.ts';
import { openReply, type PinStep, pinStep } from './access/pin-step.ts';
import { onlyLooks } from './access/said.ts';
import { arrive, consentAnswer, joinName, joinWithCode, strangerSays } from './flows/arrive.ts';
import { broadcastFile, forwardedWords } from './flows/broadcast-compose.ts';
import { contactCame } from './flows/contact.ts';
import { voiceToLesson } from './flows/lesson-quiz.ts';
import { memberSays } from './flows/member.ts';
import { addressMoved } from './flows/moved.ts';
import { recipesOpen } from './flows/recipes.ts';
import { recordingCame } from './flows/record-lesson.ts';
import { doubted } from './flows/silent.ts';
import { staffSays } from './flows/staff.ts';
import { afterMany, markedText, memberFile } from './flows/talk.ts';
import { answerFile } from './flows/talk-answer.ts';
import { whichQuestion } from './flows/which-question.ts';
import { readable } from './forwarded.ts';
import { invited } from './invited.ts';
import type { ShownLine } from './lesson-facts.ts';
import { type IncomingMedia, type IncomingMessage, type Language, TEXT_CHARS_MAX } from './message.ts';
import type { StoredNeed } from './need.ts';
import type { StepResult } from './outcome.ts';
import { withoutOldPrivate } from './private-session.ts';
import { inputOf, read } from './read-input.ts';
import type { RightsTerms } from './rights-facts.ts';
import { reply, say } from './say.ts';
import type { Snapshot } from './snapshot.ts';
import { decide, type Turn } from './turn.ts';
import { readAudience } from './understand/audience.ts';
import { lessonWork } from './understand/lesson-work.ts';
import type { Lexicons } from './understand/lexicon.ts';
import { readMoment } from './understand/moment.ts';
import { readOffice } from './understand/office.ts';
import { plainAsk } from './understand/plain-ask.ts';
import { staffWork } from './understand/staff-work.ts';

/** What a step may use besides the facts: the words it understands, and what no pure function can make. */
export type Means = {
  readonly lexicons: Lexicons;
  readonly newId: () => string;
  /** At least 128 random bits as lower-case hex, other ones each time: the secret of a draw. */
  readonly newSecret: () => string;
  /** A fresh invitation code, as people write it. */
  readonly newCode: () => string;
  /** Whether the platform of a channel lets us take back what we wrote. */
  readonly canErase: (channel: string) => boolean;
  /** How a PIN can be typed on a channel. */
  readonly pinWay: (channel: string, onPage: boolean) => PinWay;
  /** The address of a page on which it is typed. */
  readonly pinLink: (channel: string, token: string) => string;
  readonly lessons: Catalogue;
  /** Languages that lessons may be spoken in. */
  readonly spoken: readonly SpokenLanguage[];
  /** The lines to call that may be shown where a group is. */
  readonly helpLines: (place: Place) => readonly ShownLine[];
  readonly sha256: Sha256;
  readonly sensitiveWords: (text: string) => readonly string[];
  readonly isWindowed: (channel: string) => boolean;
  readonly secondAbove: number;
  readonly rights: RightsTerms;
};

/** An address that is a telephone, or a number as good as one. */
const TELEPHONE = /^\+?\d{7,15}$/u;

/** Buttons that ask for what `plainAsk` asks for in words. */
const PLAIN_BUTTON = /^ask:(?:savings|loan|next|history|group|meeting)$/;

/**
 * The facts that a message will need, as far as can be told before anything is known: all about her group, unless she
 * asks a plain question about herself. When this is wrong, the step asks for what is missing.
 */
export const foreseen = (message: IncomingMessage, { lexicons }: Means): StoredNeed[] => {
  const { body } = message;
  const plain =
    (body.type === 'text' && plainAsk(body.text, lexicons) !== undefined) ||
    (body.type === 'button' && PLAIN_BUTTON.test(body.payload));
  return plain ? [] : [{ type: 'company' }];
};

/**
 * One message against the facts: where the dialogue stands next, what is answered, what is decided. The one entrance
 * to the conversation, and pure: the same facts and the same message always give the same answer.
 */
export const step = (snapshot: Snapshot, came: IncomingMessage, means: Means): StepResult => {
  const message = readable(snapshot, came);
  const turn = turnOf(snapshot, message, means);
  if (snapshot.address.contradicted) return addressMoved(turn, [reply([say('moved.unknown')])]);
  const news = ofAddress(turn, message);
  if (news) return news;
  // What rests while a new telephone waits is opened by no PIN.
  const typed = snapshot.address.doubt === 'paused' ? undefined : pinStep(turn, message);
  if (typed?.type === 'opened') return withoutPad(turn.session, opened(typed, message, means));
  return withoutPad(turn.session, typed?.result ?? answered(turn, message));
};

const turnOf = (snapshot: Snapshot, message: IncomingMessage, means: Means): Turn => {
  const session = withoutOldPrivate(snapshot.address.session, { now: snapshot.now, lessons: means.lessons });
  const language = languageOf(snapshot, message);
  return {
    snapshot,
    session,
    language,
    input: inputOf(snapshot, message, { session, language, lexicons: means.lexicons }),
    read: (text) => read(snapshot, text, { session, language, lexicons: means.lexicons }),
    body: message.body,
    pinWay: means.pinWay(message.channel, message.onPage ?? false),
    pinLink: (token) => means.pinLink(message.channel, token),
    herNumber: TELEPHONE.test(message.address) ? message.address : '',
    newId: means.newId,
    newSecret: means.newSecret,
    newCode: means.newCode,
    canErase: means.canErase(message.channel) && !message.onPage,
    lessons: means.lessons,
    spoken: means.spoken,
    lessonWork: (text) => lessonWork(text, means.lexicons[language]),
    staffWork: (text) => staffWork(text, means.lexicons[language]['staff-work']),
    audience: (text, places) => readAudience(text, places, means.lexicons[language]),
    office: (text, names) => readOffice(text, names, means.lexicons),
    moment: (text, today) => readMoment(text, today, means.lexicons),
    helpLines: means.helpLines,
    sha256: means.sha256,
    sensitiveWords: means.sensitiveWords,
    isWindowed: means.isWindowed,
    secondAbove: means.secondAbove,
    rights: means.rights,
  };
};

/** That she has another number, or can be reached again, is no word of hers: it is heard whatever is open. */
const ofAddress = (turn: Turn, { body }: IncomingMessage): StepResult | undefined => {
  if (body.type === 'moved') return addressMoved(turn);
  if (body.type !== 'reachable') return undefined;
  const { session } = turn;
  return decide(turn, { session, flow: session.flow, replies: [] });
};

/** What waited for her PIN; of what another one wrote here, only what somebody asks to see. */
const opened = (
  typed: Extract<PinStep, { type: 'opened' }>,
  message: IncomingMessage,
  means: Means,
): StepResult => {
  const waited = { ...message, body: typed.body };
  const turn = turnOf(typed.snapshot, waited, means);
  const isHers = typed.isHers || onlyLooks(turn);
  return after(typed, isHers ? answered(turn, waited) : decide(turn, { replies: [openReply] }));
};

const answered = (turn: Turn, message: IncomingMessage): StepResult =>
  recipesOpen(turn, message) ??
  doubted(turn) ??
  throughGate(turn, () =>
    unlessFrozen(
      turn,
      apartFromText(turn, message) ??
        forMany(turn, message) ??
        forStaff(turn, message) ??
        invited(turn, message) ??
        afterMany(turn, message) ??
        whichQuestion(turn, message) ??
        speak(turn),
    ),
  );

/** What her PIN opened, behind what was decided with it. */
const after = ({ events, replies }: Extract<PinStep, { type: 'opened' }>, result: StepResult): StepResult => {
  if (result.type !== 'decided') return result;
  const { outcome } = result;
  return {
    ...result,
    outcome: {
      ...outcome,
      events: [...events, ...outcome.events],
      replies: [...replies, ...outcome.replies],
    },
  };
};

/** A text under a message of staff that she marked: whatever it says, it is for them. */
const forStaff = (turn: Turn, { body }: IncomingMessage): StepResult | undefined =>
  body.type === 'text' ? markedText(turn, body.text) : undefined;

/** A text that staff passed on: it is what they send, and no word of theirs. */
const forMany = (turn: Turn, { body, forwarded }: IncomingMessage): StepResult | undefined => {
  const { speaker } = turn.snapshot;
  return forwarded && body.type === 'text' && speaker.type === 'staff'
    ? forwardedWords({ ...turn, staff: speaker }, body.text)
    : undefined;
};

/** What would write into a book that is not right is not done: the group goes on with paper. */
const unlessFrozen = (turn: Turn, result: StepResult): StepResult => {
  const { speaker } = turn.snapshot;
  if (speaker.type !== 'member' || !speaker.group.book.frozen || result.type !== 'decided') return result;
  const books = result.outcome.events.some(({ type }) => type === 'entry-posted');
  return books ? decide(turn, { replies: [reply([say('book.frozen')])] }) : result;
};

const speak = (turn: Turn): StepResult => {
  const { speaker } = turn.snapshot;
  const arriving = arrivalAnswer(turn);
  if (arriving) return arriving;
  switch (speaker.type) {
    case 'stranger':
      return strangerSays(turn);
    case 'staff':
      return staffSays({ ...turn, staff: speaker });
    case 'member':
      return memberSays({ ...turn, speaker });
  }
};

/** Joining works the same for a stranger and for a member of another group. */
const arrivalAnswer = (turn: Turn): StepResult | undefined => {
  const { flow } = turn.session;
  const { input } = turn;
  // Staff who press "start" are greeted as such; with a code in it, it is an invitation to a group.
  const isStaff = turn.snapshot.speaker.type === 'staff' && input.type === 'start' && !input.code;
  if (input.type === 'start' && !isStaff) return arrive(turn, input.code);
  if (input.type === 'words' && input.meaning.intent === 'join' && input.meaning.code) {
    return joinWithCode(turn, input.meaning.code);
  }
  if (flow.type === 'consent') return consentAnswer(turn, flow);
  if (flow.type === 'join-name') return joinName(turn, flow);
  return undefined;
};

/** What is not text: answered in words, never lost in silence. */
const apartFromText = (turn: Turn, message: IncomingMessage): StepResult | undefined => {
  const { body } = message;
  const keep = { session: turn.session, flow: turn.session.flow };
  switch (body.type) {
    case 'text':
      // Nothing is read of a text this long: part of it would be a guess.
      return body.text.length > TEXT_CHARS_MAX
        ? decide(turn, { ...keep, replies: [reply([say('unread.long')])] })
        : undefined;
    case 'button':
    case 'start':
    case 'pin':
      return undefined;
    case 'group-chat':
      return decide(turn, { ...keep, replies: [reply([say('unread.group-chat')])] });
    case 'unread':
      return decide(turn, { ...keep, replies: [reply([say(`unread.${body.kind}`)])] });
    case 'media':
      if (turn.snapshot.speaker.type === 'staff' && turn.session.flow.type === 'record-voice') {
        return recordingCame({ ...turn, staff: turn.snapshot.speaker }, turn.session.flow, body);
      }
      if (turn.snapshot.speaker.type === 'staff' && turn.session.flow.type === 'talk-answer') {
        return answerFile({ ...turn, staff: turn.snapshot.speaker }, turn.session.flow.talkId, body);
      }
      if (turn.session.flow.type === 'danger-answer' || turn.session.flow.type === 'danger-words') {
        return decide(turn, { ...keep, replies: [reply([say('danger.words-only')])] });
      }
      return (
        staffFile(turn, body) ??
        voiceToLesson(turn, body.kind) ??
        memberFile(turn, body) ??
        decide(turn, { ...keep, replies: [reply([say(`unread.${body.kind}`)])] })
      );
    case 'contact':
      return contactCame(turn, body);
    // Heard before this.
    case 'moved':
    case 'reachable':
      return undefined;
  }
};

const staffFile = (turn: Turn, sent: IncomingMedia): StepResult | undefined => {
  const { speaker } = turn.snapshot;
  return speaker.type === 'staff' ? broadcastFile({ ...turn, staff: speaker }, sent) : undefined;
};

const languageOf = (snapshot: Snapshot, message: IncomingMessage): Language => {
  const { address, speaker } = snapshot;
  const { flow } = address.session;
  if (flow.type === 'code' || flow.type === 'consent' || flow.type === 'join-name') return flow.language;
  if (address.language) return address.language;
  if (speaker.type === 'member') return speaker.me.language;
  if (speaker.type === 'staff') return speaker.language;
  return message.languageHint?.startsWith('en') ? 'en' : 'es';
};
