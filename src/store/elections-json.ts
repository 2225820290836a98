import type { DomainEvent } from '../conversation/domain-event.ts';
import type { ElectionFacts, Person } from '../conversation/election-facts.ts';
import type { Language } from '../conversation/message.ts';
import { asId, type ElectionId, type MemberId } from '../domain/ids.ts';
import { contact } from './company-facts.ts';
import { voteFacts } from './cover-facts.ts';
import type { ElectionJson } from './election-facts-json.ts';
import type { Secrets } from './secrets.ts';

export const electionFacts = (
  secrets: Secrets,
  { open, holders, endedAt }: ElectionJson,
  language: Language,
): ElectionFacts => {
  const person = (json: ElectionJson['holders'][number]): Person => ({
    ...contact(secrets, json, language),
    id: asId<MemberId>(json.id),
  });
  return {
    open: open
      ? {
          ...open,
          id: asId<ElectionId>(open.id),
          by: asId<MemberId>(open.by),
          candidate: person(open.candidate),
          votes: voteFacts(open.votes),
          hands: open.hands ?? undefined,
        }
      : undefined,
    holders: holders.map(person),
    endedAt: endedAt ?? undefined,
  };
};

/** What was decided about offices, as commit_elections takes it. */
export const electionsJson = (events: readonly DomainEvent[]): { elections?: object } => {
  const lists: Record<'asked' | 'voted' | 'moved' | 'taken', object[]> = {
    asked: [],
    voted: [],
    moved: [],
    taken: [],
  };
  for (const event of events) {
    switch (event.type) {
      case 'election-asked':
        lists.asked.push({ id: event.id, office: event.office, candidate: event.candidate, by: event.by });
        break;
      case 'vote-cast':
        if (event.seen === undefined) break;
        lists.voted.push({
          id: event.subjectId,
          seen: event.seen,
          member: event.vote.memberId,
          yes: event.vote.yes,
        });
        break;
      case 'election-moved':
        lists.moved.push({ id: event.id, was: event.was, state: event.state });
        break;
      case 'office-taken':
        lists.taken.push({ id: event.id, holders: event.holders.toSorted() });
        break;
      default:
    }
  }
  return Object.values(lists).some((list) => list.length > 0) ? { elections: lists } : {};
};
