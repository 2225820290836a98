import type { Temporal } from 'temporal-polyfill';
import type { MemberId } from '../../domain/ids.ts';

/** What a step may know about the PIN of who speaks, and of the others on her telephone. */
export type PinFacts = {
  readonly has: boolean;
  /** Her programme shows nobody's money without one. */
  readonly isRequired: boolean;
  /** She wants to be told no amounts by chat. */
  readonly isDiscreet: boolean;
  /** Too many wrong ones: no PIN of those who speak from her address is looked at before. */
  readonly waitUntil: Temporal.Instant | undefined;
  /** Whose PIN is closed, of those who speak from it: until two officers say that it was she. */
  readonly closed: readonly MemberId[];
  /** All of theirs are. */
  readonly isShut: boolean;
  /** Another woman who speaks from this address has one. */
  readonly isShared: boolean;
  /** Those who speak from it and have none. */
  readonly without: readonly MemberId[];
};

/**
 * What is to be done with digits between two steps: to see whose PIN they are; to look at what was written in a chat, as no try
 * at it; to see whether who speaks may have them as hers; to hash them.
 */
export type PinCheck = {
  readonly do: 'open' | 'look' | 'make' | 'hash';
  readonly digits: string;
};

/** How a session was opened: with the PIN that shows what is hers, or with the one that tells nothing. */
export type View = 'all' | 'discreet';

/** What came of it. `spare` is the hash of nothing that anybody can type. */
export type PinTold =
  | {
      readonly type: 'right';
      readonly memberId: MemberId;
      readonly view: View;
      readonly isKnown: boolean;
    }
  | {
      readonly type: 'wrong';
      readonly waitUntil: Temporal.Instant | undefined;
      /** Whose PIN it closed, until two officers open it. */
      readonly closed: readonly MemberId[];
      /** None here may be tried any more. */
      readonly isShut: boolean;
    }
  /** She may have it. */
  | { readonly type: 'free' }
  | { readonly type: 'made'; readonly hash: string; readonly spare: string }
  /** She has it for something else, or another woman has it: which, nobody is told. */
  | { readonly type: 'taken' };

/** A telephone on which what is hers may be seen for a while. */
export type Unlocked = { readonly as: MemberId; readonly at: Temporal.Instant; readonly view: View };

/** How she can type a PIN where she writes: by buttons, on a page of its own, or not at all. */
export type PinWay = 'keypad' | 'link' | 'none';

/**
 * Her PIN is asked for: the one she has, a new one, the same once more. `kind` is which of the two she sets. `keys` is
 * the digit behind each button of the keypad `padId`; a page is known by the hash of its token.
 */
export type PinFlow = {
  readonly type: 'pin';
  readonly ask: 'open' | 'new' | 'again';
  readonly kind: 'pin' | 'other';
  readonly way: 'keypad' | 'link';
  readonly padId: string;
  readonly keys: string;
  readonly typed: string;
  readonly first: string;
  /** Digits she wrote in the chat while she was to choose some: those she cannot have. */
  readonly shown: readonly string[];
};

/** What was decided about PINs. */
export type PinEvent =
  | {
      readonly type: 'pin-set';
      readonly memberId: MemberId;
      readonly kind: 'pin' | 'other';
      readonly hash: string;
      readonly spare: string;
    }
  /** One of her two was written in a chat. `stays`: there it can be read, so nobody gets in with either. */
  | {
      readonly type: 'pin-known';
      readonly memberId: MemberId;
      readonly kind: 'pin' | 'other';
      readonly stays: boolean;
    }
  /** What is hers is open, or what the second one shows. */
  | { readonly type: 'pin-opened'; readonly memberId: MemberId; readonly view: View }
  | { readonly type: 'pin-removed'; readonly memberId: MemberId }
  /** Two officers saw that it was she: with the number they give her she sets another. */
  | { readonly type: 'pin-reset'; readonly memberId: MemberId; readonly hash: string }
  | { readonly type: 'pin-page-made'; readonly hash: string; readonly until: Temporal.Instant }
  /** `until`: she does not want it any more from then on. */
  | {
      readonly type: 'discreet-set';
      readonly memberId: MemberId;
      readonly until: Temporal.Instant | undefined;
    };

/** A number that is her PIN until she sets another, as it was drawn for two officers to tell her. */
export type NewPin = { readonly digits: string; readonly hash: string };
