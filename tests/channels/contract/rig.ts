import { setTimeout as wait } from 'node:timers/promises';
import type { Channel, Receive, Report, SendFailure, Status } from '../../../src/channels/channel.ts';
import type { IncomingMessage, MediaKind } from '../../../src/conversation/message.ts';

/**
 * What differs from one platform to another, as data: the contract asserts each of them, so nothing is skipped in silence.
 * `none`: the platform has no such thing.
 */
export type ChannelFacts = {
  readonly name: string;
  /** UTF-16 units of one message, and of the words under a file. */
  readonly textCharsMax: number;
  readonly captionCharsMax: number;
  /** So many choices at most become buttons or rows of a list; 0: all choices are numbered text. */
  readonly buttonsMax: number;
  /** How a press comes back is always the payload; `numbersOnButtons`: each button shows its number, too. */
  readonly numbersOnButtons: boolean;
  /** An edited message: told as `unread`/`edited`, or kept from us. */
  readonly edits: 'unread' | 'not-delivered' | 'none';
  /** Words in a chat of several people: told as `group-chat`, or kept from us. */
  readonly groups: 'group-chat' | 'not-delivered' | 'none';
  /** Where it shows that she blocked us. `never`: the platform hides it. */
  readonly blocked:
    | { readonly when: 'send' | 'status'; readonly failure: SendFailure['type'] }
    | { readonly when: 'never' }
    | { readonly when: 'none' };
  /** Whether a block and a return arrive by themselves, as `reachable`. */
  readonly tellsBlock: boolean;
  /** "Too many": with the platform's own seconds, or with ours where it names none. */
  readonly tooMany: 'exact-seconds' | 'own-seconds' | 'none';
  /** Whether calls can fail at all: a server error, an answer that is lost. */
  readonly faults: boolean;
  /**
   * What becomes of a message that the app could not keep: the platform brings it again (by itself or at the next start),
   * or whoever sent it is told that it failed.
   */
  readonly notKept: 'again' | 'sender-is-told';
  readonly contacts: 'tells-own' | 'never-own' | 'none';
  readonly locations: boolean;
  /** Whether what she passes on is marked as such, with what is in it. */
  readonly forwards: boolean;
  /** Whether she can mark the message of ours that she answers. */
  readonly replies: boolean;
  /** Kinds of file she can send, and we to her. */
  readonly filesIn: readonly MediaKind[];
  readonly filesOut: readonly MediaKind[];
  /** Whether a file that was sent has an id by which it can be sent again; and for how many days, if there is an end. */
  readonly fileIds: 'for-days' | 'for-ever' | 'none';
  /** What is told of messages after they were taken. */
  readonly statuses: readonly Status['state'][];
  readonly erases: boolean;
  /** Whether a message of ours can be given other words. */
  readonly editsOurs: boolean;
  readonly windowHours: number | undefined;
};

/** One message as it stands in her chat. */
export type Arrival = {
  readonly text: string;
  /** What is written on its buttons or rows, in order; empty where choices are numbered text. */
  readonly buttons: readonly string[];
  readonly file?: { readonly kind: MediaKind; readonly bytes: Uint8Array };
};

export type SentFile = {
  readonly kind: MediaKind;
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
  readonly caption?: string;
};

/**
 * A person with the platform on her telephone. Whatever she does resolves when the platform has it; the channel may hear
 * of it later. What her platform does not have throws.
 */
export type Person = {
  /** How the channel names her. */
  readonly address: string;
  says(text: string): Promise<void>;
  /** Presses the newest button on which this is written. */
  presses(button: string): Promise<void>;
  sends(file: SentFile): Promise<void>;
  /** A card with a number: her own or another one, passed on from elsewhere or not. */
  sharesContact(contact: { readonly own: boolean; readonly forwarded: boolean }): Promise<void>;
  sharesLocation(): Promise<void>;
  /** Passes on somebody else's words, or a file with what is written under it. */
  forwards(what: string | SentFile): Promise<void>;
  /** Answers this message of ours. */
  repliesTo(sentId: string, text: string): Promise<void>;
  /** Edits her latest message. */
  edits(text: string): Promise<void>;
  /** Writes to us in a chat of several people. */
  saysInGroup(text: string): Promise<void>;
  blocks(): Promise<void>;
  unblocks(): Promise<void>;
  /** Opens the chat: all that arrived is read. */
  reads(): Promise<void>;
  /** Our messages in her chat, oldest first, without those taken back. */
  inbox(): Promise<readonly Arrival[]>;
};

/** The platform itself. Each fault hits the next message we send, once; or the one after so many that go well. */
export type Platform = {
  tooMany(seconds: number): void;
  serverError(after?: number): void;
  /** The message arrives; its answer never does. */
  loseAnswer(): void;
  /** Brings what a person did last once more. */
  deliverAgain(): Promise<void>;
};

/** A real channel at its emulator or stub, running. */
export type Rig = {
  /** The running one: another one after `restart`. */
  channel(): Channel;
  person(number: 1 | 2 | 3): Person;
  readonly platform: Platform;
  /** Stops the channel, if it runs, and starts a new one at the same platform with the same app. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** Stops everything. Fails when the platform found a call wrong or a secret was logged. */
  finish(): Promise<void>;
};

export type StartRig = (app: ScriptedApp) => Promise<Rig>;

/** The app as a channel sees it. */
export type ScriptedApp = {
  readonly receive: Receive;
  readonly report: Report;
  /** What was kept, in order. */
  readonly received: IncomingMessage[];
  readonly statuses: Status[];
  /** How often `receive` was called, whether or not the message was kept. */
  tries(): number;
  /** While true nothing can be kept, as when the database is gone. */
  broken: boolean;
};

export function scriptedApp(): ScriptedApp {
  let tries = 0;
  const app: ScriptedApp = {
    received: [],
    statuses: [],
    tries: () => tries,
    broken: false,
    async receive(message) {
      tries += 1;
      await wait(1);
      if (app.broken) throw new Error('connection to postgres://invented refused');
      app.received.push(message);
    },
    async report(statuses) {
      await wait(1);
      app.statuses.push(...statuses);
    },
  };
  return app;
}

/** Resolves once `condition` holds; rejects with `what` after `limitMs`. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 15_000,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${what}`);
    await wait(5);
  }
}
