/** The updates that wait for the bot: fetched by long polling, or posted to its webhook. */

export type Update = { readonly update_id: number } & Readonly<Record<string, unknown>>;
export type Hook = { readonly url: string; readonly secret: string | undefined };
export type Take = { readonly offset?: number; readonly limit: number; readonly timeoutMs: number };
export type Taken = { readonly updates: readonly Update[] } | { readonly conflict: 'another' | 'webhook' };

type Waiting = { readonly update: Update; readonly chat: string; again: boolean };

const WEBHOOK_RETRY_MS_FIRST = 50; // Telegram waits longer; tests need not
const WEBHOOK_RETRY_MS_MAX = 1_000;
/** What Telegram leaves out unless it is asked for. */
const NOT_BY_DEFAULT = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

export type Updates = ReturnType<typeof updatesInLine>;

export function updatesInLine(firstId: number) {
  const waiting: Waiting[] = [];
  const known = new Map<number, Update>();
  const posting = new Set<string>();
  const stopping = new AbortController();
  let nextId = firstId;
  let allowed: readonly string[] = [];
  let hook: Hook | undefined;
  let poll: { end(taken: Taken): void } | undefined;
  let wake: () => void = () => undefined;

  const push = (update: Update, again: boolean): void => {
    known.set(update.update_id, update);
    const entry = { update, chat: chatOf(update), again };
    if (again) waiting.unshift(entry);
    else waiting.push(entry);
    wake();
    postAll();
  };

  const take = ({ offset, limit }: Pick<Take, 'offset' | 'limit'>): Update[] => {
    if (offset !== undefined) {
      const open = waiting.filter(({ update, again }) => again || update.update_id >= offset);
      waiting.splice(0, waiting.length, ...open);
    }
    const taken = waiting.slice(0, limit);
    for (const entry of taken) entry.again = false;
    return taken.map(({ update }) => update);
  };

  /** One post at a time for each chat, in order, until it is accepted. */
  const postChat = async (chat: string): Promise<void> => {
    let pauseMs = WEBHOOK_RETRY_MS_FIRST;
    for (;;) {
      if (hook === undefined || stopping.signal.aborted) return;
      const entry = waiting.find((each) => each.chat === chat);
      if (entry === undefined) return;
      if (await post(hook, entry.update, stopping.signal)) {
        waiting.splice(waiting.indexOf(entry), 1);
        pauseMs = WEBHOOK_RETRY_MS_FIRST;
      } else {
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        pauseMs = Math.min(pauseMs * 2, WEBHOOK_RETRY_MS_MAX);
      }
    }
  };
  const postAll = (): void => {
    if (hook === undefined || stopping.signal.aborted) return;
    for (const chat of new Set(waiting.map((each) => each.chat))) {
      if (posting.has(chat)) continue;
      posting.add(chat);
      void postChat(chat).finally(() => {
        posting.delete(chat);
        postAll();
      });
    }
  };

  return {
    /** Puts an update in line; undefined if the bot asked not to get its kind. */
    add(kind: string, content: unknown): number | undefined {
      const wanted = allowed.length === 0 ? !NOT_BY_DEFAULT.has(kind) : allowed.includes(kind);
      if (!wanted) return undefined;
      const id = nextId;
      nextId += 1;
      push({ update_id: id, [kind]: content }, false);
      return id;
    },
    /** Puts anything in line as it is, good or bad; it gets the next number. */
    addRaw(content: Readonly<Record<string, unknown>>): number {
      const id = nextId;
      nextId += 1;
      push({ ...content, update_id: id }, false);
      return id;
    },
    /** Delivers an update once more, whatever was confirmed; under a number of its own if `newId`. */
    redeliver(updateId: number, newId: boolean): number {
      const update = known.get(updateId);
      if (update === undefined) throw new Error(`there was no update ${updateId}`);
      if (newId) return this.addRaw(update);
      push(update, true);
      return updateId;
    },
    allow(kinds: readonly string[] | undefined): void {
      if (kinds !== undefined) allowed = kinds;
    },
    setHook(next: Hook | undefined, drop: boolean): void {
      hook = next;
      if (drop) waiting.length = 0;
      if (hook !== undefined) poll?.end({ conflict: 'webhook' });
      postAll();
    },
    hook: (): Hook | undefined => hook,
    /** Numbers of the updates not yet confirmed. */
    open: (): number[] => waiting.map(({ update }) => update.update_id),
    /** The updates from `offset` on, as soon as there are any; those before it are confirmed, that is, forgotten. */
    async poll(wanted: Take, closed: AbortSignal): Promise<Taken> {
      if (hook !== undefined) return { conflict: 'webhook' };
      poll?.end({ conflict: 'another' });
      const now = take(wanted);
      if (now.length > 0 || wanted.timeoutMs === 0) return { updates: now };
      return await new Promise<Taken>((resolve) => {
        const end = (taken: Taken): void => {
          clearTimeout(timer);
          if (poll === own) poll = undefined;
          resolve(taken);
        };
        const own = { end };
        const timer = setTimeout(end, wanted.timeoutMs, { updates: [] });
        closed.addEventListener('abort', () => end({ updates: [] }));
        poll = own;
        wake = () => poll?.end({ updates: take({ limit: wanted.limit }) });
      });
    },
    /** Ends a waiting poll with nothing, as when its time is up. */
    endPoll(): void {
      poll?.end({ updates: [] });
    },
    /** The next update gets this number, as after a week without any. */
    renumber(from: number): void {
      nextId = from;
    },
    stop(): void {
      stopping.abort();
      poll?.end({ updates: [] });
    },
  };
}

async function post({ url, secret }: Hook, update: Update, signal: AbortSignal): Promise<boolean> {
  try {
    const headers = {
      'content-type': 'application/json',
      ...(secret === undefined ? {} : { 'X-Telegram-Bot-Api-Secret-Token': secret }),
    };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(update), signal });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

function chatOf(update: Update): string {
  return /"chat":\{"id":(?<id>-?\d+)/u.exec(JSON.stringify(update))?.groups?.['id'] ?? 'none';
}
