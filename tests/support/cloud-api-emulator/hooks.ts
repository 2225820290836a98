import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

type Change = { readonly field: string; readonly value: Readonly<Record<string, unknown>> };

/** Posts what happened to the business's webhook, signed, in order, again and again until it is accepted. */
export type Hooks = {
  /** Where to post to; undefined keeps everything for later. */
  at(url: string | undefined): void;
  add(change: Change): void;
  /** What was added last, once more. */
  again(wanted: (change: Change) => boolean): void;
  /** Changes that were not accepted yet. */
  open(): number;
  /** The status of every answer so far. */
  readonly answers: readonly number[];
  /** The secret from now on. */
  signWith(secret: string): void;
  stop(): Promise<void>;
};

type HookSettings = { readonly secret: string; readonly accountId: string; readonly batchMax: number };

const RETRY_MS = 20;
const IDLE_MS = 2;

export function hooksOf({ secret: first, accountId, batchMax }: HookSettings): Hooks {
  const line: Change[] = [];
  const past: Change[] = [];
  const answers: number[] = [];
  let url: string | undefined;
  let secret = first;
  const stopping = new AbortController();

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const batch = line.slice(0, batchMax);
      if (batch.length === 0 || url === undefined) {
        await wait(IDLE_MS);
        continue;
      }
      const status = await post(url, secret, {
        object: 'whatsapp_business_account',
        entry: [{ id: accountId, changes: batch }],
      });
      answers.push(status);
      if (status === 200) line.splice(0, batch.length);
      else await wait(RETRY_MS);
    }
  };
  const running = run();

  return {
    at: (where) => void (url = where),
    add(change) {
      line.push(change);
      past.push(change);
    },
    again(wanted) {
      const change = past.findLast(wanted);
      if (change !== undefined) line.push(change);
    },
    open: () => line.length,
    answers,
    signWith: (next) => void (secret = next),
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** The bytes are signed as they go out. 0: nobody answered. */
async function post(url: string, secret: string, payload: unknown): Promise<number> {
  const body = JSON.stringify(payload);
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
      body,
      signal: AbortSignal.timeout(20_000),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
