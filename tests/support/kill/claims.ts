// What was claimed, pressed and acknowledged, kept by those who wrote: the oracle the book is held against.

import type { Heard } from './heard.ts';
import type { Person } from './phone.ts';

export type Purpose = 'savings' | 'social';

/** One member's money. Its amount is used once in its group, so that a doubled payment shows. */
export type Line = {
  readonly group: string;
  readonly member: Person;
  readonly purpose: Purpose;
  readonly minor: bigint;
};

/**
 * As in Jepsen. `unpressed`: nobody said yes, so it must not be in the book. `pressed`: a yes was sent, and it is there
 * once or not at all. `acknowledged`: the bot named its receipt, and it is there exactly once.
 */
export type ClaimState = 'unpressed' | 'pressed' | 'acknowledged';

export type Claim = {
  readonly line: Line;
  state: ClaimState;
  /** The receipt the bot named. */
  receipt?: bigint;
};

/** A list's answer: so many payments of this total have the receipts from `first` to `last`. */
export type ListAnswer = Extract<Heard, { type: 'recorded' }> & { readonly by: Person };

export type Claims = {
  /** A new amount for this member. */
  claim(member: Person): Claim;
  /** The claim of this amount, whatever became of it. */
  of(group: string, minor: bigint): Claim | undefined;
  /** Takes in what the bot says to anyone. */
  hear(person: Person, heard: Heard): void;
  readonly all: () => readonly Claim[];
  readonly lists: readonly ListAnswer[];
  /** Receipts of "already confirmed" answers: they must be in the book. */
  readonly named: readonly { readonly group: string; readonly receipt: bigint }[];
  /** What the bot said that cannot be true together. */
  readonly contradictions: readonly string[];
};

/** Smallest coin and purpose by group of the demo: one saves in whole shares only, so there the social fund is paid. */
const MONEY: Readonly<Record<string, { readonly purpose: Purpose; readonly stepMinor: bigint }>> = {
  'Las Jacarandas': { purpose: 'savings', stepMinor: 50n },
  'Flor de Milpa': { purpose: 'social', stepMinor: 1n },
};
/** The first amount is this and one step, so that none looks like a number of a menu. */
const FLOOR_MINOR = 10_000n;

export const claimBook = (): Claims => {
  const claims = new Map<string, Claim>();
  const steps = new Map<string, bigint>();
  const lists: ListAnswer[] = [];
  const named: { group: string; receipt: bigint }[] = [];
  const contradictions: string[] = [];
  const keyOf = (group: string, minor: bigint): string => `${group}/${minor}`;
  const of = (group: string, minor: bigint): Claim | undefined => claims.get(keyOf(group, minor));

  const acknowledge = (claim: Claim | undefined, receipt: bigint): void => {
    if (!claim) {
      contradictions.push(`receipt ${receipt} is of an amount nobody claimed`);
      return;
    }
    if (claim.receipt !== undefined && claim.receipt !== receipt) {
      contradictions.push(`${claim.line.minor} has the receipts ${claim.receipt} and ${receipt}`);
    }
    if (claim.state === 'unpressed') contradictions.push(`${claim.line.minor} was booked without a yes`);
    claim.state = 'acknowledged';
    claim.receipt = receipt;
  };

  return {
    of,
    lists,
    named,
    contradictions,
    all: () => [...claims.values()],
    claim: (member) => {
      const { group } = member;
      const money = MONEY[group];
      if (!money) throw new Error(`no amounts are known for the group ${group}`);
      const step = (steps.get(group) ?? 0n) + 1n;
      steps.set(group, step);
      const minor = FLOOR_MINOR + step * money.stepMinor;
      const claim: Claim = { line: { group, member, purpose: money.purpose, minor }, state: 'unpressed' };
      claims.set(keyOf(group, minor), claim);
      return claim;
    },
    hear: (person, heard) => {
      const { group } = person;
      if (heard.type === 'recorded') lists.push({ ...heard, by: person });
      if (heard.type === 'already-confirmed') named.push({ group, receipt: heard.receipt });
      if (heard.type === 'receipt' || heard.type === 'confirmed') {
        acknowledge(of(group, heard.total), heard.receipt);
      }
    },
  };
};

export const purposeWord = (purpose: Purpose): string =>
  purpose === 'savings' ? 'de ahorro' : 'de fondo social';

/** 12.50, as a person types it. */
export const typed = (minor: bigint): string =>
  `${minor / 100n}.${(minor % 100n).toString().padStart(2, '0')}`;
