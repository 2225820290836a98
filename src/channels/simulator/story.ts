import { randomUUID } from 'node:crypto';
import type { Choice, IncomingBody, MediaKind } from '../../conversation/message.ts';

const HAPPENINGS_MAX = 5_000; // days of playing; the oldest are forgotten first

/** What happened on the phones, in order, as it is written down for a test. */
export type Happening =
  /** `label`: what the button that she pressed said. */
  | {
      readonly type: 'said';
      readonly address: string;
      readonly body: IncomingBody;
      readonly label: string | undefined;
    }
  | {
      readonly type: 'heard';
      readonly address: string;
      readonly text: string;
      readonly choices: readonly Choice[];
      readonly file?: { readonly kind: MediaKind; readonly name: string };
    }
  /** A message of the bot says other words from now on. */
  | {
      readonly type: 'edited';
      readonly address: string;
      readonly text: string;
      readonly choices: readonly Choice[];
    }
  /** A message of the bot was taken back. */
  | { readonly type: 'erased'; readonly address: string }
  /** The clock was moved on to `at`, an ISO instant, and the minute's jobs ran. */
  | { readonly type: 'clock'; readonly at: string };

/** Where a page began to look: `at` by the simulator's clock, `since` by the computer's. ISO instants. */
export type Beginning = { readonly at: string; readonly since: string };

export type SimulatorStory = {
  add(happening: Happening): void;
  /** A page begins here. The id it gets is asked for later. */
  begin(at: string): string;
  /** What happened after this page began, or undefined when that is forgotten. */
  since(page: string): (Beginning & { readonly happenings: readonly Happening[] }) | undefined;
};

export function simulatorStory(): SimulatorStory {
  const told: (Happening | (Beginning & { readonly type: 'page'; readonly page: string }))[] = [];
  const tell = (what: (typeof told)[number]): void => {
    told.push(what);
    if (told.length > HAPPENINGS_MAX) told.shift();
  };
  return {
    add: tell,
    begin(at) {
      const page = randomUUID();
      tell({ type: 'page', page, at, since: new Date().toISOString() });
      return page;
    },
    since(page) {
      const start = told.findIndex((what) => what.type === 'page' && what.page === page);
      const beginning = told[start];
      if (beginning?.type !== 'page') return undefined;
      const happenings = told.slice(start + 1).filter((what) => what.type !== 'page');
      return { at: beginning.at, since: beginning.since, happenings };
    },
  };
}
