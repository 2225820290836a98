import { isBefore } from '../../domain/draw/draw.ts';
import { giveWord } from '../../domain/draw/steps.ts';
import { firstName } from '../../domain/group.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { DrawFacts } from '../draw-facts.ts';
import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, type MemberTurn, needs, type OfficerTurn } from '../turn.ts';
import { closeIfComplete } from './draw-close.ts';
import { drawRefusalText } from './draw-refusal.ts';

/** "Dar mi palabra": asks for it. What she writes next is her word, whatever it says. */
export const askWord = (turn: MemberTurn, facts: DrawFacts): StepResult =>
  askWordOf(turn, facts, turn.speaker.me.id);

/** The same for a member who cannot be written to: an officer writes down what she says in the meeting. */
export const askWordFor = (turn: OfficerTurn, facts: DrawFacts, memberId: string): StepResult | undefined => {
  const member = turn.speaker.company.desk.roster.find(({ id }) => id === memberId);
  if (!member || member.reach.length > 0) return undefined;
  return askWordOf(turn, facts, member.id);
};

const askWordOf = (turn: MemberTurn, facts: DrawFacts, memberId: MemberId): StepResult => {
  const { draw } = facts;
  const person = facts.people.find(({ id }) => id === memberId);
  if (!person) return refused(turn, { type: 'draw_not_in' });
  if (draw.words.has(person.number)) return refused(turn, { type: 'draw_word_given' });
  const inTime = isBefore(turn.snapshot.now, draw.plan.wordsUntil);
  if (draw.type !== 'committed' || draw.plan.by === 'dice' || !inTime)
    return refused(turn, { type: 'draw_words_closed' });
  const question =
    memberId === turn.speaker.me.id
      ? say('draw-word.question')
      : say('draw-word.question-for', { name: firstName(person.name) });
  return decide(turn, {
    flow: { type: 'draw-word', drawId: facts.id, memberId },
    replies: [reply([question, say('draw-word.public')])],
  });
};

const refused = (turn: MemberTurn, refusal: Parameters<typeof drawRefusalText>[0]): StepResult =>
  decide(turn, { replies: [reply([drawRefusalText(refusal)])] });

/** What she wrote, as a word of the draw. The last one that was missing closes the words, and all see them. */
export const wordAnswer = (turn: MemberTurn): StepResult | undefined => {
  const { flow } = turn.session;
  const { extra, me } = turn.speaker;
  if (flow.type !== 'draw-word' || turn.input.type !== 'words') return undefined;
  if (extra.draw === undefined) return needs({ type: 'draw' });
  if (!extra.voters) return needs({ type: 'voters' });
  if (extra.draw === 'none' || extra.draw.id !== flow.drawId)
    return refused(turn, { type: 'draw_words_closed' });
  const facts = extra.draw;
  const person = facts.people.find(({ id }) => id === flow.memberId);
  if (!person) return refused(turn, { type: 'draw_not_in' });
  const { number } = person;
  const given = giveWord(facts.draw, { number, text: turn.input.text, now: turn.snapshot.now });
  if (!given.ok) {
    const again = given.refusal.type === 'draw_word_empty' || given.refusal.type === 'draw_word_long';
    const replies = [reply([drawRefusalText(given.refusal)])];
    return decide(turn, again ? { flow, replies } : { replies });
  }
  const word = given.value.words.get(number) ?? '';
  const complete = closeIfComplete(turn, facts, given.value);
  const kept =
    person.id === me.id
      ? say('draw-word.kept', { word })
      : say('draw-word.kept-for', { name: firstName(person.name), word });
  return decide(turn, {
    events: [
      { type: 'draw-word-given', drawId: facts.id, number, word },
      ...(complete ? [complete.event] : []),
    ],
    notices: complete?.notices ?? [],
    replies: [reply([kept]), ...(complete ? [complete.own] : [])],
  });
};
