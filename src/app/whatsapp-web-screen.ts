import { renderUnicodeCompact } from 'uqr';
import type { Content } from '../content/render.ts';
import type { Language } from '../conversation/message.ts';
import { say } from '../conversation/say.ts';

/** Of the link with a telephone, what an operator sees; `qr` is what the QR says. */
type Seen = { readonly state: 'starting' | 'qr' | 'ready' | 'lost'; readonly qr?: string };

/** What the page of the QR says, in each state. */
export const whatsAppWebWords = (content: Content, language: Language) => ({
  starting: content.sentence(say('screen.whatsapp_starting'), language),
  qr: content.sentence(say('screen.whatsapp_scan'), language),
  ready: content.sentence(say('screen.whatsapp_ready'), language),
  lost: content.sentence(say('screen.whatsapp_lost'), language),
});

/**
 * Prints the risks at once, since a person who never read the documents must know them, and then whatever becomes of the
 * link: the QR to scan, as long as there is one.
 */
export const announceWhatsAppWeb = (
  channel: { watch(changed: (seen: Seen) => void): void },
  { content, language }: { readonly content: Content; readonly language: Language },
  print: (text: string) => void,
): void => {
  print(`\n${content.sentence(say('screen.whatsapp_risks'), language)}\n`);
  const words = whatsAppWebWords(content, language);
  channel.watch(({ state, qr }) => {
    if (state === 'starting') return;
    print(`\n${words[state]}\n`);
    if (qr !== undefined) print(`\n${renderUnicodeCompact(qr, { border: 2 })}\n`);
  });
};
