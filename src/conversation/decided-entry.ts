import type { Temporal } from 'temporal-polyfill';
import { asId, type EntryId, type MemberId } from '../domain/ids.ts';
import { type EntryDraft, type EntryKind, type Posting, sound } from '../domain/ledger/entry.ts';
import { type MemberTurn, todayOf } from './turn.ts';

/** An entry: `author` began it, and she who speaks now, where she is another one, says the same. */
export const decidedEntry = (
  turn: MemberTurn,
  {
    on = todayOf(turn),
    ...of
  }: {
    readonly kind: EntryKind;
    /** What was decided, so that it is booked once however often it is said. */
    readonly key: string;
    readonly author: MemberId;
    readonly postings: readonly Posting[];
    /** The day it is of: a past meeting's, when that is written down later; else today. */
    readonly on?: Temporal.PlainDate;
  },
): EntryDraft =>
  sound({
    ...of,
    id: asId<EntryId>(turn.newId()),
    groupId: turn.speaker.group.id,
    batch: undefined,
    witness: of.author === turn.speaker.me.id ? undefined : turn.speaker.me.id,
    occurredOn: on,
    rulesVersion: turn.speaker.group.rulesVersion,
    reverses: undefined,
    reason: undefined,
  });
