import { asId, type ErasureId, isId } from '../../domain/ids.ts';
import type { StepResult } from '../outcome.ts';
import type { WaitingErasure } from '../rights-facts.ts';
import { type Offer, offer, reply, type Say, say } from '../say.ts';
import { decide, type Turn } from '../turn.ts';

/** Somebody who asked to be forgotten writes, and may still come back: she is asked. Undefined: there is nobody. */
export const comeBack = (turn: Turn): StepResult | undefined => {
  const { erasures } = turn.snapshot.address;
  const [erasure, ...others] = erasures;
  if (!erasure) return undefined;
  const { input } = turn;
  if (input.type === 'choice' && input.verb === 'rights' && input.args[0] === 'back') {
    return undo(turn, input.args[1] ?? '');
  }
  const { language } = erasure;
  if (input.type === 'choice' && input.verb === 'no') {
    return decide(turn, { language, replies: [reply([say('erase-me.still')])] });
  }
  const goAhead = offer('no', say('erase-me.go-ahead'));
  return decide(turn, {
    language,
    replies: [
      others.length === 0
        ? reply(
            [say('erase-me.waiting', { date: dayOf(erasure) })],
            [offer(`rights:back:${erasure.id}`, say('erase-me.back')), goAhead],
          )
        : reply(waysBack(turn).lines, [...waysBack(turn).offers, goAhead]),
    ],
  });
};

/**
 * What is to be erased of those who wrote from this telephone, a line and a way back for each: it may be hers who speaks, in
 * another group of hers, or another woman's who uses it too. No name is said.
 */
export const waysBack = (turn: Turn): { readonly lines: Say[]; readonly offers: Offer[] } => {
  const { erasures } = turn.snapshot.address;
  return {
    lines: erasures.map((one) =>
      say('erase-me.waits-of', { group: one.groupName, number: one.number, date: dayOf(one) }),
    ),
    offers: erasures.map((one) =>
      offer(`rights:back:${one.id}`, say('erase-me.back-to', { group: one.groupName })),
    ),
  };
};

const dayOf = ({ until, timeZone }: WaitingErasure) => until.toZonedDateTimeISO(timeZone).toPlainDate();

/** Everything is hers again. Undefined: it is none of this telephone. */
export const undo = (turn: Turn, text: string): StepResult | undefined => {
  if (!isId(text)) return undefined;
  const erasureId = asId<ErasureId>(text);
  const erasure = turn.snapshot.address.erasures.find(({ id }) => id === erasureId);
  if (!erasure) return undefined;
  return decide(turn, {
    language: erasure.language,
    events: [{ type: 'erasure-undone', erasureId }],
    replies: [reply([say('erase-me.undone')], [offer('ask:menu', say('menu.all'))])],
  });
};
