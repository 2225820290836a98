import type { GroupId, MemberId } from '../domain/ids.ts';
import type { Contact } from './contact.ts';
import type { DomainEvent } from './domain-event.ts';
import type { Language } from './message.ts';
import type { Need } from './need.ts';
import type { Reply } from './say.ts';
import type { Session } from './session.ts';

/** What a step decided. The app only writes it: nothing in it may still fail but by the facts having changed. */
export type Outcome = {
  readonly session: Session;
  readonly language: Language | undefined;
  readonly stopped: boolean;
  readonly wrongCode: 'counted' | 'forgiven' | 'unchanged';
  /** She said no to the notice: what little is known of her address goes as soon as she is answered. */
  readonly forget: boolean;
  /** The address is hers no more: it speaks for nobody until somebody comes in by it again. */
  readonly moved: boolean;
  /** What the bot wrote to this address is taken back, as far as the platform lets it. */
  readonly erase: boolean;
  /** Answers to the speaker, in order. */
  readonly replies: readonly Reply[];
  /** A wrong code is answered slowly: guessing must cost time. */
  readonly replyDelaySeconds: number;
  /** Messages to others, which they did not ask for. */
  readonly notices: readonly Notice[];
  readonly events: readonly DomainEvent[];
  /** The group whose rows the events touch; undefined when there are none. */
  readonly groupId: GroupId | undefined;
};

export type Notice = {
  readonly to: Contact;
  readonly kind: NoticeKind;
  readonly reply: Reply;
  /** The newcomer whom it names: it goes when she goes. */
  readonly about?: MemberId;
};

export type NoticeKind =
  | 'receipt'
  | 'correction'
  | 'ask'
  | 'answer'
  | 'loan'
  | 'meeting'
  | 'closing'
  | 'cover'
  | 'fine'
  | 'draw'
  | 'dispute'
  | 'help'
  | 'talk'
  | 'rights'
  | 'odd'
  | 'join'
  | 'expired'
  /** A line about the telephone itself: nothing in it tells whose it is. */
  | 'telephone'
  | 'broadcast-report';

/** A step's answer: an outcome, or what it must know first. */
export type StepResult =
  | { readonly type: 'decided'; readonly outcome: Outcome }
  | { readonly type: 'needs'; readonly need: Need };
