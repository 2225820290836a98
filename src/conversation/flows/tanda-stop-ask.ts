import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type OfficerTurn } from '../turn.ts';
import { askSecond } from './second-ask.ts';
import { settlementLines, stopFirst } from './tanda-stop-settle.ts';

/** An officer's word that the tanda ends here: shown as it would be settled, then another officer is asked. */
export const stopVerb = (turn: OfficerTurn, what: string, shown: string): StepResult | undefined => {
  if (what !== 'stop' && what !== 'end') return undefined;
  const first = stopFirst(turn);
  if (first) return first;
  const now = turn.speaker.group.book.seq.toString();
  if (what === 'end' && shown === now) return askSecond(turn, { kind: 'tanda-stop' });
  return decide(turn, {
    replies: [
      reply(
        [...settlementLines(turn), say('tanda-stop.question')],
        [offer(`closing:end:${now}`, say('tanda-stop.yes')), offer('no', say('tanda-stop.no'))],
      ),
    ],
  });
};
