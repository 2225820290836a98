import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { LessonFacts, StaffLessons } from '../conversation/lesson-facts.ts';
import { WEEKDAYS } from '../domain/calendar.ts';
import type { LessonProgress } from '../domain/lesson/progress.ts';
import { date, instant } from './json-fields.ts';

const progressJson = z
  .object({
    lessonId: z.string(),
    announcedAt: instant.nullable(),
    openedAt: instant.nullable(),
    part: z.int(),
    finishedAt: instant.nullable(),
    reviewOn: date.nullable(),
    reviews: z.int(),
    didAskedAt: instant.nullable(),
    did: z.boolean().nullable(),
  })
  .transform(
    (row): LessonProgress => ({
      lessonId: row.lessonId,
      announcedAt: row.announcedAt ?? undefined,
      openedAt: row.openedAt ?? undefined,
      part: row.part,
      finishedAt: row.finishedAt ?? undefined,
      reviewOn: row.reviewOn ?? undefined,
      reviews: row.reviews,
      didAskedAt: row.didAskedAt ?? undefined,
      did: row.did ?? undefined,
    }),
  );

export const audioJson = z.array(
  z.object({
    lessonId: z.string(),
    language: z.string(),
    textHash: z.string(),
    hash: z.string(),
    seconds: z.int(),
  }),
);

const hour = z.string().transform((text) => Temporal.PlainTime.from(text));

export const lessonsJson = z.object({
  progress: z.array(progressJson),
  wishes: z
    .object({
      off: z.boolean(),
      hour: hour.nullable(),
      days: z.array(z.enum(WEEKDAYS)),
      language: z.string().nullable(),
    })
    .nullable(),
  read: z.array(z.object({ lessonId: z.string(), on: date })),
  drafts: z.boolean(),
  languages: z.array(z.string()),
  approved: z.array(z.string()),
  audio: audioJson,
});

/** The same for staff. */
export const staffLessonsJson = z
  .object({
    languages: z.array(z.string()),
    approved: z.array(z.string()),
    audio: audioJson,
    drafts: z.boolean(),
  })
  .transform((json): StaffLessons => ({ ...json, approved: new Set(json.approved) }));

const count = z.int().nonnegative();

export const funnelsJson = z.array(
  z.object({
    lessonId: z.string(),
    language: z.string(),
    voice: z.boolean(),
    counts: z.object({
      enrolled: count,
      delivered: count,
      opened: count,
      finished: count,
      rightFirst: count,
      rightLater: count,
      did: count,
    }),
  }),
);

/** Her lessons as a step may use them. */
export const lessonFacts = (json: z.infer<typeof lessonsJson>): LessonFacts => ({
  progress: json.progress,
  wishes: {
    off: json.wishes?.off ?? false,
    hour: json.wishes?.hour ?? undefined,
    days: json.wishes?.days ?? [],
    language: json.wishes?.language ?? undefined,
  },
  read: json.read,
  drafts: json.drafts,
  languages: json.languages,
  approved: new Set(json.approved),
  audio: json.audio,
});
