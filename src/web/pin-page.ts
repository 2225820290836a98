import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PIN_PAGE, type PinDoor } from '../app/pin-door.ts';
import { securityHeaders } from './security-headers.ts';

const BODY_BYTES_MAX = 256;
const typedSchema = z.strictObject({ digits: z.string().regex(/^\d{4,6}$/u) });

/** Keys in another order each time, and dots. It says nothing in any language; what was not taken she may send again. */
const SCRIPT = `
const keys = [...'0123456789'];
for (let at = keys.length - 1; at > 0; at -= 1) {
  const other = crypto.getRandomValues(new Uint32Array(1))[0] % (at + 1);
  [keys[at], keys[other]] = [keys[other], keys[at]];
}
let typed = '';
const dots = document.querySelector('p');
const pad = document.querySelector('div');
const show = () => { dots.textContent = typed === '' ? '\\u25cb' : '\\u25cf'.repeat(typed.length); };
const press = (label, act) => {
  const key = document.createElement('button');
  key.textContent = label;
  key.onclick = () => { act(); show(); };
  pad.append(key);
};
const digit = (one) => press(one, () => { if (typed.length < 6) typed += one; });
keys.slice(0, 9).forEach(digit);
press('\\u232b', () => { typed = typed.slice(0, -1); });
digit(keys[9]);
press('\\u2713', async () => {
  if (typed.length < 4) return;
  const digits = typed;
  typed = '';
  pad.remove();
  const taken = await fetch(location.pathname, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ digits }),
  }).then(({ status }) => status === 204, () => false);
  if (taken) dots.textContent = '\\u2713';
  else { document.body.append(pad); show(); }
});
show();
`;

const STYLE = `
body { margin: 2em auto; max-width: 18em; font: 1.5em system-ui, sans-serif; text-align: center }
div { display: grid; grid-template-columns: repeat(3, 1fr); gap: .4em }
button { font: inherit; padding: .7em 0; border: 1px solid #999; border-radius: .4em; background: #fff; color: #111 }
`;

const PAGE = `<!doctype html><html><head><meta charset="utf-8"><title>·</title>
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><style>${STYLE}</style></head>
<body><p></p><div></div><script>${SCRIPT}</script></body></html>
`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const headers = {
  ...securityHeaders,
  'content-security-policy': [
    "default-src 'none'",
    `script-src ${hashOf(SCRIPT)}`,
    `style-src ${hashOf(STYLE)}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
};

/**
 * The page on which a PIN is typed where a chat would keep it. It is the same page whatever stands in its address, and the
 * same answer whatever is sent to it: whoever tries addresses learns nothing, not even whether one was ever there. Only when
 * nothing can be kept now it says so, whatever stands there: 503.
 */
export function addPinPage(server: FastifyInstance, takePin: PinDoor): void {
  server.get<{ Params: { token: string } }>(`${PIN_PAGE}:token`, (_request, reply) =>
    reply.headers(headers).type('text/html; charset=utf-8').send(PAGE),
  );
  server.post<{ Params: { token: string } }>(
    `${PIN_PAGE}:token`,
    { bodyLimit: BODY_BYTES_MAX },
    async (request, reply) => {
      const typed = typedSchema.safeParse(request.body);
      try {
        if (typed.success) await takePin(request.params.token, typed.data.digits);
      } catch (error) {
        request.log.error(
          { name: error instanceof Error ? error.name : typeof error },
          'what was typed on a page was not kept',
        );
        return reply.headers(headers).code(503).send();
      }
      return reply.headers(headers).code(204).send();
    },
  );
}
