import type { BroadcastContent } from '../broadcast-facts.ts';

/** So many letters of a message tell which one it is. */
const BEGINNING_CHARS = 40;

/** How a message to many begins, on one line; of a lesson its id, of a file alone what kind it is. */
export const beginning = ({ es, en, lessonId, file }: BroadcastContent): string => {
  const text = (es ?? en ?? lessonId ?? file?.kind ?? '').replaceAll(/\s+/gu, ' ');
  return text.length > BEGINNING_CHARS ? `${text.slice(0, BEGINNING_CHARS).replace(/ \S*$/u, '')}…` : text;
};
