import type { Element, NameElement, Sign, Status } from './list-element.ts';
import type { PurposeWord } from './vocabulary.ts';

type Join = 'and' | 'comma' | 'colon' | 'none';
/** A name with what stood between it and the name before. `strange`: no name we know, perhaps no name at all. */
export type Named = NameElement & { readonly join: Join; readonly strange: boolean };

/** Whom a list speaks of in one breath and what it says of them. */
export type Entry = {
  readonly kind: 'names' | 'all' | 'rest';
  readonly names: Named[];
  /** "menos Petra": these are left out of what is said of all. */
  readonly except: boolean;
  /** What was said before the names: "faltaron Petra y Juana". */
  readonly lead: Element[];
  /** What was said after them, with the commas and the "and"s. */
  readonly body: Element[];
  /** What the heading above them said. */
  readonly heading: Status | undefined;
  readonly purpose: PurposeWord | undefined;
  readonly flags: Set<Sign>;
  /** "todas menos Petra dieron 100": what follows these names is said of those. */
  owner: Entry | undefined;
  /** Something else was said in the same breath: what it says of money is not taken. */
  tainted: boolean;
  start: number;
  end: number;
};

export type Entries = {
  readonly entries: Entry[];
  /** Amounts that belong to nobody. */
  readonly loose: Element[];
  readonly total: bigint | undefined;
};

/** Where the reading of a list stands. */
export type State = {
  entries: Entry[];
  sentence: Entry[];
  loose: Element[];
  current: Entry | undefined;
  lead: Element[];
  join: Join;
  flags: Set<Sign>;
  exceptNext: boolean;
  taintNext: boolean;
  afterLink: boolean;
  totalNext: boolean;
  total: bigint | undefined;
  clausePurpose: PurposeWord | undefined;
  pagePurpose: PurposeWord | undefined;
  heading: Status | undefined;
};

export const emptyState = (): State => ({
  entries: [],
  sentence: [],
  loose: [],
  current: undefined,
  lead: [],
  join: 'none',
  flags: new Set(),
  exceptNext: false,
  taintNext: false,
  afterLink: false,
  totalNext: false,
  total: undefined,
  clausePurpose: undefined,
  pagePurpose: undefined,
  heading: undefined,
});
