import type { Channel, Fetched, SendFailure, SendResult, ToSend } from '../../src/channels/channel.ts';

/** What Telegram takes with a button. */
const PAYLOAD_BYTES_MAX = 64;

/** What may go wrong with one send. `lost-acknowledgement`: she has the message, we never hear that she does. */
export type Fault =
  /** `sentParts`: what of it is out all the same. */
  (SendFailure & { readonly sentParts?: readonly string[] }) | { readonly type: 'lost-acknowledgement' };

export type Sent = {
  readonly address: string;
  readonly message: ToSend;
  /** Milliseconds of `performance.now()` at the call. */
  readonly at: number;
};

/** A platform that does what a test says: it keeps every call and fails by script. */
export type FakeChannel = Channel & {
  /** Every call, also those that failed. */
  readonly calls: readonly Sent[];
  /** What reached a phone. */
  readonly arrived: readonly Sent[];
  /** What reached this phone, oldest first. */
  to(address: string): ToSend[];
  /** The next sends to this address go wrong like this, one after the other; then it works again. */
  failTo(address: string, ...faults: readonly Fault[]): void;
  /** What somebody sent, by the name the platform has for it; `fetched` is what was asked for. */
  readonly files: Map<string, Fetched>;
  readonly fetched: readonly string[];
  /** Ids that were to be taken back, as the app named them. */
  readonly erased: readonly string[];
  /** What was to be edited, as the app named it, and into which words. */
  readonly edited: readonly { readonly sentId: string; readonly text: string }[];
  /** Every send goes wrong like this until it is called with nothing. */
  failAll(fault?: Fault): void;
  /** Sends wait on the wire until `release`. */
  hold(): void;
  release(): void;
  /** Tells the app that it can send again. */
  becomesReady(): void;
};

export type FakeLimits = Channel['limits'];

/** @param name the channel that addresses of the test world are on */
export const fakeChannel = (
  name = 'simulator',
  limits: FakeLimits = { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
  windowHours?: number,
): FakeChannel => {
  const calls: Sent[] = [];
  const arrived: Sent[] = [];
  const erased: string[] = [];
  const edited: { sentId: string; text: string }[] = [];
  const files = new Map<string, Fetched>();
  const fetched: string[] = [];
  const readies: (() => void)[] = [];
  const scripts = new Map<string, Fault[]>();
  let everywhere: Fault | undefined;
  let held: { promise: Promise<void>; open: () => void } | undefined;

  const answer = (sent: Sent): SendResult => {
    const fault = scripts.get(sent.address)?.shift() ?? everywhere;
    if (fault === undefined || fault.type === 'lost-acknowledgement') arrived.push(sent);
    if (fault === undefined) {
      const { file } = sent.message;
      const fileId = file && (file.knownId ?? `file-${calls.length}`);
      return { ok: true, sentId: `sent-${calls.length}`, ...(fileId !== undefined && { fileId }) };
    }
    if (fault.type === 'lost-acknowledgement') return { ok: false, failure: { type: 'unavailable' } };
    const { sentParts, ...failure } = fault;
    return { ok: false, failure, ...(sentParts && { sentParts }) };
  };

  return {
    name,
    limits,
    ...(windowHours !== undefined && { windowHours }),
    erased,
    edited,
    files,
    fetched,
    calls,
    arrived,
    to: (address) => arrived.filter((sent) => sent.address === address).map((sent) => sent.message),
    failTo: (address, ...faults) => {
      scripts.set(address, [...(scripts.get(address) ?? []), ...faults]);
    },
    failAll: (fault) => {
      everywhere = fault;
    },
    hold: () => {
      let open = (): void => undefined;
      const promise = new Promise<void>((resolve) => {
        open = resolve;
      });
      held = { promise, open };
    },
    release: () => {
      held?.open();
      held = undefined;
    },
    start: async () => undefined,
    onReady: (ready) => void readies.push(ready),
    becomesReady: () => {
      for (const ready of readies) ready();
    },
    stop: async () => undefined,
    fetch: async (ref) => {
      fetched.push(ref);
      return files.get(ref) ?? { ok: false, reason: 'gone' };
    },
    erase: async (_address, sentIds) => {
      erased.push(...sentIds);
      return sentIds.length;
    },
    edit: async (address, sentId, message) => {
      const fault = scripts.get(address)?.shift() ?? everywhere;
      if (fault !== undefined && fault.type !== 'lost-acknowledgement') return { ok: false, failure: fault };
      edited.push({ sentId, text: message.text });
      return { ok: true, sentId };
    },
    send: async (address, message) => {
      const long = message.choices.find(({ payload }) => Buffer.byteLength(payload) > PAYLOAD_BYTES_MAX);
      if (long) throw new Error(`a payload has no room in a button: ${long.payload}`);
      const sent = { address, message, at: performance.now() };
      calls.push(sent);
      await held?.promise;
      return answer(sent);
    },
  };
};
