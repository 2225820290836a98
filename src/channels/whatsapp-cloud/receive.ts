import type { IncomingBody, IncomingMessage, MediaKind } from '../../conversation/message.ts';
import type { Status } from '../channel.ts';
import { cleanText } from '../clean-text.ts';
import { phoneOf } from '../phone-number.ts';
import { type Identity, identityOf } from './address.ts';
import { failureOfCode } from './failures.ts';
import { type Change, changesIn, type PostedFile, type PostedMessage, type PostedStatus } from './payload.ts';

/** What was posted, in our words. */
export type Posted = {
  readonly messages: readonly IncomingMessage[];
  readonly statuses: readonly Status[];
  /** Pieces without an id or a sender: they can be neither kept nor answered. */
  readonly unreadable: number;
  /** What the account is told beside messages, such as a template that was paused: names of Meta's webhook fields. */
  readonly notices: readonly string[];
};

type Place = { readonly phoneNumberId: string; readonly now: string };

const SYSTEM_MOVED = /^(?:user|customer)_changed_(?:number|user_id)$/u;

/**
 * A payload of the Cloud API in our words; undefined when it is none. One account has several numbers: what another one
 * was sent is left out. `messageId` is Meta's own id of the message, so a copy has the same one.
 *
 * @param place our number's id; `now` is an ISO instant, kept as `receivedAt` where Meta does not say when it was
 */
export function toPosted(payload: unknown, place: Place): Posted | undefined {
  const changes = changesIn(payload);
  if (changes === undefined) return undefined;
  const ours = changes.filter(
    (change) => (change.phoneNumberId ?? place.phoneNumberId) === place.phoneNumberId,
  );
  const heard = ours.map((change) => messagesOf(change, place.now));
  return {
    messages: heard.flatMap(({ messages }) => messages),
    statuses: ours.flatMap((change) => change.statuses.flatMap((each) => statusOf(each, place.now) ?? [])),
    unreadable:
      ours.reduce((sum, { unreadable }) => sum + unreadable, 0) +
      heard.reduce((sum, { lost }) => sum + lost, 0),
    notices: ours
      .map(({ field }) => field)
      .filter((field) => field !== 'messages' && field !== 'user_id_update'),
  };
}

/** Messages of one person belong in one row: this names her the same in each, however Meta named her there. */
export const personIn = (message: IncomingMessage): string => message.aliases?.[0] ?? message.address;

function messagesOf(change: Change, now: string): { messages: IncomingMessage[]; lost: number } {
  const messages: IncomingMessage[] = [];
  let lost = 0;
  for (const posted of change.messages) {
    const identity = senderOf(posted, change);
    if (identity === undefined) lost += 1;
    else messages.push(...messageOf(posted, identity, now));
  }
  for (const previous of change.idsGone) {
    const address = identityOf({ scopedId: previous })?.address;
    if (address === undefined) lost += 1;
    else messages.push({ ...incoming(`gone:${previous}`, now), address, body: { type: 'moved' } });
  }
  return { messages, lost };
}

/** The sender by all her names: the contacts beside the messages may know the one that the message leaves out. */
function senderOf(posted: PostedMessage, { contacts }: Change): Identity | undefined {
  const { from, from_user_id: scopedId } = posted;
  // Beside Meta's own note that somebody moved stands where she moved to.
  if (posted.type === 'system') return identityOf({ phone: from, scopedId });
  const number = from === undefined ? undefined : phoneOf(from);
  const beside = contacts.find(({ wa_id: phone, user_id: id }) =>
    number === undefined
      ? id !== undefined && id === scopedId
      : phone !== undefined && phoneOf(phone) === number,
  );
  const only =
    number === undefined && scopedId === undefined && contacts.length === 1 ? contacts[0] : undefined;
  const known = beside ?? only;
  return identityOf({ phone: from ?? known?.wa_id, scopedId: scopedId ?? known?.user_id });
}

function messageOf(posted: PostedMessage, { address, aliases }: Identity, now: string): IncomingMessage[] {
  const body = bodyOf(posted, address);
  if (body === undefined) return [];
  const base = { ...incoming(posted.id, momentOf(posted, now)), address, body };
  // Her other name may be the new one already, so it is no alias of the address that was left.
  if (body.type === 'moved') return [base];
  const answered = posted.context?.id;
  return [
    {
      ...base,
      ...(aliases.length > 0 && { aliases }),
      ...(answered !== undefined && { repliesTo: cleanText(answered) }),
      ...(isForwarded(posted) && { forwarded: true }),
    },
  ];
}

const incoming = (messageId: string, receivedAt: string) => ({
  channel: 'whatsapp-cloud',
  messageId: cleanText(messageId),
  receivedAt,
});

/** What a message says; undefined for what wants no answer. */
function bodyOf(of: PostedMessage, address: string): IncomingBody | undefined {
  if (of.type === 'reaction') return undefined;
  if (of.type === 'system') {
    return SYSTEM_MOVED.test(of.system?.type ?? '') ? { type: 'moved' } : undefined;
  }
  if (of.group_id !== undefined) return { type: 'group-chat' };
  // A change or a withdrawal moves nothing that was booked, and is never read as an order.
  if (/^(?:edit|revoke)/u.test(of.type)) return { type: 'unread', kind: 'edited' };
  if (of.type === 'location') return { type: 'unread', kind: 'location' };
  return saidIn(of) ?? fileIn(of) ?? contactIn(of, address) ?? { type: 'unread', kind: 'other' };
}

const isForwarded = ({ context }: PostedMessage): boolean =>
  context?.forwarded === true || context?.frequently_forwarded === true;

function saidIn({ type, text, button, interactive }: PostedMessage): IncomingBody | undefined {
  if (type === 'text' && text !== undefined) return { type: 'text', text: cleanText(text.body) };
  const payload = interactive?.button_reply?.id ?? interactive?.list_reply?.id ?? button?.payload;
  if (payload !== undefined) return { type: 'button', payload: cleanText(payload) };
  return text === undefined ? undefined : { type: 'text', text: cleanText(text.body) };
}

function fileIn({ audio, voice, image, sticker, video, document }: PostedMessage): IncomingBody | undefined {
  const files: readonly [MediaKind, PostedFile | undefined][] = [
    ['voice', voice ?? audio],
    ['image', image],
    ['video', video],
    ['document', document],
  ];
  for (const [kind, file] of files) if (file !== undefined) return mediaOf(kind, file);
  return sticker === undefined ? undefined : { type: 'unread', kind: 'other' };
}

function mediaOf(kind: MediaKind, { id, mime_type: mime, filename, caption }: PostedFile): IncomingBody {
  return {
    type: 'media',
    kind,
    ref: cleanText(id),
    ...(mime !== undefined && { mime: cleanText(mime) }),
    ...(filename !== undefined && { fileName: cleanText(filename) }),
    ...(caption !== undefined && { caption: cleanText(caption) }),
  };
}

/**
 * A card can be written by anybody: a number in it is hers only when Meta says that she writes from that number, and that
 * she did not pass it on.
 */
function contactIn(of: PostedMessage, address: string): IncomingBody | undefined {
  const numbers = (of.contacts ?? []).flatMap(({ phones }) =>
    phones.flatMap(({ phone, wa_id: id }) => phone ?? id ?? []),
  );
  const own = numbers.find((number) => phoneOf(number) === address);
  const phone = own ?? numbers[0];
  return phone === undefined
    ? undefined
    : { type: 'contact', phone: cleanText(phone), own: own !== undefined && !isForwarded(of) };
}

/** When it was, by Meta's clock; what is no moment is ours. */
const momentOf = ({ timestamp }: { readonly timestamp?: number | undefined }, now: string): string =>
  timestamp === undefined || timestamp > 4e9 ? now : new Date(timestamp * 1_000).toISOString();

/** "sent" is known already, and what Meta adds one day is left out. */
function statusOf(posted: PostedStatus, now: string): Status | undefined {
  const { id: sentId, status, errors } = posted;
  const at = momentOf(posted, now);
  switch (status) {
    case 'delivered':
      return { sentId, at, state: 'delivered' };
    case 'read':
    case 'played':
      return { sentId, at, state: 'read' };
    case 'failed': {
      const code = errors?.[0]?.code;
      const failure =
        code === undefined ? ({ type: 'undeliverable' } as const) : failureOfCode(code, { status: 400 });
      return { sentId, at, state: 'failed', failure };
    }
    default:
      return undefined;
  }
}
