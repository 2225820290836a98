import { z } from 'zod';
import type { BroadcastContent } from '../conversation/broadcast-facts.ts';
import type { Language, OutgoingMessage } from '../conversation/message.ts';
import { outgoing } from './outgoing-json.ts';
import type { Secrets } from './secrets.ts';

/** The messages of a broadcast as they go out, by the language of whoever reads them. */
export type BroadcastMessages = Readonly<Record<Language, OutgoingMessage>>;

const messages = z.object({ es: outgoing, en: outgoing });

/** What a broadcast says, as it is stored. */
export const broadcastContent = z.object({
  es: z.string().exactOptional(),
  en: z.string().exactOptional(),
  file: z
    .object({
      hash: z.string().regex(/^[0-9a-f]{64}$/u),
      kind: z.enum(['voice', 'image', 'video', 'document']),
    })
    .exactOptional(),
  lessonId: z.string().exactOptional(),
}) satisfies z.ZodType<BroadcastContent>;

const wordsPlace = (id: string): string => `broadcast/${id}`;
const contentPlace = (id: string): string => `broadcast-content/${id}`;

export const sealMessages = (secrets: Secrets, id: string, of: BroadcastMessages): Buffer =>
  secrets.outboxSeal(wordsPlace(id), JSON.stringify(of));

/** The message of a broadcast in one language; Spanish for whoever has none of ours. */
export const broadcastMessage = (
  secrets: Secrets,
  of: { readonly id: string; readonly sealed: Buffer; readonly language: string | null },
): OutgoingMessage => {
  const { es, en } = opened(secrets, of);
  return of.language === 'en' ? en : es;
};

/** All of them, each text as `changed` has it. */
export const broadcastMessages = (
  secrets: Secrets,
  of: { readonly id: string; readonly sealed: Buffer },
  changed: (text: string) => string,
): BroadcastMessages => {
  const { es, en } = opened(secrets, of);
  const each = ({ text, template, ...message }: OutgoingMessage): OutgoingMessage => ({
    ...message,
    text: changed(text),
    ...(template && { template: { ...template, values: template.values.map(changed) } }),
  });
  return { es: each(es), en: each(en) };
};

const opened = (secrets: Secrets, { id, sealed }: { readonly id: string; readonly sealed: Buffer }) =>
  messages.parse(JSON.parse(secrets.outboxOpen(wordsPlace(id), sealed)));

export const sealContent = (secrets: Secrets, id: string, of: BroadcastContent): Buffer =>
  secrets.outboxSeal(contentPlace(id), JSON.stringify(of));

export const openContent = (secrets: Secrets, id: string, sealed: Buffer): BroadcastContent =>
  broadcastContent.parse(JSON.parse(secrets.outboxOpen(contentPlace(id), sealed)));
