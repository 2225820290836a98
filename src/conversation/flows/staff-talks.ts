import type { Temporal } from 'temporal-polyfill';
import { firstName } from '../../domain/group.ts';
import { asId, isId, type TalkId } from '../../domain/ids.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, type Reply, reply, type Say, say, withFile } from '../say.ts';
import type { StaffTalk, TalkSummary } from '../talk-facts.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import { ago } from './ago.ts';
import { beginning } from './broadcast-beginning.ts';
import {
  answer,
  askForAnswer,
  askWhom,
  assign,
  called,
  close,
  giveTo,
  seen,
  toList,
  withOpen,
  withTalk,
} from './talk-answer.ts';

/** Files of a conversation that are sent with it. */
const FILES_SHOWN = 3;

/** Their conversations with members, as staff see and answer them. Undefined: something else was said. */
export const staffTalksSaid = (turn: StaffTurn): StepResult | undefined => {
  const { input } = turn;
  const { flow } = turn.session;
  if (input.type === 'choice') return input.verb === 'talks' ? talksVerb(turn, input.args) : undefined;
  if (input.type !== 'words') return undefined;
  const work = turn.staffWork(input.text);
  if (work?.type === 'talks') return openTalks(turn);
  if (flow.type !== 'talk-answer' || work || input.meaning.intent === 'cancel') return undefined;
  return answer(turn, flow.talkId, { words: input.text, file: undefined });
};

const talksVerb = (turn: StaffTurn, [what = '', id = '']: readonly string[]): StepResult | undefined => {
  if (what === '') return openTalks(turn);
  if (what === 'page') return openTalks(turn, /^\d{1,6}$/u.test(id) ? Number(id) : 0);
  if (!isId(id)) return undefined;
  if (what === 'to') return giveTo(turn, id);
  const talkId = asId<TalkId>(id);
  switch (what) {
    case 'open':
      return withTalk(turn, talkId, (talk) => show(turn, talk));
    case 'answer':
      return withOpen(turn, talkId, (talk) => askForAnswer(turn, talk));
    case 'take':
      return withOpen(turn, talkId, (talk) => assign(turn, talk, turn.staff.staffId));
    case 'give':
      return withOpen(turn, talkId, (talk) => askWhom(turn, talk));
    case 'close':
      return withOpen(turn, talkId, (talk) => close(turn, talk));
    default:
      return undefined;
  }
};

/** The open conversations, behind so many: who waits longest comes first. */
const openTalks = (turn: StaffTurn, skip = 0): StepResult => {
  const { talks } = turn.staff;
  if (!talks) return needs({ type: 'talks', skip });
  if (talks.first.length === 0) return decide(turn, { replies: [reply([say('talks.none')])] });
  const shown = talks.skipped + talks.first.length;
  const more = talks.count - shown;
  return decide(turn, {
    replies: [
      reply(
        [
          say('talks.title', { count: talks.count }),
          ...talks.first.map((talk, at) =>
            say('talks.one', {
              n: at + 1,
              ...called(talk),
              ago: [since(turn, talk)],
              who: [whose(turn, talk)],
            }),
          ),
          ...(more > 0 ? [say('talks.more', { count: more })] : []),
        ],
        [
          ...talks.first.map((talk) => {
            const { name, number } = called(talk);
            return offer(`talks:open:${talk.id}`, say('talks.pick', { name, number }));
          }),
          ...(more > 0 ? [offer(`talks:page:${shown}`, say('talks.next'))] : []),
        ],
      ),
    ],
    events: [
      { type: 'answers-looked-at', by: turn.staff.staffId },
      ...talks.first.map((talk) => seen(turn, talk, 'talk-listed')),
    ],
  });
};

const show = (turn: StaffTurn, talk: StaffTalk): StepResult => {
  const { now } = turn.snapshot;
  const { name } = called(talk);
  const lines = talk.lines.flatMap((line): Say[] => {
    const of = { name: line.by === undefined ? name : firstName(line.by), ago: [ago(line.at, now)] };
    return [
      ...(line.words === '' ? [] : [say('talks.line', { ...of, words: line.words })]),
      ...(line.file === undefined ? [] : [say('talks.file', of)]),
    ];
  });
  return decide(turn, {
    replies: [
      ...filesOf(turn, talk),
      reply(
        [
          say('talks.head', { ...called(talk), who: [whose(turn, talk)] }),
          ...answersSaid(talk),
          ...(lines.length > 0 ? lines : [say('talks.asked', { ago: [ago(talk.openedAt, now)] })]),
          ...(talk.state === 'closed' ? [say('talks.closed-already')] : []),
        ],
        talk.state === 'open' ? whatToDo(turn, talk) : [toList()],
      ),
    ],
    events: [seen(turn, talk, 'talk-read')],
  });
};

/** The message to many that she answers. */
const answersSaid = ({ answers }: StaffTalk): Say[] =>
  answers ? [say('talks.answers', { number: answers.number, text: beginning(answers.content) })] : [];

/** The last files of it, each with whose it is. */
const filesOf = (turn: StaffTurn, talk: StaffTalk): Reply[] =>
  talk.lines
    .flatMap(({ file, by, at }) => (file === undefined ? [] : [{ file, by, at }]))
    .slice(-FILES_SHOWN)
    .map(({ file, by, at }) => {
      const name = by === undefined ? called(talk).name : firstName(by);
      const said = reply([say('talks.file-of', { name, ago: [ago(at, turn.snapshot.now)] })]);
      return withFile(said, { type: 'media', hash: file, language: turn.language });
    });

const whatToDo = (turn: StaffTurn, talk: StaffTalk): Offer[] => [
  offer(`talks:answer:${talk.id}`, say('talks.answer')),
  ...(talk.assigned?.id === turn.staff.staffId ? [] : [offer(`talks:take:${talk.id}`, say('talks.take'))]),
  offer(`talks:give:${talk.id}`, say('talks.give')),
  offer(`talks:close:${talk.id}`, say('talks.close')),
];

const whose = (turn: StaffTurn, { assigned }: TalkSummary): Say => {
  if (!assigned) return say('talks.nobody');
  return assigned.id === turn.staff.staffId
    ? say('talks.yours')
    : say('talks.of', { name: firstName(assigned.name) });
};

/** Since when she waits; or when she had her answer. */
const since = (turn: StaffTurn, talk: TalkSummary): Say => {
  const { now } = turn.snapshot;
  if (talk.waitsSince) return ago(talk.waitsSince, now);
  const answeredAt: Temporal.Instant = talk.answeredAt ?? talk.openedAt;
  return say('talks.answered', { ago: [ago(answeredAt, now)] });
};
