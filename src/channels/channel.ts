import type { Choice, IncomingMessage, MediaKind, Template } from '../conversation/message.ts';

export { FILE_BYTES_MAX } from '../conversation/message.ts';

/** Why a message did not go out: the whole set. Delivery decides by `type` alone whether and when to try again. */
export type SendFailure =
  /** Too many messages: nothing to this channel (or chat) before `seconds` have passed. */
  | {
      readonly type: 'retry-after';
      readonly seconds: number;
      readonly scope: 'channel' | 'chat';
      /** The platform wants four times as long with each further try. */
      readonly grows?: true;
    }
  /** The platform or the network failed, or we do not know whether it arrived. */
  | { readonly type: 'unavailable' }
  /** She blocked the bot or left the platform: never again until she writes. */
  | { readonly type: 'blocked' }
  /** The platform says this address cannot be reached or does not exist. */
  | { readonly type: 'undeliverable' }
  /** She wrote too long ago: only prepared words may go to her. */
  | { readonly type: 'outside-window' }
  /** She told the platform that she wants no news and offers: no prepared words of that class until she writes. */
  | { readonly type: 'opted-out' }
  /**
   * The platform keeps this one message from her; others may go. `today`: it may come on another day, and is tried again then,
   * twice at most; without it (an experiment of the platform's) never.
   */
  | { readonly type: 'held-back'; readonly today?: true }
  /** The prepared words are missing, paused or have other places: that template stops, the operator is told. */
  | { readonly type: 'template-fault'; readonly detail: string }
  /** The token or key is wrong: the whole channel stops and the operator is told. */
  | { readonly type: 'bad-credentials' }
  /** The platform has stopped our account, or the telephone is not linked: the whole channel waits, the operator is told. */
  | { readonly type: 'paused'; readonly detail: string }
  /** The platform says our message is malformed: our mistake, kept for us to look at. */
  | { readonly type: 'our-bug'; readonly detail: string };

export type SendResult =
  /**
   * `sentId`: the platform's id of it; of several parts all ids in order, with commas between. `fileId`: by which this
   * platform knows the file that went with it; next time it may be sent by that.
   */
  | { readonly ok: true; readonly sentId: string; readonly fileId?: string }
  /** `sentParts`: the ids of the parts that are out, with this try or an earlier one; undefined: none is. */
  | { readonly ok: false; readonly failure: SendFailure; readonly sentParts?: readonly string[] };

/** What became of an edit. `gone`: there is no such message of ours any more, or it is too old to be edited. */
export type EditResult = SendResult | 'gone';

/** A file on its way to her. */
export type OutgoingFile = {
  readonly kind: MediaKind;
  /** As she sees it in her files: it tells nothing of money. */
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
  /** The platform's own id of it, from an earlier `fileId`: when the platform no longer knows it, the bytes go. */
  readonly knownId?: string;
};

/** What a channel is asked to send: words, choices under them, and at most one file. */
export type ToSend = {
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly file?: OutgoingFile;
  /** So many choices stand side by side, without numbers: they are keys. */
  readonly columns?: number;
  /** Set when only prepared words may go: then these go, and nothing else of the message. */
  readonly template?: Template;
  /** The ids of its first parts, which went out with an earlier try: the rest follows, and they do not go again. */
  readonly sentParts?: readonly string[];
};

/** What became of a message after the platform took it. It only ever moves forward: sent, delivered, read; or failed. */
export type Status = {
  /** The platform's id of the message, or of one of its parts. */
  readonly sentId: string;
  readonly at: string; // ISO instant
} & ({ readonly state: 'delivered' | 'read' } | { readonly state: 'failed'; readonly failure: SendFailure });

/** A file that was sent to us. `too-large` is said before it is fetched. */
export type Fetched =
  | { readonly ok: true; readonly mime: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: 'gone' | 'too-large' | 'unavailable' };

/** What the app gives a channel: called once per message; resolves when the message is safe in the database. */
export type Receive = (message: IncomingMessage) => Promise<void>;

/** Called with what the platform says of messages that went out; resolves when it is written down. */
export type Report = (statuses: readonly Status[]) => Promise<void>;

/** One way to reach people. `start` resolves once it listens; `stop` lets what is being received finish. */
export type Channel = {
  readonly name: string;
  /**
   * Messages a second the platform allows to everyone, and the pause between two to one address. `burst`: so many to one
   * address may go before that pause is kept, and are made up for afterwards; undefined: one.
   */
  readonly limits: { readonly perSecond: number; readonly perAddressMs: number; readonly burst?: number };
  /** So many hours after she last wrote, only prepared words may go to her; undefined: there is no such rule. */
  readonly windowHours?: number;
  /** So many days the platform keeps a file that it gave an id for; undefined: it says no end, or gives no ids. */
  readonly fileIdDays?: number;
  start(receive: Receive, report: Report): Promise<void>;
  /** Calls `ready` each time it can send again after it could not: a telephone was linked, a browser came back. */
  onReady?(ready: () => void): void;
  send(address: string, message: ToSend): Promise<SendResult>;
  /** The bytes of a file she sent. A channel without it takes none. */
  fetch?(ref: string): Promise<Fetched>;
  /**
   * Takes back messages of ours in her chat, newest first; best effort. Resolves to how many are gone. One of hers goes by
   * its `messageId`, where the platform lets us.
   */
  erase?(address: string, sentIds: readonly string[]): Promise<number>;
  /**
   * Has a message of ours in her chat say these words, with these choices; no file and no prepared words. Words that are
   * there already are a success. Only what went out as one part, without a file, can be edited.
   *
   * @param sentId as `send` gave it
   */
  edit?(address: string, sentId: string, message: ToSend): Promise<EditResult>;
  stop(): Promise<void>;
};
