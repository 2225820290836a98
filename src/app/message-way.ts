import type { Temporal } from 'temporal-polyfill';
import type { OutgoingMessage } from '../conversation/message.ts';
import type { Leased } from '../store/claim-outbox.ts';

/** A little before the platform's own hour, so that a message on its way is not caught by it. */
const EARLY_HOURS = 0.1;

/** The key of the words that only say that something waits for her. */
export const INVITATION = 'new-message';
/** The same where notices are closed: nobody's name is in it. */
const CLOSED_INVITATION = 'waiting';
/** The same of what staff send to many: Meta counts it as another class. */
export const ANNOUNCEMENT = 'announcement';
const INVITATIONS: ReadonlySet<string> = new Set([INVITATION, CLOSED_INVITATION, ANNOUNCEMENT]);

/** Prepared words that Meta counts as news and offers: whoever wants none of those gets none of these. */
export const NEWS_TEMPLATES: ReadonlySet<string> = new Set(['lesson', ANNOUNCEMENT]);

/**
 * How a message may go to her: as it is; as prepared words in its place; or not before she writes again, or asks to see what
 * is closed, after an invitation to do so.
 */
export type Way =
  | { readonly type: 'free' }
  | { readonly type: 'template' }
  | { readonly type: 'held'; readonly invitation: OutgoingMessage | undefined; readonly closed: boolean }
  /** She wants no news and offers, and nothing else may go to her now. */
  | { readonly type: 'unwanted' };

/**
 * The way for one message at `now`.
 *
 * @param windowHours hours after her last message in which the platform takes any words; undefined: always
 */
export const wayOf = (
  {
    message,
    heardAt,
    noNews,
    closed,
    kind,
  }: Pick<Leased, 'heardAt' | 'noNews' | 'closed' | 'kind'> & { readonly message: OutgoingMessage },
  windowHours: number | undefined,
  now: Temporal.Instant,
): Way => {
  const open =
    windowHours === undefined ||
    (heardAt !== undefined && now.since(heardAt).total('hours') < windowHours - EARLY_HOURS);
  // An invitation is nothing but its prepared words.
  const unwanted = noNews && message.template && NEWS_TEMPLATES.has(message.template.key);
  if (message.template && message.text === '') return { type: unwanted ? 'unwanted' : 'template' };
  if (closed) return { ...untilAsked(message, noNews), closed: true };
  if (open) return { type: 'free' };
  // The one line of closed notices is its own prepared words.
  if (kind === 'invitation') return { type: 'template' };
  const way = closedWay(message);
  if (!unwanted) return way;
  // What staff wrote to many waits for her word as well; only nobody tells her so.
  return way.type === 'held' ? { ...way, invitation: undefined } : { type: 'unwanted' };
};

/** The way while only prepared words may go. */
export const closedWay = ({ template }: OutgoingMessage): Way => {
  if (template && !INVITATIONS.has(template.key)) return { type: 'template' };
  return { type: 'held', invitation: template && { text: '', choices: [], template }, closed: false };
};

/**
 * Until she asks to see it, told by prepared words that name nobody; its free words are added by who sends it. Of staff's
 * messages to many nobody tells her who wants no news.
 */
const untilAsked = (
  { template }: OutgoingMessage,
  noNews: boolean,
): Omit<Extract<Way, { type: 'held' }>, 'closed'> => {
  const isNews = template?.key === ANNOUNCEMENT;
  const words = isNews
    ? template
    : { key: CLOSED_INVITATION, language: template?.language ?? 'es', values: [] };
  const invitation = isNews && noNews ? undefined : { text: '', choices: [], template: words };
  return { type: 'held', invitation };
};
