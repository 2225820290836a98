// Lists of 24 payments as a leader confirms them, decided by the real conversation, one after the other per group.

import type { Temporal } from 'temporal-polyfill';
import type { Locales } from '../src/app/load-locales.ts';
import { idMaker } from '../src/app/new-id.ts';
import { randomSecret } from '../src/app/new-secret.ts';
import { type Content, createContent } from '../src/content/render.ts';
import type { IncomingMessage } from '../src/conversation/message.ts';
import type { Outcome } from '../src/conversation/outcome.ts';
import { type Reply, reply, say } from '../src/conversation/say.ts';
import { EMPTY_SESSION, type Session } from '../src/conversation/session.ts';
import type { MemberSpeaker, Snapshot } from '../src/conversation/snapshot.ts';
import { step } from '../src/conversation/step.ts';
import { firstName } from '../src/domain/group.ts';
import { type AddressId, asId } from '../src/domain/ids.ts';
import { type Decided, outcomeJson } from '../src/store/commit-outcome.ts';
import type { Database } from '../src/store/database.ts';
import { drawInviteCode } from '../src/store/invite-code.ts';
import { loadSnapshot } from '../src/store/load-snapshot.ts';
import type { OutboxMessage } from '../src/store/outbox-json.ts';
import type { Secrets } from '../src/store/secrets.ts';
import { sha256 } from '../src/store/sha256.ts';
import { CHANNEL, NOW } from './people.ts';

export const LIST_LENGTH = 24;
const HOURS_PER_WEEK = 168;

export type ListWork = {
  readonly store: { readonly database: Database; readonly secrets: Secrets };
  readonly content: Content;
  readonly lexicons: Locales['lexicons'];
  readonly newId: () => string;
};

export const listWork = (store: ListWork['store'], locales: Locales): ListWork => ({
  store,
  content: createContent(locales.texts),
  lexicons: locales.lexicons,
  newId: idMaker(),
});

/**
 * What one group's leader decides in `count` weeks, beginning with the book as it stands: each list rests on the one
 * before it, so they can only be committed in this order. Weeks that were decided before are skipped by `firstWeek`.
 */
export const decideLists = async (
  work: ListWork,
  leader: string,
  weeks: { readonly first: number; readonly count: number },
): Promise<Decided[]> => {
  const { database, secrets } = work.store;
  const facts = await loadSnapshot({ pool: database.pool, secrets }, messageOf(work, leader, 'lista'), {
    needs: [{ type: 'company' }],
    now: NOW,
    newAddressId: asId<AddressId>(work.newId()),
  });
  if (facts.type !== 'loaded' || facts.snapshot.speaker.type !== 'member') throw new Error('not a leader');
  let book = facts.snapshot.speaker.group.book;
  let version = BigInt(facts.stored?.version ?? 0);
  const lists: Decided[] = [];
  for (let week = weeks.first; week < weeks.first + weeks.count; week += 1) {
    const now = NOW.add({ hours: HOURS_PER_WEEK * week });
    const speaker = { ...facts.snapshot.speaker, group: { ...facts.snapshot.speaker.group, book } };
    const decided = decideOne(work, { leader, base: facts.snapshot, speaker, now, version: String(version) });
    lists.push(decided);
    // Where this commit will leave the book: read from the document itself, which has numbered and chained it.
    const json: { newSeq?: string; newHead?: string } = outcomeJson(secrets, decided);
    book = { seq: BigInt(json.newSeq ?? ''), head: json.newHead ?? '', frozen: false };
    version += 1n;
  }
  return lists;
};

type Weekly = {
  readonly leader: string;
  readonly base: Snapshot;
  readonly speaker: MemberSpeaker;
  readonly now: Temporal.Instant;
  readonly version: string;
};

const decideOne = (work: ListWork, { leader, base, speaker, now, version }: Weekly): Decided => {
  const at = (session: Session): Snapshot => ({
    ...base,
    now,
    speaker,
    address: { ...base.address, session },
  });
  const lines = (speaker.company?.desk?.roster ?? [])
    .slice(1, LIST_LENGTH + 1)
    .map((member) => `${member.name} 50 ahorro`);
  const asked = outcomeOf(work, at(EMPTY_SESSION), messageOf(work, leader, lines.join('\n')));
  const offered = wordsOf(work, asked, base).at(0)?.message.choices ?? [];
  const message = messageOf(work, leader, 'sí');
  const snapshot = at({ ...asked.session, offered });
  const outcome = outcomeOf(work, snapshot, message);
  const entries = outcome.events.filter((event) => event.type === 'entry-posted').length;
  if (entries !== LIST_LENGTH) {
    throw new Error(`the list became ${entries} entries: ${wordsOf(work, asked, base)[0]?.message.text}`);
  }
  return {
    message,
    snapshot,
    stored: { version, aliasKey: undefined, ownKey: undefined, groupKey: undefined },
    windowed: false,
    outcome,
    session: { ...outcome.session, offered: [] },
    outbox: wordsOf(work, outcome, base),
    sendNow: true,
  };
};

const messageOf = ({ newId }: ListWork, address: string, text: string): IncomingMessage => ({
  channel: CHANNEL,
  messageId: newId(),
  address,
  receivedAt: NOW.toString(),
  body: { type: 'text', text },
});

const outcomeOf = ({ lexicons, newId }: ListWork, snapshot: Snapshot, message: IncomingMessage): Outcome => {
  const result = step(snapshot, message, {
    lexicons,
    newId,
    newSecret: randomSecret,
    newCode: drawInviteCode,
    canErase: () => false,
    pinWay: () => 'none',
    pinLink: () => '',
    lessons: new Map(),
    spoken: [],
    helpLines: () => [],
    sha256,
    sensitiveWords: () => [],
    isWindowed: () => false,
    secondAbove: 50,
    rights: { erasureDays: 15, auditYears: 5, contact: '' },
  });
  if (result.type !== 'decided')
    throw new Error(`a list needs no further facts, yet asked for ${result.need.type}`);
  return result.outcome;
};

const opened = (name: string, { lines, offers }: Reply): Reply =>
  reply([say('notice.opener', { name: firstName(name) }), ...lines], offers);

/** Her answer and everybody's receipt in words, one outbox row each, as the app writes them. */
const wordsOf = ({ content, newId }: ListWork, outcome: Outcome, { address }: Snapshot): OutboxMessage[] => {
  const row = { channel: CHANNEL, lane: 0 as const, delaySeconds: 0 };
  return [
    ...outcome.replies.map((answer) => ({
      ...row,
      id: newId(),
      addressId: address.id,
      memberId: undefined,
      kind: 'reply',
      unsolicited: false,
      message: content.render(answer, 'es'),
    })),
    ...outcome.notices.flatMap(({ to, kind, reply: notice }) =>
      to.reach.map(({ addressId, channel }) => ({
        ...row,
        id: newId(),
        addressId,
        channel,
        memberId: to.memberId,
        kind,
        unsolicited: true,
        message: content.render(opened(to.name, notice), to.language),
      })),
    ),
  ];
};
