// What a programme file says for members in danger: when who was trained for it is there, and the safe word.

import { z } from 'zod';
import { WEEKDAYS } from '../domain/calendar.ts';
import { clock, says } from './import-fields.ts';

const SAFE_WORD = /^\p{L}{4,20}$/u;

/** When who is trained for women in danger is there, where the programme's first group lives. */
export const duty = z
  .object({
    days: z
      .array(z.enum(WEEKDAYS))
      .min(1)
      .max(WEEKDAYS.length)
      .refine((days) => new Set(days).size === days.length, says('name a day twice', 'write each day once')),
    from: clock,
    to: clock,
  })
  .refine(
    ({ from, to }) => from < to,
    says('ends before it begins', 'write a "to" that is later than "from"'),
  );

/** One word, which opens the safety card wherever a member writes it alone. What else it may not be: app/means-nothing. */
export const safeWord = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .refine((text) => SAFE_WORD.test(text), says('is not one word', 'write one word of 4 to 20 letters'));
