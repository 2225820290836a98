import type { Temporal } from 'temporal-polyfill';
import type { MemberId } from '../../domain/ids.ts';

/** What a step may know about the PIN of who speaks, and of the others on her telephone. */
export type PinFacts = {
  readonly has: boolean;
  /** It was written where others can read it: it opens nothing until there is another one. */
  readonly isKnown: boolean;
  /** Her programme shows nobody's money without one. */
  readonly isRequired: boolean;
  /** She wants to be told no amounts by chat. */
  readonly isDiscreet: boolean;
  /** Too many wrong ones: none is looked at before. */
  readonly waitUntil: Temporal.Instant | undefined;
  /** So many wrong ones that two officers have to say that it was her. */
  readonly isBlocked: boolean;
  /** Another woman who speaks from this address has one. */
  readonly isShared: boolean;
  /** Those who speak from it and have none. */
  readonly without: readonly MemberId[];
};

/** What is to be done with digits between two steps: to see whose they are, or to make the PIN of who speaks of them. */
export type PinCheck = {
  readonly do: 'open' | 'make';
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
    }
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
  readonly shown?: string | undefined;
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
  | { readonly type: 'pin-known'; readonly memberId: MemberId }
  | { readonly type: 'pin-removed'; readonly memberId: MemberId }
  /** Two officers saw that it was her: she has none now, and sets another. */
  | { readonly type: 'pin-reset'; readonly memberId: MemberId }
  | { readonly type: 'pin-page-made'; readonly hash: string; readonly until: Temporal.Instant }
  /** On at once; where `until` is given it goes on until then, and ends. */
  | {
      readonly type: 'discreet-set';
      readonly memberId: MemberId;
      readonly until: Temporal.Instant | undefined;
    };
