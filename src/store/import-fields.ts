// What single fields of a programme file may hold.

import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AMOUNT_MINOR_MAX, parseDecimal } from '../domain/money.ts';
import { readPersonName, readTitle } from '../domain/person-name.ts';
import { SAFE_MINUTES_MIN, safeMinutes } from '../domain/quiet-hours.ts';
import { canonicalTelephone, isTelephone } from '../domain/telephone.ts';

const PLACE_CHARS_MAX = 80;

/** Anything but control, format (zero-width, direction), private and unassigned characters. */
const PLAIN = /^[^\p{C}\p{Zl}\p{Zp}]*$/u;

export const says = (problem: string, remedy: string) => ({ error: problem, params: { remedy } });

const cleaned = (text: string): string => text.normalize('NFC').trim();

const GRAPHEMES = new Intl.Segmenter();
/** A letter may carry marks, but not a heap of them. */
const UNITS_PER_CHAR = 3;

const hasChars = (text: string, least: number, most: number): boolean => {
  if (text.length > most * UNITS_PER_CHAR) return false;
  const count = [...GRAPHEMES.segment(text)].length;
  return count >= least && count <= most;
};

const nameLike = (read: typeof readPersonName, what: string) =>
  z.string().transform((text, context) => {
    const name = read(text);
    if (name.ok) return name.value;
    const remedy = 'write 2 to 40 letters of one alphabet, without signs, emoji or hidden characters';
    context.addIssue({ code: 'custom', message: `is not ${what}`, params: { remedy } });
    return z.NEVER;
  });

export const personName = nameLike(readPersonName, 'a name');
export const title = nameLike(readTitle, 'a name');

export const placeText = z
  .string()
  .transform(cleaned)
  .refine(
    (text) => PLAIN.test(text) && hasChars(text, 1, PLACE_CHARS_MAX),
    says('is not a place', `write 1 to ${PLACE_CHARS_MAX} characters on one line`),
  );

const within = (minor: bigint | undefined, least: bigint): boolean =>
  minor !== undefined && minor >= least && minor <= AMOUNT_MINOR_MAX;

const decimal = (least: bigint) =>
  z
    .string()
    .refine(
      (text) => within(parseDecimal(text), least),
      says(
        'is not an amount',
        'write digits in quotes with a point before the centavos, such as "1150.00", at most 1000000.00',
      ),
    )
    .transform((text) => parseDecimal(text) ?? 0n);

export const amount = decimal(0n);
export const difference = decimal(-AMOUNT_MINOR_MAX);

const DATE = /^\d{4}-\d{2}-\d{2}$/;

export const date = z.string().transform((text, context) => {
  try {
    if (DATE.test(text)) return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    // The same fault as another form.
  }
  context.addIssue({
    code: 'custom',
    message: 'is not a date',
    params: { remedy: 'write year-month-day, such as "2026-09-01"' },
  });
  return z.NEVER;
});

export const clock = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day such as "17:00"' });

export const telegramId = z
  .string()
  .regex(/^[1-9]\d{0,18}$/, { error: 'must be her Telegram number in quotes, digits only, such as "1001"' });

export const phone = z
  .string()
  .transform(canonicalTelephone)
  .refine(
    isTelephone,
    says(
      'is not a telephone number',
      'write it with country code, such as "+526641230104" (Mexico: +52 and 10 digits)',
    ),
  );

/** Whether what comes unasked says what it is about, or only that there is something. */
export const notices = z.enum(['closed', 'open']);

/** Hours of the day; fewer than an hour would be a silence that nobody asked for. */
export const safeHours = z
  .object({ from: clock, until: clock })
  .refine(
    ({ from, until }) =>
      safeMinutes({ from: Temporal.PlainTime.from(from), until: Temporal.PlainTime.from(until) }) >=
      SAFE_MINUTES_MIN,
    says('are less than an hour', 'write two hours of the day, such as "10:00" and "14:00"'),
  );

/** A language as its tag: "tzo". */
export const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u, says('is not a language', 'write its tag, such as "tzo"'));
