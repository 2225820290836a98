import { isAnybodys } from '../access/unlocked.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, say } from '../say.ts';
import { type AskTurn, decide } from '../turn.ts';
import { menuOffers } from './ask.ts';
import { officeOf } from './menu-anybodys.ts';

/** "ayuda" alone opens the menu, with a person and the safety card one step away, and says how to write. */
export const help = (turn: AskTurn): StepResult =>
  decide(turn, {
    replies: [
      reply(
        [say(`help.${helpOf(turn)}`), say('help.office'), say('help.others')],
        [
          ...menuOffers(turn),
          ...lesson(turn),
          offer('ask:person', say('menu.person')),
          offer('ask:safety', say('menu.safety')),
        ],
      ),
    ],
  });

/** An officer's list is full without it; she writes the word. */
const lesson = (turn: AskTurn): Offer[] => (officeOf(turn) ? [] : [offer('lesson:next', say('lesson.menu'))]);

const helpOf = (turn: AskTurn) => {
  const office = officeOf(turn) ? 'leader' : 'member';
  return turn.speaker.group.tanda && !isAnybodys(turn.snapshot) ? (`tanda-${office}` as const) : office;
};
