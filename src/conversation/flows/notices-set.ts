import { nothingTold } from '../access/discreet.ts';
import { viewOf } from '../access/unlocked.ts';
import type { StepResult } from '../outcome.ts';
import type { OwnRights } from '../rights-facts.ts';
import { type Offer, offer, reply, type Say, say } from '../say.ts';
import { type AskTurn, decide } from '../turn.ts';
import { shownEvent } from './see.ts';

/** How notices come to her, and at which hours; her hours only where what is hers may be seen. */
export const quietLines = (turn: AskTurn, rights: OwnRights): Say[] => [
  say(isOpen(turn, rights) ? 'rights.notices-are-open' : 'rights.notices-are-closed'),
  ...(rights.safeHours && viewOf(turn.snapshot) === 'all' ? [say('hours.hers', rights.safeHours)] : []),
];

/** The other way. */
export const noticesOffer = (turn: AskTurn, rights: OwnRights): Offer =>
  isOpen(turn, rights)
    ? offer('rights:notices:closed', say('rights.notices-close'))
    : offer('rights:notices:open', say('rights.notices-open'));

/** Discreet mode closes them, and who gave the other PIN sees it as if she had chosen it. */
const isOpen = (turn: AskTurn, { openNotices }: OwnRights): boolean => openNotices && !isHushed(turn);

const isHushed = ({ snapshot }: AskTurn): boolean =>
  viewOf(snapshot) === 'discreet' || snapshot.pin?.isDiscreet === true;

/** Her own word over her programme's. What waits is shown with the yes. */
export const noticesSet = (turn: AskTurn, open: boolean): StepResult => {
  if (open && isHushed(turn)) return nothingTold(turn);
  const { waits = [] } = turn.snapshot;
  return decide(turn, {
    events: [
      { type: 'notices-set', memberId: turn.speaker.me.id, open },
      ...(open && waits.length > 0 ? [shownEvent(turn, waits)] : []),
    ],
    replies: [reply([say(open ? 'rights.notices-opened' : 'rights.notices-closed')])],
  });
};
