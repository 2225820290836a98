import type { Content } from '../content/render.ts';
import type { Language, OutgoingMessage } from '../conversation/message.ts';
import { offer, reply, say } from '../conversation/say.ts';

/** What goes out in place of anything that is closed: the same words whatever it is about, and one choice. */
export const closedLine =
  (content: Content) =>
  (language: Language): Pick<OutgoingMessage, 'text' | 'choices'> =>
    content.render(reply([say('closed.line')], [offer('see', say('closed.see'))]), language);
