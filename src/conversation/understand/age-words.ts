import { z } from 'zod';

const words = z.array(z.string().min(1).max(20)).max(30);

/** How she says her age. `self`: of herself; `bare` of them needs no word for years. */
export const ageSchema = z.strictObject({
  self: words,
  bare: words,
  not: words,
  /** What may stand between it and the number. */
  between: words,
  years: words,
  /** "tengo 15 años de casada" counts other years: what follows an age must be one of these, or nothing. */
  next: words,
});
