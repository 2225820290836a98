import { PassThrough } from 'node:stream';

const HEARTBEAT_MS = 15_000; // below the idle limit of common proxies and browsers
const RETRY_MS = 2_000;
const UNREAD_BYTES_MAX = 1_048_576; // a page that stopped reading is let go; it asks again from its last event

type ServerEvent = { readonly id?: string; readonly event?: string; readonly body: unknown };

/** Server-sent events to one page. `whenClosed` runs once, however it ends. */
export type EventStream = {
  readonly readable: PassThrough;
  send(event: ServerEvent): void;
  end(): void;
};

/** Opens a stream of server-sent events with a heartbeat. The id, if any, comes back as Last-Event-ID. */
export function eventStream(whenClosed: () => void): EventStream {
  const readable = new PassThrough();
  const write = (lines: string): void => {
    if (readable.destroyed || readable.writableEnded) return;
    if (readable.readableLength + readable.writableLength > UNREAD_BYTES_MAX) readable.destroy();
    else readable.write(`${lines}\n\n`);
  };
  const heartbeat = setInterval(() => write(': still here'), HEARTBEAT_MS).unref();
  readable.once('close', () => {
    clearInterval(heartbeat);
    whenClosed();
  });
  write(`retry: ${RETRY_MS}`);

  return {
    readable,
    end: () => readable.end(),
    send({ id, event, body }) {
      const lines = [
        ...(id === undefined ? [] : [`id: ${id}`]),
        ...(event === undefined ? [] : [`event: ${event}`]),
        `data: ${JSON.stringify(body)}`,
      ];
      write(lines.join('\n'));
    },
  };
}
