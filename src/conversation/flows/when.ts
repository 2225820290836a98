import { Temporal } from 'temporal-polyfill';

/** A date as a session keeps it (ISO), as a date again. */
export const dateOf = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
