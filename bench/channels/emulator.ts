import type { Phone } from './phone.ts';
import type { Post } from './post.ts';

/** A call that was to send a message, as the platform saw it. */
export type SendCall = {
  readonly to: string;
  readonly at: number; // ms since 1970
  /** The status of the fault it met. */
  readonly refused: number | undefined;
};

/** A fault for a call to send; so many calls before it go well. */
export type Spoiled = { readonly after: number; readonly status: 429 | 500 };

/** What a platform says with "too many". */
export const RETRY_AFTER_SECONDS = 1;

/** A platform on this machine for the program in its own process: what differs from one to another. */
export type Emulator = {
  /** As it is written in the table of figures. */
  readonly label: string;
  /** As it is written in the database. */
  readonly channel: string;
  /** What an operator would set. */
  readonly settings: Readonly<Record<string, string>>;
  /** The program, in so many processes, is at this address: what people do is posted there, unless it is fetched. */
  meet(url: string, processes: number): Promise<void>;
  /** The telephone of the nth person. */
  phone(n: number): Phone;
  /** What was not accepted by the program yet. */
  open(): number;
  /** What was wrong with the program's calls. */
  violations(): readonly string[];
  stop(): Promise<void>;
};

/** One whose calls can be spoiled. */
export type CalledEmulator = Emulator & {
  /** Messages a second that the real platform allows. */
  readonly perSecond: number;
  spoil(faults: readonly Spoiled[]): void;
  calls(): readonly SendCall[];
};

/** One whose posts can be written by hand. */
export type PostingEmulator = CalledEmulator & { readonly posts: Posts };

export type Posts = {
  /** A post as the platform makes it: the nth person says these words. `id`: of the message, unlike any before. */
  genuine(n: number, id: number, text: string): Post;
  /** The same as somebody makes it who knows everything but the secret. */
  forged(n: number, id: number, draw: () => number): Post;
};
