import type { FastifyInstance } from 'fastify';
import { renderSVG } from 'uqr';
import type { WhatsAppWebChannel } from '../channels/whatsapp-web/whatsapp-web.ts';
import { simulatorRefusal } from './simulator-guard.ts';

/** WhatsApp shows another QR every twenty seconds. */
const REFRESH_SECONDS = 3;

export type WhatsAppWebPageOptions = {
  /** Its path: a part of it is known only to whoever sees the terminal. */
  readonly path: string;
  readonly channel: Pick<WhatsAppWebChannel, 'state'>;
  /** What the page says to who holds the telephone, in each state. */
  readonly words: Readonly<Record<ReturnType<WhatsAppWebChannel['state']>['state'], string>>;
};

/**
 * The QR that links the telephone, as long as there is one. Whoever scans it connects a telephone of theirs, so it answers,
 * as the simulator does, only on the computer it runs on; and since a proxy that does not say so makes everybody look like
 * that, only at a path that nobody guesses. `server` must be a scope of its own.
 */
export function addWhatsAppWebPage(
  server: FastifyInstance,
  { path, channel, words }: WhatsAppWebPageOptions,
): void {
  server.addHook('onRequest', async (request, reply) => {
    const error = simulatorRefusal(request);
    if (error !== undefined) await reply.code(403).send({ error });
  });
  server.get(path, (_request, reply) => {
    const { state, qr } = channel.state();
    const picture = qr === undefined ? '' : renderSVG(qr, { border: 4, pixelSize: 8 });
    return reply.header('content-type', 'text/html; charset=utf-8').send(
      `<!doctype html><html lang="es"><head><meta charset="utf-8"><title>WhatsApp · Comadre</title>
<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${REFRESH_SECONDS}"></head>
<body data-state="${state}"><p>${escaped(words[state])}</p>${picture}</body></html>\n`,
    );
  });
}

const escaped = (text: string): string => text.replace(/[&<>"]/gu, (sign) => `&#${sign.charCodeAt(0)};`);
