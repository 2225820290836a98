import type { Audience } from '../domain/broadcast/audience.ts';
import type { BroadcastContent } from './broadcast-facts.ts';
import type { Language } from './message.ts';

/** The questions staff are asked who write to many. */
export type BroadcastFlow =
  /** What; to whom; the whole looked at before it goes, `at` as a wall time; the words in the second language. */
  | { readonly type: 'broadcast-words' }
  /** A text that she passed on, out of nothing: whether it is for many. */
  | { readonly type: 'broadcast-passed'; readonly content: BroadcastContent }
  | { readonly type: 'broadcast-who'; readonly content: BroadcastContent }
  | {
      readonly type: 'broadcast-check';
      readonly content: BroadcastContent;
      readonly audience: Audience;
      readonly at?: string;
    }
  | {
      readonly type: 'broadcast-other';
      readonly content: BroadcastContent;
      readonly audience: Audience;
      readonly language: Language;
    }
  /** The second person looks at what another one made. */
  | { readonly type: 'broadcast-second'; readonly id: string };
