import type { Temporal } from 'temporal-polyfill';
import type { Money } from '../domain/money.ts';
import type { PaymentPurpose } from '../domain/payment.ts';
import type { Attachment, Language } from './message.ts';
import type { Texts } from './texts.ts';

/** What may stand in a text. The content layer turns each into words of the reader's language. */
export type Value =
  | string
  | number
  | bigint
  | Money
  | Temporal.PlainDate
  | Temporal.PlainTime
  | readonly Say[];

/** One sentence to be said: which text, and what goes into it. Words appear only in `content`. */
export type Say = { readonly key: keyof Texts; readonly with: Readonly<Record<string, Value>> };

/** One answer offered: by its number, by its word, or by its button, which carries `payload`. */
export type Offer = { readonly payload: string; readonly label: Say };

/** One message: its lines, one below the other, what may be answered, and at most one file. */
export type Reply = {
  readonly lines: readonly Say[];
  readonly offers: readonly Offer[];
  /** A file that goes with it. */
  readonly attachment?: Attachment;
  /** Said in this language, whatever the reader's: staff look at what others will read. */
  readonly language?: Language;
  /** The id it goes out under, where it is to be edited or taken back afterwards. */
  readonly id?: string;
  /** The id of an earlier message, which says this from now on. */
  readonly edits?: string;
  /** So many choices stand side by side, without numbers: they are keys. */
  readonly columns?: number;
  /** Nothing is said: one message goes from her screen, of ours by its id, or of hers by the channel's. */
  readonly takesBack?: { readonly ours: string } | { readonly hers: string };
};

type With<Key extends keyof Texts> = Readonly<Record<Texts[Key][number], Value>>;

/** A sentence with exactly the values its text needs. */
export const say = <Key extends keyof Texts>(
  key: Key,
  ...values: Texts[Key] extends readonly [] ? [] : [With<Key>]
): Say => ({ key, with: values[0] ?? {} });

export const offer = (payload: string, label: Say): Offer => ({ payload, label });

export const reply = (lines: readonly Say[], offers: readonly Offer[] = []): Reply => ({ lines, offers });

/** One message goes from her screen, as far as the platform lets it. */
export const takenBack = (what: NonNullable<Reply['takesBack']>): Reply => ({
  ...reply([]),
  takesBack: what,
});

/** The same message with a file. */
export const withFile = (said: Reply, attachment: Attachment): Reply => ({ ...said, attachment });

/** The words of a purpose, for a line of a receipt. */
export const purposeText = (purpose: PaymentPurpose): Say => say(`purpose.${purpose}`);
