import type { FastifyError, FastifyInstance } from 'fastify';

/** Unknown routes, unreadable bodies and our own failures answer `{ error }`: what happened, where, what to do. */
export function answerErrorsInWords(server: FastifyInstance): void {
  server.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      error: `there is nothing at ${request.method} of this path; check the address and the method`,
    }),
  );

  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500)
      return reply.code(status).send({ error: wordsFor(status, request.routeOptions.bodyLimit) });
    // Not the message: a database's or a parser's message may repeat what a person wrote.
    request.log.error({ name: error.name, code: error.code, stack: framesOf(error) }, 'a web request failed');
    return reply
      .code(500)
      .send({ error: 'something failed on our side and the log says where; try again in a minute' });
  });
}

function wordsFor(status: number, bodyBytesMax: number | undefined): string {
  switch (status) {
    case 413:
      return `the body is too large; send at most ${bodyBytesMax ?? 'the allowed'} bytes`;
    case 415:
      return 'the body is not JSON; send it with the header content-type: application/json';
    default:
      return 'the body or the path cannot be read; send one JSON object and encode the path';
  }
}

/** Where in the code, without the first lines: they repeat the message. */
const framesOf = (error: Error): string[] =>
  (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
