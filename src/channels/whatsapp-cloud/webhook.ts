import type { IncomingMessage } from '../../conversation/message.ts';
import type { Receive, Report } from '../channel.ts';
import type { ChannelLog } from '../channel-log.ts';
import { noteOf } from './failures.ts';
import { personIn, toPosted } from './receive.ts';
import { isSecret, isSigned } from './signature.ts';

const RECEIVE_AT_ONCE_MAX = 10; // persons of one batch
const CHALLENGE = /^[\w.-]{1,256}$/u;

/**
 * What became of a post. `malformed`: rightly signed, but no payload of the API. `unavailable`: not all of it is stored; a
 * 503 makes Meta send it again, for up to seven days.
 */
export type WebhookOutcome = 'accepted' | 'forbidden' | 'malformed' | 'unavailable';

export type Webhook = {
  /** The app secret; two while one is being changed for another. With none nobody is let in. */
  readonly appSecrets: readonly string[];
  readonly phoneNumberId: string;
  readonly log: ChannelLog;
  readonly receive: Receive;
  readonly report: Report;
};

/**
 * Takes one post. The signature comes first: nothing of a stranger's bytes is read. A batch is accepted only when every
 * message of it is safe; what was safe already comes again with the rest, under the same ids.
 */
export async function takePosted(
  webhook: Webhook,
  signature: unknown,
  bytes: Uint8Array,
): Promise<WebhookOutcome> {
  if (!isSigned(webhook.appSecrets, signature, bytes)) return 'forbidden';
  const { log } = webhook;
  const place = { phoneNumberId: webhook.phoneNumberId, now: new Date().toISOString() };
  const posted = toPosted(jsonOf(bytes), place);
  if (posted === undefined) {
    log.warn({ bytes: bytes.byteLength }, 'a signed post that is no WhatsApp payload');
    return 'malformed';
  }
  if (posted.unreadable > 0) {
    log.warn(
      { count: posted.unreadable },
      'parts of a WhatsApp payload without an id or a sender were left out',
    );
  }
  for (const field of posted.notices)
    log.warn(
      { field: field.replace(/\W/gu, '') },
      'Meta tells something of the account: look into the business manager',
    );
  try {
    const safe = await receiveBatch(webhook, posted.messages);
    if (posted.statuses.length > 0) await webhook.report(posted.statuses);
    return safe ? 'accepted' : 'unavailable';
  } catch (error) {
    log.warn(noteOf(error), 'what became of messages could not be stored; Meta will send it again');
    return 'unavailable';
  }
}

/** What Meta is to be answered when it asks whether this address is ours; undefined when the word is not the right one. */
export function challengeOf(
  verifyToken: string,
  query: Readonly<Record<string, unknown>>,
): string | undefined {
  const challenge = query['hub.challenge'];
  if (query['hub.mode'] !== 'subscribe' || !isSecret(verifyToken, query['hub.verify_token']))
    return undefined;
  return typeof challenge === 'string' && CHALLENGE.test(challenge) ? challenge : undefined;
}

/** Persons side by side, each person's messages in order; after one that failed hers wait for the next time. */
async function receiveBatch(
  { receive, log }: Webhook,
  messages: readonly IncomingMessage[],
): Promise<boolean> {
  const lanes = new Map<string, IncomingMessage[]>();
  for (const message of messages) {
    const lane = lanes.get(personIn(message));
    if (lane === undefined) lanes.set(personIn(message), [message]);
    else lane.push(message);
  }
  const waiting = [...lanes.values()];
  let safe = true;
  const worker = async (): Promise<void> => {
    for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift()) {
      try {
        for (const message of lane) await receive(message);
      } catch (error) {
        safe = false;
        log.warn(noteOf(error), 'a message could not be stored; Meta will send it again');
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(RECEIVE_AT_ONCE_MAX, waiting.length) }, worker));
  return safe;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
