import type { Temporal } from 'temporal-polyfill';
import type { PersonFacts } from '../../conversation/person-facts.ts';
import { type Say, say } from '../../conversation/say.ts';
import { localDate } from '../../domain/calendar.ts';
import type { Catalogue } from '../../domain/lesson/catalogue.ts';
import { lessonIn } from '../../domain/lesson/catalogue.ts';
import { type Money, money } from '../../domain/money.ts';
import { movementName } from './movement-rows.ts';
import type { Chapter } from './plain-text.ts';
import type { Voice } from './voice.ts';

type Of = {
  readonly facts: PersonFacts;
  readonly voice: Voice;
  readonly catalogue: Catalogue;
  /** Without what is private: it is said that it was left out. */
  readonly isWhole: boolean;
  readonly now: Temporal.Instant;
};

/** "mis datos": everything that is kept of a member, in plain words, chapter by chapter. What is empty is not there. */
export const personChapters = (of: Of): Chapter[] =>
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

const chapter = (title: Say, lines: readonly Say[], { voice }: Of): Chapter => ({
  title: voice.sentence(title),
  lines: lines.map((line) => voice.sentence(line)),
});

const dayOf = ({ voice, facts }: Of, at: Temporal.Instant | Temporal.PlainDate): string =>
  voice.shortDate('epochMilliseconds' in at ? localDate(at, facts.group.timeZone) : at);

const first = (of: Of): Chapter => {
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

const who = (of: Of): Chapter => {
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
      ...(member.goal ? [say('my-file.goal', { amount: member.goal, words: member.goalWords ?? '' })] : []),
    ],
    of,
  );
};

const chats = (of: Of): Chapter =>
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

const saidYes = (of: Of): Chapter =>
  chapter(
    say('my-file.yes-title'),
    of.facts.consents.map(({ at, topic, given, version }) => {
      const what = { day: dayOf(of, at), topic: [TOPICS[topic] ?? say('my-file.topic-book')], version };
      return given ? say('my-file.yes', what) : say('my-file.no', what);
    }),
    of,
  );

const book = (of: Of): Chapter =>
  chapter(
    say('my-file.money'),
    of.facts.movements.map((movement) =>
      say('my-file.movement', {
        day: dayOf(of, movement.on),
        what: [movementName(movement)],
        amount: signed(of, movement.delta),
        receipt: movement.seq,
      }),
    ),
    of,
  );

/** With its sign: what came, what went. */
const signed = ({ voice }: Of, { minor, currency }: Money): string =>
  `${minor < 0n ? '−' : '+'}${voice.digits(money(minor < 0n ? -minor : minor, currency))}`;

const payments = (of: Of): Chapter =>
  chapter(
    say('my-file.payments'),
    of.facts.payments.map(({ on, total, state }) =>
      say('my-file.payment', { day: dayOf(of, on), total, state: [say(`my-file.state-${state}`)] }),
    ),
    of,
  );

const loans = (of: Of): Chapter =>
  chapter(
    say('my-file.loans'),
    [
      ...of.facts.loanRequests.map(({ at, amount, purpose }) =>
        say('my-file.loan-asked', {
          day: dayOf(of, at),
          amount,
          purpose: [say(`my-file.purpose-${purpose}`)],
        }),
      ),
      ...of.facts.loans.map(({ on, terms }) =>
        say('my-file.loan', { day: dayOf(of, on), amount: terms.principal, count: terms.n }),
      ),
      ...of.facts.fines.map(({ on, amount }) => say('my-file.fine', { day: dayOf(of, on), amount })),
      ...of.facts.moneyOut.map(({ at, amount }) => say('my-file.out', { day: dayOf(of, at), amount })),
      ...of.facts.rounds.map(({ on, round, amount }) =>
        say('my-file.round', { day: dayOf(of, on), round, amount }),
      ),
    ],
    of,
  );

const meetings = (of: Of): Chapter =>
  chapter(
    say('my-file.meetings'),
    [
      ...of.facts.attendance.map(({ on, present }) =>
        present ? say('my-file.came', { day: dayOf(of, on) }) : say('my-file.missed', { day: dayOf(of, on) }),
      ),
      ...of.facts.votes.map(({ at, yes }) =>
        yes
          ? say('my-file.voted-yes', { day: dayOf(of, at) })
          : say('my-file.voted-no', { day: dayOf(of, at) }),
      ),
      ...of.facts.disputes.map(({ at }) => say('my-file.objected', { day: dayOf(of, at) })),
      ...of.facts.words.map(({ at, word }) => say('my-file.word', { day: dayOf(of, at), word })),
    ],
    of,
  );

const lessons = (of: Of): Chapter => {
  const { lessons: had, lessonWishes: wishes, member } = of.facts;
  const days = wishes ? [wishes.hour?.toString({ smallestUnit: 'minute' }) ?? '', ...wishes.days] : [];
  const wish = days.filter((part) => part !== '').join(' ');
  return chapter(
    say('my-file.lessons'),
    [
      ...had.map(({ lessonId, openedAt, enrolledAt, finishedAt }) => {
        const found = lessonIn(of.catalogue, { id: lessonId, wanted: [member.language] });
        const what = {
          lesson: found?.lesson.title ?? lessonId,
          day: dayOf(of, finishedAt ?? openedAt ?? enrolledAt),
        };
        return finishedAt ? say('my-file.lesson-done', what) : say('my-file.lesson', what);
      }),
      ...(wishes?.off ? [say('my-file.lessons-off')] : []),
      ...(wish === '' ? [] : [say('my-file.lessons-wish', { wish })]),
    ],
    of,
  );
};

const talks = (of: Of): Chapter =>
  chapter(
    say('my-file.talk'),
    of.facts.lines.map(({ at, hers, words, file }) => {
      const said = { day: dayOf(of, at), words: words === '' && file ? [say('my-file.file')] : words };
      return hers ? say('my-file.line-mine', said) : say('my-file.line-staff', said);
    }),
    of,
  );

/** By day: what was in them is not kept. */
const messages = (of: Of): Chapter => {
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

const asked = (of: Of): Chapter =>
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
