import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, say, withFile } from '../say.ts';
import { decide, type MemberTurn, needs } from '../turn.ts';
import { asked } from './right-asked.ts';

/** "mis datos": a file with everything that is kept of her. Somebody may be looking: nothing goes before her yes. */
export const askFile = (turn: MemberTurn): StepResult =>
  decide(turn, {
    replies: [
      reply(
        [say('my-data.what'), say('my-data.alone')],
        [
          offer('rights:data:send', say('my-data.send')),
          offer('rights:data:more', say('my-data.with-private')),
          offer('no', say('choice.not-now')),
        ],
      ),
    ],
  });

/** The file; with what she learned in private and wrote to staff only after one more question. */
export const sendFile = (turn: MemberTurn, what: string): StepResult | undefined => {
  if (what === 'more') {
    return decide(turn, {
      replies: [
        reply(
          [say('my-data.private')],
          [
            offer('rights:data:all', say('my-data.yes-all')),
            offer('rights:data:send', say('my-data.without')),
          ],
        ),
      ],
    });
  }
  if (what === 'send') return sent(turn, undefined);
  if (what !== 'all') return undefined;
  const { rights } = turn.speaker.extra;
  return rights ? sent(turn, filesApart(turn, rights.files)) : needs({ type: 'own-rights' });
};

const sent = (turn: MemberTurn, apart: readonly Reply[] | undefined): StepResult => {
  const { me, group } = turn.speaker;
  const file = {
    paper: apart ? 'data-all' : 'data',
    form: 'pdf',
    groupId: group.id,
    memberId: me.id,
    language: me.language,
  } as const;
  return decide(turn, {
    events: [asked(turn, 'access', { isDone: true })],
    replies: [withFile(reply([say('my-data.sent'), say('my-data.stays')]), file), ...(apart ?? [])],
  });
};

/** No paper holds a voice or a film: each goes as a message of its own. */
const filesApart = (turn: MemberTurn, files: readonly string[]): Reply[] =>
  files.map((hash, n) =>
    withFile(reply([say('my-data.apart', { n: n + 1, count: files.length })]), {
      type: 'media',
      hash,
      language: turn.speaker.me.language,
    }),
  );
