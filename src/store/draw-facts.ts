import type { DrawFacts } from '../conversation/draw-facts.ts';
import type { Draw } from '../domain/draw/draw.ts';
import { asId, type DrawId, type MemberId } from '../domain/ids.ts';
import { invariant } from '../domain/result.ts';
import { type DrawJson, secretPlace, wordPlace } from './draws-json.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';

/** Opens what is sealed of a draw. The secret comes only with a draw whose words are closed. */
export const drawFacts = (secrets: Secrets, json: DrawJson): DrawFacts => ({
  id: asId<DrawId>(json.id),
  draw: drawOf(secrets, json),
  begunBy: asId<MemberId>(json.begunBy),
  isOfThisCycle: json.open,
  secret: json.secret === null ? undefined : secrets.outboxOpen(secretPlace(json.id), json.secret),
  people: json.people.map((person) => ({
    id: asId<MemberId>(person.id),
    number: person.number,
    name: openName(secrets, 'member', person),
  })),
});

const drawOf = (secrets: Secrets, json: DrawJson): Draw => {
  const { purpose, by, commit, members, lots, wordsUntil, revealUntil } = json;
  const gathered = {
    plan: { purpose, by, commit, members, lots, wordsUntil, revealUntil, follows: json.follows ?? undefined },
    words: new Map(
      json.words.map(({ number, word }) => [number, secrets.outboxOpen(wordPlace(json.id, number), word)]),
    ),
    dice: json.dice ?? undefined,
  };
  switch (json.state) {
    case 'committed':
    case 'closed':
      return { ...gathered, type: json.state };
    case 'revealed':
      invariant(json.opened !== null && json.order !== null, 'a revealed draw has its secret and its order');
      return { ...gathered, type: 'revealed', secret: json.opened, order: json.order };
    case 'void':
      invariant(json.missing !== null, 'a void draw says what was missing');
      return { ...gathered, type: 'void', missing: json.missing };
  }
};
