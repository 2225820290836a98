import { createInstance } from 'i18next';
import { Temporal } from 'temporal-polyfill';
import type { Choice, Language, OutgoingMessage } from '../conversation/message.ts';
import type { Reply, Say, Value } from '../conversation/say.ts';
import type { Money } from '../domain/money.ts';
import { dateWords, digits, listWords, timeWords, words } from './format.ts';

/** The texts of every language, as the locale files hold them: key to text with {{values}}. */
export type LocaleTexts = Readonly<Record<Language, Readonly<Record<string, string>>>>;

export type Content = {
  /** A reply as one message in a person's language. */
  render(reply: Reply, language: Language): OutgoingMessage;
  sentence(say: Say, language: Language): string;
};

/** Makes the words of the bot. What people wrote only ever enters as a named value, never as a text or an option. */
export const createContent = (texts: LocaleTexts): Content => {
  const catalogue = createInstance();
  void catalogue.init({
    initAsync: false,
    lng: 'es',
    fallbackLng: 'es',
    supportedLngs: ['es', 'en'],
    resources: { es: { translation: texts.es }, en: { translation: texts.en } },
    // Keys hold dots ("menu.title") and no namespaces; chat text is not HTML.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  const speakers = { es: catalogue.getFixedT('es'), en: catalogue.getFixedT('en') };
  const sentence = (said: Say, language: Language): string =>
    speakers[language](said.key, valuesOf(said, language, sentence));
  return {
    sentence,
    render: (reply, language) => ({
      text: reply.lines.map((line) => sentence(line, language)).join('\n'),
      choices: reply.offers.map(
        (offer): Choice => ({ payload: offer.payload, label: sentence(offer.label, language) }),
      ),
      ...(reply.attachment && { attachment: reply.attachment }),
      ...(reply.edits !== undefined && { edits: reply.edits }),
      ...(reply.columns !== undefined && { columns: reply.columns }),
    }),
  };
};

type Sentence = (say: Say, language: Language) => string;

const valuesOf = (said: Say, language: Language, sentence: Sentence): Record<string, string | number> => {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(said.with)) {
    values[name] = shown(value, language, sentence);
    if (isMoney(value)) values[`${name}Words`] = words(value, language);
  }
  return values;
};

const shown = (value: Value, language: Language, sentence: Sentence): string | number => {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return apart(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Temporal.PlainDate) return dateWords(value, language);
  if (value instanceof Temporal.PlainTime) return timeWords(value, language);
  if (isMoney(value)) return digits(value, language);
  return listWords(
    value.map((said) => sentence(said, language)),
    language,
  );
};

/** Characters that turn the direction of what comes after them. */
const TURNS = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/gu;
/** Writing from right to left: between marks of its own, so that the amount beside it stays where it is. */
const FROM_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** What people wrote changes nothing of the sentence around it. */
const apart = (value: string): string => {
  const straight = value.replace(TURNS, '');
  return FROM_RIGHT.test(straight) ? `\u2068${straight}\u2069` : straight;
};

const isMoney = (value: Value): value is Money => typeof value === 'object' && 'minor' in value;
