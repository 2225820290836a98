import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { FILE_BYTES_MAX } from '../channels/channel.ts';
import type { SimulatorChannel } from '../channels/simulator/simulator.ts';
import { addressOf, wrongAddress } from './simulator-address.ts';
import { postOrSay } from './simulator-messages.ts';

const NAME_CHARS_MAX = 120;
const CAPTION_CHARS_MAX = 1_024; // as on Telegram
const MIME = /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/;

/** What a browser shows or plays without running anything of it. Every other file is only ever saved. */
const SHOWN = /^(?:image\/(?:png|jpeg|webp|gif)|audio\/[\w.+-]+|video\/(?:mp4|webm)|application\/pdf)$/;

const querySchema = z.object({
  kind: z.enum(['voice', 'image', 'video', 'document']),
  name: z.string().min(1).max(NAME_CHARS_MAX),
  caption: z.string().trim().max(CAPTION_CHARS_MAX).optional(),
  messageId: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .optional(),
});

const idSchema = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });

/** A file she sends is the whole body, of any type; a file of a bubble is at the message's id. */
export function addFileRoutes(server: FastifyInstance, channel: SimulatorChannel): void {
  server.get('/simulator/:address/files/:id', async (request, reply) => {
    const address = addressOf(request);
    const id = idSchema.safeParse(request.params).data?.id;
    const file = address === undefined || id === undefined ? undefined : channel.file(address, id);
    if (!file) return reply.code(404).send({ error: 'this file is not kept any more; ask for it again' });
    const isShown = SHOWN.test(file.mime);
    return reply
      .headers({
        'content-type': isShown ? file.mime : 'application/octet-stream',
        'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded(file.name)}`,
      })
      .send(Buffer.from(file.bytes));
  });

  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post('/simulator/:address/files', { bodyLimit: FILE_BYTES_MAX }, async (request, reply) => {
      const address = addressOf(request);
      if (address === undefined) return reply.code(400).send(wrongAddress);
      const query = querySchema.safeParse(request.query);
      const { body } = request;
      if (!query.success || !Buffer.isBuffer(body) || body.byteLength === 0)
        return reply.code(400).send(wrongFile);
      const { kind, name, caption, messageId } = query.data;
      const sent = (request.headers['content-type'] ?? '').split(';')[0] ?? '';
      const mime = MIME.test(sent) ? sent.toLowerCase() : 'application/octet-stream';
      return postOrSay(request, reply, () =>
        channel.postFile({
          address,
          file: { kind, name, mime, bytes: body },
          ...(caption && { caption }),
          ...(messageId && { messageId }),
        }),
      );
    });
  });
}

const wrongFile = {
  error: `this is no file; send its bytes as the body, with ?kind=voice|image|video|document and a name of 1 to ${NAME_CHARS_MAX} characters`,
} as const;

/** For a header: what encodeURIComponent leaves and RFC 8187 does not. */
const encoded = (name: string): string =>
  encodeURIComponent(name.replaceAll(/\p{Surrogate}/gu, '')).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
