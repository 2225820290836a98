import type { IncomingBody } from '../../conversation/message.ts';
import type { SimulatorMessage } from './history.ts';

/**
 * What the person's own bubble says. Things without words of their own get a sign, which needs no translation.
 *
 * @param before what her phone showed until now: a button says what it said when it was offered
 */
export function shownText(body: IncomingBody, before: readonly SimulatorMessage[]): string {
  switch (body.type) {
    case 'text':
      return body.text;
    case 'button':
      return labelOf(body.payload, before) ?? body.payload;
    case 'start':
      return body.code === undefined ? '/start' : `/start ${body.code}`;
    case 'unread':
      return { edited: '✏️', location: '📍', other: '❔' }[body.kind];
    case 'media':
      return [{ voice: '🎤', image: '🖼️', video: '🎬', document: '📄' }[body.kind], body.caption]
        .filter(Boolean)
        .join(' ');
    case 'contact':
      return '👤';
    case 'pin':
      return '🔢';
    case 'moved':
      return '🔁';
    case 'group-chat':
      return '👥';
    case 'reachable':
      return body.reachable ? '✅' : '🚫';
  }
}

/** The same payload may have been offered under several labels: she pressed the newest. */
const labelOf = (payload: string, before: readonly SimulatorMessage[]): string | undefined =>
  before.flatMap((message) => message.choices).findLast((choice) => choice.payload === payload)?.label;
