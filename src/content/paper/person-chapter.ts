import type { Temporal } from 'temporal-polyfill';
import type { PersonFacts } from '../../conversation/person-facts.ts';
import type { Say } from '../../conversation/say.ts';
import { localDate } from '../../domain/calendar.ts';
import type { Catalogue } from '../../domain/lesson/catalogue.ts';
import type { Chapter } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** What a member's file is made of. */
export type PersonFile = {
  readonly facts: PersonFacts;
  readonly voice: Voice;
  readonly catalogue: Catalogue;
  /** Without what is private: it is said that it was left out. */
  readonly isWhole: boolean;
  readonly now: Temporal.Instant;
};

/** Sentences under a title, in her language. */
export const chapter = (title: Say, lines: readonly Say[], { voice }: PersonFile): Chapter => ({
  title: voice.sentence(title),
  lines: lines.map((line) => voice.sentence(line)),
});

/** The day where her group lives. */
export const dayOf = ({ voice, facts }: PersonFile, at: Temporal.Instant | Temporal.PlainDate): string =>
  voice.shortDate('epochMilliseconds' in at ? localDate(at, facts.group.timeZone) : at);
