import type { Content } from '../content/render.ts';
import type { IncomingMessage, Language } from '../conversation/message.ts';
import { reply, say } from '../conversation/say.ts';
import type { AddressFacts } from '../conversation/snapshot.ts';
import type { OutboxMessage } from '../store/outbox-json.ts';

type Wording = { readonly content: Content; readonly means: { readonly newId: () => string } };

/** The word that she is to wait a moment. */
export const waitWord = (
  { content, means }: Wording,
  { channel, languageHint }: IncomingMessage,
  { id, language }: AddressFacts,
): OutboxMessage => ({
  id: means.newId(),
  addressId: id,
  channel,
  memberId: undefined,
  kind: 'reply',
  lane: 0,
  unsolicited: false,
  message: content.render(reply([say('limit.wait')]), language ?? hinted(languageHint)),
  delaySeconds: 0,
});

/** The language of somebody of whom nothing is known. */
export const hinted = (hint: string | undefined): Language => (hint?.startsWith('en') ? 'en' : 'es');
