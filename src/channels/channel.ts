import type { IncomingMessage, OutgoingMessage } from '../conversation/message.ts';

/** Why a message did not go out: the whole set. Delivery decides by `type` alone whether and when to try again. */
export type SendFailure =
  /** Too many messages: nothing to this channel (or chat) before `seconds` have passed. */
  | { readonly type: 'retry-after'; readonly seconds: number; readonly scope: 'channel' | 'chat' }
  /** The platform or the network failed, or we do not know whether it arrived. */
  | { readonly type: 'unavailable' }
  /** She blocked the bot or left the platform: never again until she writes. */
  | { readonly type: 'blocked' }
  /** The platform says this address cannot be reached or does not exist. */
  | { readonly type: 'undeliverable' }
  /** The token or key is wrong: the whole channel stops and the operator is told. */
  | { readonly type: 'bad-credentials' }
  /** The platform says our message is malformed: our mistake, kept for us to look at. */
  | { readonly type: 'our-bug'; readonly detail: string };

export type SendResult =
  | { readonly ok: true; readonly sentId: string }
  | { readonly ok: false; readonly failure: SendFailure };

/** What the app gives a channel: called once per message; resolves when the message is safe in the database. */
export type Receive = (message: IncomingMessage) => Promise<void>;

/** One way to reach people. `start` resolves once it listens; `stop` lets what is being received finish. */
export type Channel = {
  readonly name: string;
  /** Messages a second the platform allows to everyone, and the shortest pause between two to one address. */
  readonly limits: { readonly perSecond: number; readonly perAddressMs: number };
  start(receive: Receive): Promise<void>;
  send(address: string, message: OutgoingMessage): Promise<SendResult>;
  stop(): Promise<void>;
};
