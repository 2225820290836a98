import { type Offer, offer, say } from './say.ts';
import type { Snapshot } from './snapshot.ts';

/** Notices that tell neither money nor what a group does: words of the programme's staff, to her or to many. */
const QUIET: ReadonlySet<string> = new Set(['talk', 'broadcast', 'rights', 'help']);

/** Whether a notice of this kind may be seen by whoever looks on in discreet mode. */
export const isQuietKind = (kind: string): boolean => QUIET.has(kind);

/** So many choices fit into one message on every platform. */
const OFFERS_MAX = 10;

/** These choices, and before them one to see what waits closed, where something does. */
export const withWaiting = ({ waits = [] }: Snapshot, offers: readonly Offer[]): readonly Offer[] =>
  waits.length === 0 || offers.length >= OFFERS_MAX ? offers : [offer('see', say('menu.waiting')), ...offers];

/** What she writes for that choice; her word for it in either language. */
export const SEE_WORDS: ReadonlySet<string> = new Set(['ver', 'see']);
