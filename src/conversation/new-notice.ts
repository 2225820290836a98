import { hasPlace } from '../domain/group.ts';
import { NOTICE_VERSION } from '../domain/rights.ts';
import { permission } from './flows/right-asked.ts';
import type { StepResult } from './outcome.ts';
import { offer, reply, say } from './say.ts';
import type { AskTurn } from './turn.ts';
import type { Intent } from './understand/meaning.ts';

/** Whoever is in danger, hides or wants a person is asked for nothing. */
const NOT_NOW: ReadonlySet<Intent> = new Set<Intent>(['urgent', 'hide', 'erase', 'human', 'minor', 'stop']);
const isSafety = ({ verb, args }: { readonly verb: string; readonly args: readonly string[] }): boolean =>
  verb === 'danger' || (verb === 'ask' && args[0] === 'safety');

/**
 * The notice is another one than she said yes to: it is shown once, with the answer to what she asked, and never in the middle
 * of a question. Until she says yes, only what her book needs goes on (is_allowed, in the database).
 */
export const withNewNotice = (turn: AskTurn, result: StepResult): StepResult => {
  if (turn.snapshot.address.noticeSeen >= NOTICE_VERSION || !hasPlace(turn.speaker.me.state)) return result;
  if (result.type !== 'decided' || result.outcome.session.flow.type !== 'idle') return result;
  const { outcome } = result;
  if (turn.input.type === 'words' && NOT_NOW.has(turn.input.meaning.intent)) return result;
  if (turn.input.type === 'choice' && isSafety(turn.input)) return result;
  // What she just said no to, or where she goes, is not followed by a question.
  if (outcome.stopped || outcome.erase || outcome.events.some(({ type }) => type === 'member-blocked'))
    return result;
  return {
    ...result,
    outcome: {
      ...outcome,
      events: [...outcome.events, permission(turn, 'notice', { given: false, isSaid: false })],
      groupId: turn.speaker.group.id,
      replies: [
        ...outcome.replies,
        reply(
          [say('rights.new-notice'), say('privacy.notice'), say('rights.new-question')],
          [offer('rights:agree:yes', say('choice.agree')), offer('rights:agree:no', say('choice.disagree'))],
        ),
      ],
    },
  };
};
