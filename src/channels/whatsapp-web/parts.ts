import type { ToSend } from '../channel.ts';
import { splitText } from '../split-text.ts';
import type { Part } from './protocol.ts';

/** WhatsApp takes 65,536, but a telephone shows far less before "read more". As on its other channel. */
const TEXT_UTF16_UNITS_MAX = 4_096;
/** Words under a file. */
const CAPTION_UTF16_UNITS_MAX = 1_024;

/**
 * The bubbles of one message, in order. WhatsApp shows no buttons of people like us, so choices are numbered lines at the
 * end. Words go under their file where they fit; a voice note has no words under it.
 */
export function partsOf({ text, choices, file }: ToSend): Part[] {
  const lines = choices.map(({ label }, index) => `${index + 1}. ${label}`);
  const menu = lines.join('\n');
  const words = text.trim();
  if (file === undefined) return textParts(words, menu);
  const whole = joined(words, menu);
  const captioned = file.kind !== 'voice' && whole.length <= CAPTION_UTF16_UNITS_MAX;
  const { kind, name, mime, bytes } = file;
  const filePart: Part = { text: captioned ? whole : '', file: { kind, name, mime, bytes } };
  return captioned ? [filePart] : [filePart, ...textParts(words, menu)];
}

/** The choices stay together under the last words. */
function textParts(words: string, menu: string): Part[] {
  const whole = joined(words, menu);
  if (whole.length <= TEXT_UTF16_UNITS_MAX) return whole === '' ? [] : [{ text: whole }];
  const parts = splitText(words, TEXT_UTF16_UNITS_MAX);
  const last = parts.pop() ?? '';
  const end = joined(last, menu);
  const ends = end.length <= TEXT_UTF16_UNITS_MAX ? [end] : [last, ...splitText(menu, TEXT_UTF16_UNITS_MAX)];
  return [...parts, ...ends].map((text) => ({ text }));
}

const joined = (words: string, menu: string): string =>
  [words, menu].filter((part) => part !== '').join('\n\n');
