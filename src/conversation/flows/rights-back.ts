import { asId, type ErasureId, isId } from '../../domain/ids.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type Turn } from '../turn.ts';

/** Somebody who asked to be forgotten writes, and may still come back: she is asked. Undefined: there is nobody. */
export const comeBack = (turn: Turn): StepResult | undefined => {
  const [erasure] = turn.snapshot.address.erasures;
  if (!erasure) return undefined;
  const { input } = turn;
  if (input.type === 'choice' && input.verb === 'rights' && input.args[0] === 'back') {
    return undo(turn, input.args[1] ?? '');
  }
  const { language } = erasure;
  if (input.type === 'choice' && input.verb === 'no') {
    return decide(turn, { language, replies: [reply([say('erase-me.still')])] });
  }
  return decide(turn, {
    language,
    replies: [
      reply(
        [
          say('erase-me.waiting', {
            date: erasure.until.toZonedDateTimeISO(erasure.timeZone).toPlainDate(),
          }),
        ],
        [offer(`rights:back:${erasure.id}`, say('erase-me.back')), offer('no', say('erase-me.go-ahead'))],
      ),
    ],
  });
};

const undo = (turn: Turn, text: string): StepResult | undefined => {
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
