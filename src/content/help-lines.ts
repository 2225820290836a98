import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/** States whose own lines the registry holds. */
export const AREAS = ['BC', 'OAX', 'CHIS'] as const;
export type Area = (typeof AREAS)[number];

/** The one line that counts as confirmed without a call: it is known everywhere, and always shown. */
const EMERGENCY = 'mx-911';
/** Numbers change: after this many days a confirmed line is called again. */
const CALL_AGAIN_DAYS = 90;

const day = z.iso.date().transform((text) => Temporal.PlainDate.from(text));
const inBoth = z.strictObject({ es: z.string().min(1), en: z.string().min(1) });

const helpLine = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/u),
    name: z.string().min(1),
    /** As it is dialled; null when no number was found. */
    number: z
      .string()
      .regex(/^\*?\d[\d ]*$/u, { error: 'is digits and spaces' })
      .nullable(),
    /** What to press when it answers. */
    option: z.int().min(0).max(9).optional(),
    for: inBoth,
    area: z.enum(['national', ...AREAS]),
    hours: z.enum(['always', 'every-day', 'office']).nullable(),
    /** What the call costs her: nothing, or a call; null when nobody said. */
    cost: z.enum(['free', 'call']).nullable(),
    status: z.enum(['confirmed', 'must-confirm', 'do-not-show']),
    source: z.string().min(1),
    /** As exact as it is known: a day, a month or a year. */
    source_date: z
      .string()
      .regex(/^\d{4}(-\d{2}){0,2}$/u)
      .nullable(),
    /** The day on which a person of the programme called it; null until somebody did. */
    checked_on: day.nullable(),
    note: z.string(),
  })
  .refine(({ status, number }) => status !== 'confirmed' || number !== null, {
    error: 'a confirmed line has a number',
  })
  .refine(({ id, status, checked_on }) => status !== 'confirmed' || id === EMERGENCY || checked_on !== null, {
    error: 'a confirmed line says on which day it was called',
  });

export type HelpLine = z.infer<typeof helpLine>;

const registry = z.strictObject({ lines: z.array(helpLine) }).superRefine(({ lines }, context) => {
  const ids = lines.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) context.addIssue({ code: 'custom', message: `"${twice}" stands there twice` });
  if (!lines.some(({ id, status }) => id === EMERGENCY && status === 'confirmed'))
    context.addIssue({ code: 'custom', message: `"${EMERGENCY}" is missing or not confirmed` });
});

/** Reads `locales/help-lines.json`. Throws when it has another shape, or calls a line confirmed that nobody called. */
export const parseHelpLines = (json: unknown): readonly HelpLine[] => registry.parse(json).lines;

/** The state of a group as an area of the registry; undefined when it has none. */
export const areaOf = (state: string | undefined): Area | undefined => AREAS.find((area) => area === state);

/**
 * The lines a woman may be shown, in the registry's order: those that a person has called and confirmed, and 911.
 *
 * @param area the state she lives in; undefined when it is not known, or has no lines of its own
 */
export const linesFor = (lines: readonly HelpLine[], area?: Area): HelpLine[] =>
  lines.filter((line) => isShown(line) && (line.area === 'national' || line.area === area));

/** Every line that may be shown to somebody. */
export const shownLines = (lines: readonly HelpLine[]): HelpLine[] => lines.filter(isShown);

/** What a person must still do: call and confirm, find the number first, or call again after 90 days. */
export const linesToCall = (
  lines: readonly HelpLine[],
  today: Temporal.PlainDate,
): Readonly<Record<'call' | 'find' | 'again', readonly HelpLine[]>> => ({
  call: lines.filter(({ status }) => status === 'must-confirm'),
  find: lines.filter(({ status }) => status === 'do-not-show'),
  again: lines.filter((line) => isShown(line) && isOld(line, today)),
});

const isShown = ({ status }: HelpLine): boolean => status === 'confirmed';

const isOld = ({ checked_on }: HelpLine, today: Temporal.PlainDate): boolean =>
  checked_on !== null && checked_on.until(today).days > CALL_AGAIN_DAYS;
