import type { Temporal } from 'temporal-polyfill';
import type { Channel } from '../channels/channel.ts';
import type { RightsTerms } from '../conversation/rights-facts.ts';
import type { WordsKept } from '../store/housekeeping.ts';
import type { Limits } from '../store/limit-message.ts';
import type { Listen } from '../store/listener.ts';
import type { Curriculum } from './load-lessons.ts';
import type { Locales } from './load-locales.ts';
import type { Store } from './store.ts';

/** What a program is made of, and what it goes by; what is left out is as a small programme has it. */
export type AppOptions = {
  readonly store: Store;
  readonly locales: Locales;
  /** None where nobody learns: while the demo is made. */
  readonly curriculum?: Curriculum;
  readonly channels: readonly Channel[];
  /** What this process does of receiving and sending; both, unless it is told. What it does not, others do. */
  readonly does?: { readonly receives: boolean; readonly sends: boolean };
  /** How processes tell each other that something waits; without it they look by the clock. */
  readonly listen?: Listen;
  /** Of what a person did not ask for, so many messages a day; without it any number. */
  readonly unaskedDailyMax?: number;
  /** Days for which records of delivery are kept. */
  readonly keepRecordsDays?: number;
  /** Days for which words are kept. */
  readonly wordsKept?: WordsKept;
  /** A message of staff to more people than this is looked at by a second one of them. */
  readonly secondAbove?: number;
  /** What the programme settled about being forgotten, and whom to ask about personal data. */
  readonly rights?: RightsTerms;
  /** Where this program is reached from outside, https and without a path: for the page of a PIN. */
  readonly publicUrl?: string;
  /** Where the simulator's telephones reach it, which are on this computer, where there is no such address. */
  readonly simulatorUrl?: string;
  /** How many messages a minute are answered; without it, any number. */
  readonly limits?: Limits;
  readonly now?: () => Temporal.Instant;
  readonly newId?: () => string;
  /** Where the secrets of draws come from, and what nobody can foresee about a PIN's keypad and page. */
  readonly newSecret?: () => string;
  /** Where invitation codes come from. */
  readonly newCode?: () => string;
};
