import type { Choice } from '../../conversation/message.ts';

// Meta, interactive messages: limits in characters, counted here in UTF-16 units, which are never fewer.
const BUTTONS_MAX = 3;
const BUTTON_CHARS_MAX = 20;
const ROWS_MAX = 10;
const ROW_CHARS_MAX = 24;
const ROW_DESCRIPTION_CHARS_MAX = 72;
const PAYLOAD_BYTES_MAX = 200;

/**
 * How choices are shown. `lines` are numbered lines to write under the words, wherever a number cannot be seen without
 * them: whoever has an old telephone, or does not tap, answers with the number.
 */
export type Shown = {
  readonly lines: readonly string[];
  /** What Meta calls the interactive part; undefined: words only. */
  readonly action?: { readonly type: 'button' | 'list'; readonly action: Readonly<Record<string, unknown>> };
};

/** Reply buttons for up to three short choices, a list for up to ten, numbered lines for all others. */
export function shownChoices(choices: readonly Choice[]): Shown {
  const numbered = choices.map(({ label }, at) => `${at + 1}. ${inOneLine(label)}`);
  if (choices.length === 0 || !canBePressed(choices)) return { lines: numbered };
  if (
    choices.length <= BUTTONS_MAX &&
    choices.every(({ label }) => inOneLine(label).length <= BUTTON_CHARS_MAX)
  ) {
    const fit = numbered.every((title) => title.length <= BUTTON_CHARS_MAX);
    const titles = fit ? numbered : choices.map(({ label }) => inOneLine(label));
    if (new Set(titles).size === titles.length) {
      const buttons = choices.map(({ payload }, at) => ({
        type: 'reply',
        reply: { id: payload, title: titles[at] },
      }));
      return { lines: fit ? [] : numbered, action: { type: 'button', action: { buttons } } };
    }
  }
  const rows = choices.map(({ label, payload }, at) => rowOf(payload, at + 1, inOneLine(label)));
  const fit = rows.every(({ description }) => (description?.length ?? 0) <= ROW_DESCRIPTION_CHARS_MAX);
  if (choices.length > ROWS_MAX || !fit) return { lines: numbered };
  // The button that opens the list has numbers for words: they are the same in every language.
  const action = { button: choices.length === 1 ? '1' : `1 – ${choices.length}`, sections: [{ rows }] };
  return { lines: numbered, action: { type: 'list', action } };
}

/** Rows are hidden until the list is opened, and a long label stands whole below its title. */
function rowOf(
  id: string,
  number: number,
  label: string,
): { id: string; title: string; description?: string } {
  const title = `${number}. ${label}`;
  if (title.length <= ROW_CHARS_MAX) return { id, title };
  const head = title
    .slice(0, ROW_CHARS_MAX - 1)
    .replace(/[\uD800-\uDBFF]$/u, '')
    .trimEnd();
  return { id, title: `${head}…`, description: label };
}

/** Two choices with one payload could not be told apart, and Meta refuses them. */
function canBePressed(choices: readonly Choice[]): boolean {
  const payloads = choices.map(({ payload }) => payload);
  const fit = payloads.every((payload) => payload !== '' && Buffer.byteLength(payload) <= PAYLOAD_BYTES_MAX);
  return fit && new Set(payloads).size === payloads.length;
}

const inOneLine = (label: string): string => label.replace(/\s+/gu, ' ').trim();
