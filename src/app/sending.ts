import type { Temporal } from 'temporal-polyfill';
import type { Channel } from '../channels/channel.ts';
import type { Language, OutgoingMessage } from '../conversation/message.ts';
import type { Leased } from '../store/claim-outbox.ts';
import type { MakeFile } from './outgoing-file.ts';
import type { StillMeant } from './still-meant.ts';
import type { Store } from './store.ts';
import type { WordsAtSending } from './words-at-sending.ts';

/** A leased message with its words. */
export type Worded = Leased & { readonly message: OutgoingMessage };

/** What is asked at the moment of sending. */
export type Asked = {
  readonly wordsAtSending: WordsAtSending;
  readonly now: () => Temporal.Instant;
  readonly makeFile: MakeFile;
  readonly newId: () => string;
  /** The one line of all that is closed: that there is something, and a choice to see it. */
  readonly closedLine: (language: Language) => Pick<OutgoingMessage, 'text' | 'choices'>;
};

/** One channel and what it is sent with. */
export type Sending = Asked & {
  readonly store: Store;
  readonly channel: Channel;
  readonly stillMeant: StillMeant;
  /** Looks at the outbox again: sending has put something into it. */
  readonly wake: () => void;
  /** Nothing more on this channel for so many seconds, from no process. */
  readonly pause: (seconds: number) => Promise<void>;
  /** The same of a channel that cannot send: until then, or until it can again. */
  readonly rest: (seconds: number) => Promise<void>;
  /** Prepared words that the platform refused as such, and until when (`Date.now()`) they rest. */
  readonly restingTemplates: Map<string, number>;
};
