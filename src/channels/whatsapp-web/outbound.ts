import { setTimeout as wait } from 'node:timers/promises';
import type { Fetched, SendFailure, SendResult, ToSend } from '../channel.ts';
import { type PartResult, partIdsOf, sendInOrder } from '../send-parts.ts';
import { namesOf } from './address.ts';
import type { DailyCap } from './daily-cap.ts';
import type { PhoneState } from './one-run.ts';
import { partsOf } from './parts.ts';
import type { PendingCalls } from './pending-calls.ts';
import { eraseAnswer, fetchAnswer, type Part, type SendAnswer, sendAnswer } from './protocol.ts';

const SEND_MS_MAX = 60_000; // a video on a slow line
const FETCH_MS_MAX = 120_000;
const ERASE_MS_MAX = 60_000;
/** The browser starts by itself: nobody need be told. */
const STARTING_SECONDS = 5;

type Outbound = {
  readonly calls: PendingCalls;
  readonly cap: DailyCap;
  /** Each bubble waits up to so long, never evenly, as a person who types. */
  readonly unevenMsMax: number;
  readonly stopped: AbortSignal;
  readonly state: () => PhoneState['state'];
};

/** What goes out by the worker, and what is asked of it. */
export function outbound({ calls, cap, unevenMsMax, stopped, state }: Outbound) {
  /** Why nothing may go to her now. */
  const hindrance = (address: string): SendFailure | undefined => {
    // A browser that crashed is started again by itself as well.
    if (stopped.aborted || state() === 'starting' || state() === 'lost') {
      return { type: 'retry-after', seconds: STARTING_SECONDS, scope: 'channel' };
    }
    if (state() !== 'ready') return { type: 'paused', detail: 'the telephone is not linked with WhatsApp' };
    const allowed = cap.check(address);
    if (allowed.ok) return undefined;
    return { type: 'retry-after', seconds: allowed.seconds, scope: allowed.forAll ? 'channel' : 'chat' };
  };
  const sendPart = async (to: string[], part: Part): Promise<PartResult> => {
    await wait(Math.random() * unevenMsMax);
    const answer = await calls.ask({ type: 'send', to, part }, sendAnswer, SEND_MS_MAX);
    if (answer?.outcome !== 'sent') return failed(toSendFailure(answer));
    cap.count(1);
    return { ok: true, sentId: answer.id };
  };

  return {
    async send(address: string, message: ToSend): Promise<SendResult> {
      const to = namesOf(address);
      const parts = partsOf(message);
      if (to === undefined) return failed({ type: 'our-bug', detail: 'the address is none of WhatsApp' });
      if (parts.length === 0) return failed({ type: 'our-bug', detail: 'there is nothing to send' });
      const failure = hindrance(address);
      if (failure !== undefined) return failed(failure);
      return await sendInOrder(parts, message, (part) => sendPart(to, part));
    },

    async fetch(ref: string): Promise<Fetched> {
      const answer = await calls.ask({ type: 'fetch', ref }, fetchAnswer, FETCH_MS_MAX);
      if (answer?.outcome === 'fetched') return { ok: true, mime: answer.mime, bytes: answer.bytes };
      return { ok: false, reason: answer?.outcome ?? 'unavailable' };
    },

    async erase(address: string, sent: readonly string[]): Promise<number> {
      const to = namesOf(address);
      const wanted = sent.flatMap(partIdsOf);
      if (to === undefined || wanted.length === 0) return 0;
      const gone = await calls.ask({ type: 'erase', to, ids: wanted }, eraseAnswer, ERASE_MS_MAX);
      return sent.filter((whole) => partIdsOf(whole).every((id) => gone?.includes(id))).length;
    },
  };
}

const failed = (failure: SendFailure): Extract<PartResult, { ok: false }> => ({ ok: false, failure });

/** WhatsApp tells us nothing of who blocked us: to us her message looks sent. */
function toSendFailure(answer: Exclude<SendAnswer, { outcome: 'sent' }> | undefined): SendFailure {
  switch (answer?.outcome) {
    case 'no-such-number':
      return { type: 'undeliverable' };
    case 'unknown':
    case undefined:
      return { type: 'unavailable' };
  }
}
