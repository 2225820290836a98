import { acceptRecording, wordsToRead } from '../../domain/lesson/audio.ts';
import { spokenName } from '../../domain/lesson/spoken.ts';
import { textHash } from '../../domain/lesson/text-hash.ts';
import type { StaffLessons } from '../lesson-facts.ts';
import { type IncomingMedia, isTooLarge } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, say, withFile } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import { offeredLanguage, offeredNames, voiceFile } from './lesson-voice.ts';
import { readAloud } from './show-lesson.ts';

type Recording = Extract<Flow, { type: 'record-voice' }>;

/** "Grabar lección F4 en tsotsil": the words to read, and what to send. */
export const startRecording = (
  turn: StaffTurn,
  lessons: StaffLessons,
  asked: { readonly lessonId: string; readonly language: string | undefined },
): StepResult => {
  const { lessonId } = asked;
  const language =
    asked.language === undefined ? 'es' : offeredLanguage(turn, lessons.languages, asked.language);
  if (language === undefined) {
    const languages = offeredNames(turn, lessons.languages);
    return decide(turn, { replies: [reply([say('record.language', { languages })])] });
  }
  const lesson = wordsToRead(turn.lessons, lessonId, language);
  if (!lesson) return decide(turn, { replies: [reply([say('record.no-lesson', { lesson: lessonId })])] });
  const spoken = spokenName(turn.spoken, language, turn.language);
  return decide(turn, {
    flow: { type: 'record-voice', lessonId, language },
    replies: [
      reply([say('record.title', { lesson: lessonId, language: spoken }), say('record.read')]),
      readAloud(lesson),
      reply([say('record.send')], [offer('record:no', say('record.leave'))]),
    ],
  });
};

/** A file came while a recording was waited for. */
export const recordingCame = (turn: StaffTurn, flow: Recording, sent: IncomingMedia): StepResult => {
  // What is too large, or a picture, is not fetched for nothing.
  if (isTooLarge(sent)) return again(turn, flow, 'too-large');
  if (sent.kind === 'image' || sent.kind === 'video') return again(turn, flow, 'unknown');
  const { file } = turn.snapshot;
  if (!file) return needs({ type: 'file', ref: sent.ref });
  if (!file.ok) return again(turn, flow, file.reason);
  if (file.kind !== 'voice' || file.seconds === undefined) return again(turn, flow, 'unknown');
  const accepted = acceptRecording(file.seconds);
  if (!accepted.ok) return waiting(turn, flow, reply([say(`refusal.${accepted.refusal.type}`)], leave()));
  const seconds = accepted.value;
  const { lessonId, language } = flow;
  return decide(turn, {
    flow: { type: 'record-confirm', lessonId, language, hash: file.hash, seconds },
    replies: [
      withFile(reply([say('record.listen')]), voiceFile(turn, file)),
      reply(
        [
          say('record.seconds', { count: seconds }),
          say('record.keep', {
            lesson: lessonId,
            language: spokenName(turn.spoken, language, turn.language),
          }),
        ],
        [
          offer('record:yes', say('record.yes')),
          offer('record:again', say('record.again')),
          offer('record:no', say('record.leave')),
        ],
      ),
    ],
  });
};

/** Her answer to what she heard. A button of an earlier recording does nothing. */
export const recordingAnswer = (turn: StaffTurn, answer: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'record-voice' && flow.type !== 'record-confirm') return undefined;
  if (answer === 'no') return decide(turn, { replies: [reply([say('record.left')])] });
  if (flow.type === 'record-voice') return undefined;
  const { lessonId, language, hash, seconds } = flow;
  if (answer === 'again') {
    return waiting(turn, { type: 'record-voice', lessonId, language }, reply([say('record.send')], leave()));
  }
  const lesson = wordsToRead(turn.lessons, lessonId, language);
  if (answer !== 'yes' || !lesson) return undefined;
  const { programmeId, staffId, programme } = turn.staff;
  const audio = { lessonId, language, hash, seconds, textHash: textHash(turn.sha256, lesson) };
  const spoken = spokenName(turn.spoken, language, turn.language);
  return decide(turn, {
    events: [{ type: 'lesson-recorded', programmeId, audio, by: staffId }],
    replies: [reply([say('record.done', { lesson: lessonId, language: spoken, programme })])],
  });
};

type Fault = 'too-large' | 'gone' | 'unavailable' | 'unknown' | 'broken';

/** It could not be taken: she is told why, and may send another one. */
const again = (turn: StaffTurn, flow: Recording, fault: Fault): StepResult =>
  waiting(turn, flow, reply([say(`record.${fault}`)], leave()));

const waiting = (turn: StaffTurn, flow: Recording, said: Reply): StepResult =>
  decide(turn, { flow, replies: [said] });

const leave = () => [offer('record:no', say('record.leave'))];
