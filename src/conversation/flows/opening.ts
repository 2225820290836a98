import { firstName, isOfficer } from '../../domain/group.ts';
import type { OpeningSignature } from '../group-facts.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, type Say, say } from '../say.ts';
import { type AskTurn, decide, type MemberTurn, needs } from '../turn.ts';
import { boxLines } from './count-text.ts';

const isMissing = ({ state }: OpeningSignature): boolean => state === 'asked' || state === 'refused';

/** Whether the speaker has not said yet if what the group brought into its book is so. */
export const isAskedToSign = ({ speaker: { group, me } }: AskTurn): boolean =>
  group.signatures.some(({ id, state }) => id === me.id && state === 'asked');

/** The same, or she said that it is not so: she may still sign. */
const waitsForMe = ({ speaker: { group, me } }: AskTurn): boolean =>
  group.signatures.some((one) => one.id === me.id && isMissing(one));

/** Hers to press, while her signature is missing. */
export const openingOffers = (turn: AskTurn): Offer[] =>
  waitsForMe(turn) ? [offer('opening', say('opening.menu'))] : [];

/** Whose signature is missing under what the book began with: said with its balances until both are there. */
export const unsigned = ({ speaker: { group } }: AskTurn): Say[] =>
  group.signatures
    .filter(isMissing)
    .map(({ name, state }) =>
      say(state === 'refused' ? 'opening.contested' : 'opening.missing', { name: firstName(name) }),
    );

/** For officers also who signed on paper: that is the word of whoever imported the book. */
export const signatureLines = (turn: AskTurn): Say[] => {
  const { group, me } = turn.speaker;
  if (!isOfficer(me.role)) return [];
  const onPaper = group.signatures.filter(({ state }) => state === 'paper');
  const names = onPaper.map(({ name }) => firstName(name)).join(', ');
  return [...unsigned(turn), ...(onPaper.length > 0 ? [say('opening.paper', { names })] : [])];
};

/** What the group brought into its book, and whether it is so. */
export const openingQuestion = (turn: MemberTurn): StepResult => {
  if (!waitsForMe(turn)) return decide(turn, { replies: [reply([say('opening.none')])] });
  const { opening } = turn.speaker.extra;
  if (!opening) return needs({ type: 'opening' });
  const { on, saved, lent, boxes } = opening;
  return decide(turn, {
    replies: [
      reply(
        [
          say('opening.title', { date: on }),
          ...(saved.minor > 0n ? [say('opening.saved', { saved })] : []),
          ...(lent.minor > 0n ? [say('opening.lent', { lent })] : []),
          ...boxLines(turn, boxes),
          say('opening.question'),
        ],
        [
          offer('opening:yes', say('opening.yes')),
          offer('opening:no', say('opening.no')),
          offer('no', say('choice.not-now')),
        ],
      ),
    ],
  });
};

/** Her own word on it. The entry stands as it is: who says no is heard by the team, and may sign later. */
export const openingVerb = (turn: MemberTurn, answer: string): StepResult | undefined => {
  if (answer === '') return openingQuestion(turn);
  if (answer !== 'yes' && answer !== 'no') return undefined;
  if (!waitsForMe(turn)) return decide(turn, { replies: [reply([say('opening.none')])] });
  const { group, me, company } = turn.speaker;
  const name = firstName(me.name);
  const state = answer === 'yes' ? 'signed' : 'refused';
  const isLast = !group.signatures.some((one) => one.id !== me.id && isMissing(one));
  const told =
    state === 'refused'
      ? say('opening.refused-told', { name, group: group.name })
      : say(isLast ? 'opening.all-signed' : 'opening.one-signed', { name });
  return decide(turn, {
    events: [{ type: 'opening-signed', memberId: me.id, state }],
    notices: [
      ...tell(otherOfficers(turn), 'answer', reply([told])),
      ...(state === 'refused'
        ? tell(
            company.staff,
            'answer',
            reply([say('opening.refused-staff', { number: me.number, group: group.name })]),
          )
        : []),
    ],
    replies: [reply([say(state === 'signed' ? 'opening.thanks' : 'opening.refused')])],
  });
};
