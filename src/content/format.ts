import { toCardinal as englishCardinal } from 'n2words/en-US';
import { toCardinal as spanishCardinal } from 'n2words/es-MX';
import { Temporal } from 'temporal-polyfill';
import type { Language } from '../conversation/message.ts';
import { type Money, toDecimal } from '../domain/money.ts';

// Indigenous languages are not in ICU and fall back to the machine's default: the locale is always named.
const LOCALE = { es: 'es-MX', en: 'en-US' } as const;

// Made once: a formatter costs a hundred times what it takes to use it.
const dates = (language: Language) =>
  new Intl.DateTimeFormat(LOCALE[language], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
const DATES = { es: dates('es'), en: dates('en') } as const;

const lists = (language: Language) => new Intl.ListFormat(LOCALE[language], { type: 'conjunction' });
const LISTS = { es: lists('es'), en: lists('en') } as const;

/** An amount in digits: "$1,500.00"; in English with its currency, because "$" alone would be read as dollars. */
export const digits = (amount: Money, language: Language): string => {
  const [whole = '0', cents = '00'] = toDecimal(amount.minor < 0n ? -amount.minor : amount.minor).split('.');
  const text = `$${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
  const signed = amount.minor < 0n ? `−${text}` : text;
  return language === 'en' || amount.currency !== 'MXN' ? `${signed} ${amount.currency}` : signed;
};

/** An amount in words: "ciento veinte pesos con cincuenta centavos". */
export const words = (amount: Money, language: Language): string =>
  language === 'es' ? spanishWords(amount) : englishWords(amount);

const spanishWords = ({ minor, currency }: Money): string => {
  const whole = minor / 100n;
  const cents = minor % 100n;
  const unit = { MXN: ['peso', 'pesos'], USD: ['dólar', 'dólares'] }[currency];
  // A whole number of millions takes "de": un millón de pesos.
  const of = whole >= 1_000_000n && whole % 1_000_000n === 0n ? 'de ' : '';
  const main = `${masculine(whole)} ${of}${whole === 1n ? unit[0] : unit[1]}`;
  return cents === 0n ? main : `${main} con ${masculine(cents)} ${cents === 1n ? 'centavo' : 'centavos'}`;
};

/** Before a noun "uno" loses its o: veintiún pesos, treinta y un pesos. */
const masculine = (n: bigint): string =>
  spanishCardinal(n)
    // n2words writes this one without its accent.
    .replace(/dieciseis/g, 'dieciséis')
    .replace(/veintiuno$/, 'veintiún')
    .replace(/\buno$/, 'un')
    .replace(/veintiuno mil/, 'veintiún mil')
    .replace(/\buno mil/, 'un mil');

const englishWords = ({ minor, currency }: Money): string => {
  const whole = minor / 100n;
  const cents = minor % 100n;
  const unit = { MXN: ['peso', 'pesos'], USD: ['dollar', 'dollars'] }[currency];
  const main = `${englishCardinal(whole)} ${whole === 1n ? unit[0] : unit[1]}`;
  return cents === 0n
    ? main
    : `${main} and ${englishCardinal(cents)} ${cents === 1n ? 'centavo' : 'centavos'}`;
};

/** "martes 24 de noviembre"; the year only matters to records, not to next Tuesday. */
export const dateWords = (date: Temporal.PlainDate, language: Language): string =>
  DATES[language].format(date.toZonedDateTime('UTC').epochMilliseconds).replace(',', '');

/** "5 de la tarde", "10:30 de la mañana"; "5:00 PM" in English. */
export const timeWords = (time: Temporal.PlainTime, language: Language): string => {
  const hour = time.hour % 12 === 0 ? 12 : time.hour % 12;
  const minutes = time.minute.toString().padStart(2, '0');
  if (language === 'en') return `${hour}:${minutes} ${time.hour < 12 ? 'AM' : 'PM'}`;
  const clock = time.minute === 0 ? `${hour}` : `${hour}:${minutes}`;
  return `${hour === 1 ? 'a la' : 'a las'} ${clock} ${partOfDay(time.hour)}`;
};

const partOfDay = (hour: number): string => {
  if (hour === 0) return 'de la noche';
  if (hour < 12) return 'de la mañana';
  if (hour === 12) return 'del día';
  return hour < 19 ? 'de la tarde' : 'de la noche';
};

/** "Ana, Lupita y Petra": a list as it is read aloud. */
export const listWords = (items: readonly string[], language: Language): string =>
  LISTS[language].format(items);
