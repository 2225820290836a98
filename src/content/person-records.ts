import type { Ending, PersonRecords } from '../conversation/person-records.ts';
import { type Say, say } from '../conversation/say.ts';
import { lessonIn } from '../domain/lesson/catalogue.ts';
import { chapter, dayOf, type PersonFile } from './paper/person-chapter.ts';
import type { Chapter } from './paper/plain-text.ts';

const BYTES_PER_KB = 1024;

/** What became of her beside her money, for the end of her file. What is empty is not there. */
export const recordChapters = (of: PersonFile): Chapter[] =>
  [about(of), afterLessons(of), files(of), told(of), acts(of)].filter(({ lines }) => lines.length > 0);

const about = (of: PersonFile): Chapter => {
  const { records } = of.facts;
  return chapter(
    say('my-file.records-title'),
    [
      ...rollAndTurns(of, records),
      ...covers(of, records),
      ...loansOf(of, records),
      ...wordsAbout(of, records),
      ...officesOf(of, records),
      ...comingAndGoing(of, records),
    ],
    of,
  );
};

const rollAndTurns = (of: PersonFile, { rollWas, swaps, turns, owedBefore, draws }: PersonRecords): Say[] => [
  ...rollWas.map(({ on, was, at }) => {
    const when = { on: dayOf(of, on), day: dayOf(of, at) };
    return was ? say('my-file.came-was', when) : say('my-file.missed-was', when);
  }),
  ...turns.map(({ at, places, ending }) =>
    say('my-file.turn', { day: dayOf(of, at), places: places.join(', '), ending: [endingSaid(ending)] }),
  ),
  ...swaps.map(({ at, asked, ending }) => {
    const when = { day: dayOf(of, at), ending: [endingSaid(ending)] };
    return asked ? say('my-file.swap-asked', when) : say('my-file.swap-was-asked', when);
  }),
  ...owedBefore.map(({ round, amount }) => say('my-file.owed-before', { round, amount })),
  ...draws.map(({ at, places }) =>
    places.length === 0
      ? say('my-file.draw', { day: dayOf(of, at) })
      : say('my-file.draw-place', { day: dayOf(of, at), places: places.join(', ') }),
  ),
];

const covers = (of: PersonFile, { covered, shares, refunds }: PersonRecords): Say[] => [
  ...covered.map(({ at, amount, ending }) =>
    say('my-file.covered', { day: dayOf(of, at), amount, ending: [endingSaid(ending)] }),
  ),
  ...shares.map(({ at, amount, ending }) =>
    say('my-file.share', { day: dayOf(of, at), amount, ending: [endingSaid(ending)] }),
  ),
  ...refunds.map(({ on, amount, gave }) => {
    const what = { day: dayOf(of, on), amount };
    return gave ? say('my-file.refund-gave', what) : say('my-file.refund-got', what);
  }),
];

const loansOf = (of: PersonFile, { askedForHer, plans }: PersonRecords): Say[] => [
  ...askedForHer.map(({ at, amount, purpose }) =>
    say('my-file.asked-for-me', {
      day: dayOf(of, at),
      amount,
      purpose: [say(`my-file.purpose-${purpose}`)],
    }),
  ),
  ...plans.map(({ at, n, firstDue, ending }) =>
    say('my-file.plan', {
      day: dayOf(of, at),
      count: n,
      first: dayOf(of, firstDue),
      ending: [endingSaid(ending)],
    }),
  ),
];

const wordsAbout = (of: PersonFile, { words }: PersonRecords): Say[] =>
  words.map(({ at, kind, amount, ending }) => {
    const what = {
      day: dayOf(of, at),
      what: [say(`my-file.word-${kind}`)],
      ending: [endingSaid(ending)],
    };
    return amount ? say('my-file.word-about-amount', { ...what, amount }) : say('my-file.word-about', what);
  });

const officesOf = (of: PersonFile, { elections, offices, signatures }: PersonRecords): Say[] => [
  ...elections.map(({ at, office, herself, ending }) => {
    const what = {
      day: dayOf(of, at),
      office: [say(`my-file.role-${office}`)],
      ending: [endingSaid(ending)],
    };
    return herself ? say('my-file.election-me', what) : say('my-file.election-other', what);
  }),
  ...offices.map(({ at, was, role }) =>
    say('my-file.office', {
      day: dayOf(of, at),
      was: [say(`my-file.role-${was}`)],
      role: [say(`my-file.role-${role}`)],
    }),
  ),
  ...signatures.map(({ at, ending }) => {
    const said = { ending: [endingSaid(ending)] };
    return at === null
      ? say('my-file.signature-no-day', said)
      : say('my-file.signature', { ...said, day: dayOf(of, at) });
  }),
];

const comingAndGoing = (of: PersonFile, { codes, telephones, erasures, heard }: PersonRecords): Say[] => [
  ...of.facts.requests.flatMap(({ at, wanted }) =>
    wanted === undefined ? [] : [say('my-file.wanted', { day: dayOf(of, at), name: wanted })],
  ),
  ...heard.flatMap(({ at, stopped }) => [
    ...(at === null ? [] : [say('my-file.heard', { day: dayOf(of, at) })]),
    ...(stopped === null ? [] : [say('my-file.stopped', { day: dayOf(of, stopped) })]),
  ]),
  ...codes.map(({ at }) => say('my-file.code', { day: dayOf(of, at) })),
  ...telephones.map(({ at, ending }) =>
    say('my-file.telephone', { day: dayOf(of, at), ending: [endingSaid(ending)] }),
  ),
  ...erasures.flatMap(({ at, back }) => [
    say('my-file.forgotten', { day: dayOf(of, at) }),
    ...(back === null ? [] : [say('my-file.came-back', { day: dayOf(of, back) })]),
  ]),
];

const endingSaid = (ending: Ending): Say => say(`my-file.ending-${ending}`);

/** Whether she did what a lesson proposed, and what she answered when she was asked again. */
const afterLessons = (of: PersonFile): Chapter => {
  const { lessons, member } = of.facts;
  return chapter(
    say('my-file.lessons-more'),
    lessons.flatMap(({ lessonId, did, reviewRight }) => {
      const found = lessonIn(of.catalogue, { id: lessonId, wanted: [member.language] });
      const what = { lesson: found?.lesson.title ?? lessonId };
      return [
        ...(reviewRight === null
          ? []
          : [
              reviewRight
                ? say('my-file.lesson-review-right', what)
                : say('my-file.lesson-review-wrong', what),
            ]),
        ...(did === null
          ? []
          : [did ? say('my-file.lesson-did', what) : say('my-file.lesson-did-not', what)]),
      ];
    }),
    of,
  );
};

/** A file in a chat takes no film and no voice with it: it says what there is, and who shows it. */
const files = (of: PersonFile): Chapter => {
  const there = of.facts.records.files.map(({ at, hers, kind, bytes }) => {
    const what = {
      day: dayOf(of, at),
      kind: [say(`my-file.kind-${kind}`)],
      size: Math.ceil(bytes / BYTES_PER_KB),
    };
    return hers ? say('my-file.file-mine', what) : say('my-file.file-staff', what);
  });
  return chapter(say('my-file.files'), there.length === 0 ? [] : [...there, say('my-file.files-how')], of);
};

const told = (of: PersonFile): Chapter =>
  chapter(
    say('my-file.told-title'),
    of.facts.records.told.map(({ day, count }) => say('my-file.message', { day: dayOf(of, day), count })),
    of,
  );

const acts = (of: PersonFile): Chapter =>
  chapter(
    say('my-file.acts-title'),
    of.facts.records.acts.map(({ day, count }) => say('my-file.acts', { day: dayOf(of, day), count })),
    of,
  );
