import { z } from 'zod';

const source = z
  .strictObject({
    /** What it tells, in English. */
    title: z.string().min(1),
    publisher: z.string().min(1),
    address: z.url().nullable(),
    /** Its date, and what else is known of it; needed where there is no address. */
    known: z.string().min(1).optional(),
    /** The day on which it was read. */
    read: z.iso.date(),
    /** Old: more than two years before it was read, or undated. Conflicting: others say otherwise. */
    status: z.enum(['verified', 'old', 'conflicting']),
  })
  .refine(({ address, known }) => address !== null || known !== undefined, {
    error: 'a source without an address says what is known of it',
  });

export type LessonSource = z.infer<typeof source>;

/** What the lessons rest on, by id. */
export type LessonSources = Readonly<Record<string, LessonSource>>;

/** Reads `locales/lesson-sources.json`. Throws when it has another shape. */
export const parseLessonSources = (json: unknown): LessonSources => z.record(z.string(), source).parse(json);
