import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Lesson, OPTIONS, TRACKS } from '../../domain/lesson/lesson.ts';
import { AREAS } from '../help-lines.ts';

const SHORT_CHARS_MAX = 60;
/** A row of a WhatsApp list holds no more (Cloud API, interactive list messages). */
const NEUTRAL_TITLE_CHARS_MAX = 24;
const TEXT_CHARS_MAX = 400;

/** It is read aloud to whoever does not see the picture, and stands under it. */
const ALT_CHARS_MAX = 120;
const IMAGE_FILE = /^[a-z0-9]+(?:-[a-z0-9]+)*\.(?:png|jpe?g)$/u;
const AUDIO_FILE = /^[a-z0-9]+(?:-[a-z0-9]+)*\.(?:ogg|mp3|m4a|aac|amr)$/u;

const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const AREA = new RegExp(`^(${AREAS.join('|')})(/[^/]+)?$`, 'u');

const text = (charsMax: number) =>
  z
    .string({ error: 'must be a text' })
    .trim()
    .min(1, { error: 'is empty' })
    .max(charsMax, { error: `is longer than ${charsMax} characters` });

const day = z
  .string({ error: 'must be a day such as 2026-11-22' })
  .regex(DAY, { error: 'must be a day such as 2026-11-22' })
  .transform((written, context): Temporal.PlainDate => {
    try {
      return Temporal.PlainDate.from(written, { overflow: 'reject' });
    } catch {
      context.addIssue({ code: 'custom', message: `is "${written}", and there is no such day` });
      return z.NEVER;
    }
  });

const quiz = z.strictObject({
  question: text(TEXT_CHARS_MAX),
  options: z.strictObject({ a: text(SHORT_CHARS_MAX), b: text(SHORT_CHARS_MAX), c: text(SHORT_CHARS_MAX) }),
  answer: z.enum(OPTIONS, {
    error: ({ input }) => `is ${JSON.stringify(input)}, but the options are ${OPTIONS.join(', ')}`,
  }),
  right: text(TEXT_CHARS_MAX),
  wrong: text(TEXT_CHARS_MAX),
});

/**
 * The header of a lesson file. The words of its errors end the sentence "quiz.answer …". Sources, figures and words are
 * looked at by the checks, which know the registries.
 */
export const lessonHeader = z
  .strictObject({
    id: z
      .string({ error: 'must be an id such as F4' })
      .regex(/^(F|N|R|RS|B|C|P)[1-9]\d?$/u, { error: 'must be an id such as F4' }),
    track: z.enum(TRACKS, { error: `must be one of ${TRACKS.join(', ')}` }),
    title: text(SHORT_CHARS_MAX),
    neutral_title: text(NEUTRAL_TITLE_CHARS_MAX),
    sensitivity: z.enum(['open', 'opt-in'], { error: 'must be open or opt-in' }),
    sources: z.array(text(SHORT_CHARS_MAX), { error: 'must be a list such as [FI1, WE-VIA]' }),
    last_reviewed: day,
    reviewed_by: text(SHORT_CHARS_MAX).nullable(),
    expires: day,
    only_approved: z.boolean({ error: 'must be true or false' }).default(false),
    area: z
      .array(
        z.string().regex(AREA, { error: `must be one of ${AREAS.join(', ')}, or "OAX/<municipality>"` }),
        {
          error: 'must be a list such as [OAX, "BC/Tijuana"]',
        },
      )
      .default([]),
    image: z
      .string({ error: 'must be the name of a file such as two-piles.png' })
      .regex(IMAGE_FILE, { error: 'must be the name of a file such as two-piles.png' })
      .optional(),
    image_alt: text(ALT_CHARS_MAX).optional(),
    audio: z
      .string({ error: 'must be the name of a file such as two-piles.ogg' })
      .regex(AUDIO_FILE, { error: 'must be the name of a file such as two-piles.ogg' })
      .optional(),
    numbers: z
      .record(z.string(), text(TEXT_CHARS_MAX), { error: 'must be figures with their sources' })
      .default({}),
    quiz,
  })
  .superRefine(({ image, image_alt }, context) => {
    if (image !== undefined && image_alt === undefined)
      context.addIssue({ code: 'custom', path: ['image'], message: 'has no image_alt: what does it show?' });
    if (image === undefined && image_alt !== undefined)
      context.addIssue({ code: 'custom', path: ['image_alt'], message: 'is of no image' });
  })
  .transform(
    ({
      neutral_title,
      last_reviewed,
      reviewed_by,
      only_approved,
      image,
      image_alt,
      audio,
      ...same
    }): Omit<Lesson, 'bubbles'> => ({
      ...same,
      ...(image !== undefined && image_alt !== undefined && { image: { file: image, alt: image_alt } }),
      ...(audio !== undefined && { audio: { file: audio } }),
      neutralTitle: neutral_title,
      lastReviewed: last_reviewed,
      reviewedBy: reviewed_by,
      onlyApproved: only_approved,
    }),
  );
