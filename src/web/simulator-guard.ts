import type { FastifyRequest } from 'fastify';

const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;
const LOOPBACK = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Why this request may not reach the simulator, in words, or undefined when it may.
 * Whoever reaches the simulator speaks as anyone in the group, so only this same computer may, and no web page of others:
 * a name of theirs that resolves to 127.0.0.1 is caught by Host, a form or script of theirs by Origin.
 */
export function simulatorRefusal(request: FastifyRequest): string | undefined {
  const { host = '', origin } = request.headers;
  if (!LOOPBACK.test(request.raw.socket.remoteAddress ?? '')) {
    return 'the simulator answers only on the computer it runs on; open it there, or through an SSH tunnel';
  }
  if (PROXY_HEADERS.some((name) => request.headers[name] !== undefined)) {
    return 'the simulator does not answer through a proxy; open it directly on the computer it runs on';
  }
  if (!LOCAL_HOST.test(host)) {
    return 'the simulator does not answer to this host name; open it as http://localhost or http://127.0.0.1';
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return "this request comes from another site's page; use the simulator's own page";
  }
  return undefined;
}
