import { type Say, say } from '../../conversation/say.ts';
import { lessonIn } from '../../domain/lesson/catalogue.ts';
import { chapter, dayOf, type PersonFile } from './person-chapter.ts';
import { book, loans, meetings, payments } from './person-money.ts';
import type { Chapter } from './plain-text.ts';

/** "mis datos": everything that is kept of a member, in plain words, chapter by chapter. What is empty is not there. */
export const personChapters = (of: PersonFile): Chapter[] =>
  [
    first(of),
    who(of),
    chats(of),
    saidYes(of),
    book(of),
    payments(of),
    loans(of),
    meetings(of),
    lessons(of),
    talks(of),
    messages(of),
    asked(of),
  ].filter(({ lines }) => lines.length > 0);

const first = (of: PersonFile): Chapter => {
  const { member, group } = of.facts;
  return chapter(
    say('my-file.title'),
    [
      say('my-file.of', {
        name: member.name,
        number: member.number,
        group: group.name,
        day: dayOf(of, of.now),
      }),
      say('my-file.others'),
      ...(of.isWhole ? [] : [say('my-file.private-left-out')]),
    ],
    of,
  );
};

const who = (of: PersonFile): Chapter => {
  const { member } = of.facts;
  const hour = member.reminderTime?.toString({ smallestUnit: 'minute' }) ?? '';
  return chapter(
    say('my-file.who'),
    [
      say('my-file.name', { name: member.name }),
      say('my-file.role', { role: [say(`my-file.role-${member.role}`)] }),
      say('my-file.joined', { day: dayOf(of, member.joinedOn) }),
      ...(member.leftOn ? [say('my-file.left', { day: dayOf(of, member.leftOn) })] : []),
      say('my-file.language', { language: member.language }),
      member.reminders ? say('my-file.reminders-on', { hour }) : say('my-file.reminders-off'),
      ...(member.openNotices === null
        ? []
        : [say(member.openNotices ? 'rights.notices-are-open' : 'rights.notices-are-closed')]),
      ...(member.safeFrom && member.safeUntil
        ? [say('hours.hers', { from: member.safeFrom, until: member.safeUntil })]
        : []),
      ...(member.goal ? [say('my-file.goal', { amount: member.goal, words: member.goalWords ?? '' })] : []),
      ...(member.hasPin ? [say('my-file.pin')] : []),
      ...(member.discreet ? [say('my-file.discreet')] : []),
    ],
    of,
  );
};

const chats = (of: PersonFile): Chapter =>
  chapter(
    say('my-file.chats'),
    of.facts.addresses.map(({ channel, value, since }) =>
      say('my-file.chat', { channel, value, day: dayOf(of, since) }),
    ),
    of,
  );

const TOPICS: Readonly<Record<string, Say>> = {
  book: say('my-file.topic-book'),
  lessons: say('my-file.topic-lessons'),
  reminders: say('my-file.topic-reminders'),
  staff: say('my-file.topic-staff'),
};

const saidYes = (of: PersonFile): Chapter =>
  chapter(
    say('my-file.yes-title'),
    of.facts.consents.map(({ at, topic, given, version }) => {
      const what = { day: dayOf(of, at), topic: [TOPICS[topic] ?? say('my-file.topic-book')], version };
      return given ? say('my-file.yes', what) : say('my-file.no', what);
    }),
    of,
  );

const lessons = (of: PersonFile): Chapter => {
  const { lessons: had, lessonWishes: wishes, member } = of.facts;
  const days = wishes ? [wishes.hour?.toString({ smallestUnit: 'minute' }) ?? '', ...wishes.days] : [];
  const wish = days.filter((part) => part !== '').join(' ');
  return chapter(
    say('my-file.lessons'),
    [
      ...had.flatMap(({ lessonId, openedAt, enrolledAt, finishedAt, answer }) => {
        const found = lessonIn(of.catalogue, { id: lessonId, wanted: [member.language] });
        const what = {
          lesson: found?.lesson.title ?? lessonId,
          day: dayOf(of, finishedAt ?? openedAt ?? enrolledAt),
        };
        return [
          finishedAt ? say('my-file.lesson-done', what) : say('my-file.lesson', what),
          ...(answer === null ? [] : [say('my-file.lesson-answer', { answer })]),
        ];
      }),
      ...(wishes?.off ? [say('my-file.lessons-off')] : []),
      ...(wish === '' ? [] : [say('my-file.lessons-wish', { wish })]),
    ],
    of,
  );
};

const talks = (of: PersonFile): Chapter =>
  chapter(
    say('my-file.talk'),
    of.facts.lines.map(({ at, hers, words, file }) => {
      const said = { day: dayOf(of, at), words: words === '' && file ? [say('my-file.file')] : words };
      return hers ? say('my-file.line-mine', said) : say('my-file.line-staff', said);
    }),
    of,
  );

/** By day: what was in them is not kept. */
const messages = (of: PersonFile): Chapter => {
  const byDay = new Map<string, number>();
  for (const { day, count } of of.facts.messages) {
    const on = dayOf(of, day);
    byDay.set(on, (byDay.get(on) ?? 0) + count);
  }
  return chapter(
    say('my-file.messages'),
    [...byDay].map(([day, count]) => say('my-file.message', { day, count })),
    of,
  );
};

const asked = (of: PersonFile): Chapter =>
  chapter(
    say('my-file.asked-title'),
    [
      ...of.facts.requests.map(({ at, number }) => say('my-file.request', { day: dayOf(of, at), number })),
      ...of.facts.looked.map(({ at, by }) =>
        by === 'staff'
          ? say('my-file.looked-staff', { day: dayOf(of, at) })
          : say('my-file.looked-other', { day: dayOf(of, at) }),
      ),
    ],
    of,
  );
