import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../conversation/message.ts';
import { type Say, say } from '../../conversation/say.ts';
import type { Money } from '../../domain/money.ts';
import { digits, words } from '../format.ts';
import type { Content } from '../render.ts';

/** The words of one language, as a page needs them. */
export type Voice = {
  readonly sentence: (said: Say) => string;
  readonly digits: (amount: Money) => string;
  readonly words: (amount: Money) => string;
  /** "martes 24 de noviembre de 2026": paper is found again years later. */
  readonly fullDate: (date: Temporal.PlainDate) => string;
  /** "24 nov 2026": where a whole date has no room. */
  readonly shortDate: (date: Temporal.PlainDate) => string;
};

// As in content/format: the locale is named, and a formatter is made once.
const shortDates = (locale: string) =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const SHORT_DATES = { es: shortDates('es-MX'), en: shortDates('en-US') } as const;

export const voiceOf = (content: Content, language: Language): Voice => ({
  sentence: (said) => content.sentence(said, language),
  digits: (amount) => digits(amount, language),
  words: (amount) => words(amount, language),
  fullDate: (date) => content.sentence(say('paper.full-date', { date, year: date.year }), language),
  shortDate: (date) =>
    content.sentence(
      say('paper.short-date', {
        day: SHORT_DATES[language].format(date.toZonedDateTime('UTC').epochMilliseconds),
        year: date.year,
      }),
      language,
    ),
});
