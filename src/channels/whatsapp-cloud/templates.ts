import type { Language, Template } from '../../conversation/message.ts';
import type { SendFailure } from '../channel.ts';

/** Words registered with Meta: under which name and language, and how many places they have. */
export type PreparedWords = {
  readonly name: string;
  /** As Meta writes it: es_MX. */
  readonly language: string;
  /** What fills each place. */
  readonly values: readonly string[];
};

export type PreparedTemplates = Readonly<Record<Language, Readonly<Record<string, PreparedWords>>>>;

const VALUE_CHARS_MAX = 200;

/**
 * A template message, or why it cannot be one: no such words, another number of values, or a value that is empty or too
 * long. Meta refuses line ends, tabs and rows of spaces in a value, so white space becomes one space.
 */
export function templateMessage(
  templates: PreparedTemplates,
  { key, language, values }: Template,
):
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly failure: SendFailure } {
  const words = templates[language][key];
  if (words === undefined) return fault(`no template "${key}" in ${language}`);
  if (values.length !== words.values.length) {
    return fault(`template "${key}" has ${words.values.length} places and was given ${values.length}`);
  }
  const texts = values.map((value) => value.replace(/\s+/gu, ' ').trim());
  const at = texts.findIndex((text) => text === '' || text.length > VALUE_CHARS_MAX);
  // Of this one message: the same words with other values may go to everybody else.
  if (at >= 0) return bug(`value ${at + 1} of template "${key}" is empty or too long`);
  const parameters = texts.map((text) => ({ type: 'text', text }));
  const { name, language: code } = words;
  const components = parameters.length === 0 ? [] : [{ type: 'body', parameters }];
  return { ok: true, body: { type: 'template', template: { name, language: { code }, components } } };
}

const fault = (detail: string) => ({ ok: false, failure: { type: 'template-fault', detail } }) as const;
const bug = (detail: string) => ({ ok: false, failure: { type: 'our-bug', detail } }) as const;
