import { z } from 'zod';
import type { PinFacts } from '../conversation/access/pin-facts.ts';
import type { Outcome } from '../conversation/outcome.ts';
import { asId, type MemberId } from '../domain/ids.ts';
import { id, instant } from './json-fields.ts';

const memberId = id.transform((text) => asId<MemberId>(text));

/** What pin_facts answers with. */
export const pinJson = z.object({
  has: z.boolean(),
  required: z.boolean(),
  discreet: z.boolean(),
  waitUntil: instant.nullable(),
  closed: z.array(memberId),
  shut: z.boolean(),
  shared: z.boolean(),
  without: z.array(memberId),
});

export const pinFacts = (json: z.infer<typeof pinJson>): PinFacts => ({
  has: json.has,
  isRequired: json.required,
  isDiscreet: json.discreet,
  waitUntil: json.waitUntil ?? undefined,
  closed: json.closed,
  isShut: json.shut,
  isShared: json.shared,
  without: json.without,
});

/** The question for a PIN, as a session keeps it. */
export const pinFlow = z.object({
  type: z.literal('pin'),
  ask: z.enum(['open', 'new', 'again']),
  kind: z.enum(['pin', 'other']),
  way: z.enum(['keypad', 'link']),
  padId: z.string().max(64),
  keys: z.string().regex(/^\d{0,10}$/u),
  typed: z.string().regex(/^\d{0,6}$/u),
  first: z.string().regex(/^\d{0,6}$/u),
  shown: z.array(z.string().regex(/^\d{4,6}$/u)).max(10),
});

export const unlocked = z.object({ as: memberId, at: instant, view: z.enum(['all', 'discreet']) });

export const waitingBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('button'), payload: z.string() }),
]);

/** What was decided about PINs, as commit_pins takes it. */
export const pinChanges = (events: Outcome['events']): { pins?: object } => {
  const lists: Record<'set' | 'known' | 'opened' | 'gone' | 'reset' | 'discreet' | 'links', unknown[]> = {
    set: [],
    known: [],
    opened: [],
    gone: [],
    reset: [],
    discreet: [],
    links: [],
  };
  for (const event of events) {
    switch (event.type) {
      case 'pin-set':
        lists.set.push({ member: event.memberId, kind: event.kind, hash: event.hash, spare: event.spare });
        break;
      case 'pin-known':
        lists.known.push({ member: event.memberId, kind: event.kind, stays: event.stays });
        break;
      case 'pin-opened':
        lists.opened.push({ member: event.memberId, other: event.view === 'discreet' });
        break;
      case 'pin-removed':
        lists.gone.push(event.memberId);
        break;
      case 'pin-reset':
        lists.reset.push({ member: event.memberId, hash: event.hash });
        break;
      case 'discreet-set':
        lists.discreet.push({ member: event.memberId, until: event.until?.toString() ?? null });
        break;
      case 'pin-page-made':
        lists.links.push({ hash: event.hash, expires: event.until.toString() });
        break;
      default:
    }
  }
  return Object.values(lists).some((list) => list.length > 0) ? { pins: lists } : {};
};
