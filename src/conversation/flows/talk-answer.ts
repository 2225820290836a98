import { firstName } from '../../domain/group.ts';
import { asId, type StaffId, type TalkId } from '../../domain/ids.ts';
import type { DomainEvent } from '../domain-event.ts';
import { type IncomingMedia, isTooLarge } from '../message.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, say, withFile } from '../say.ts';
import type { StaffTalk, TalkSummary } from '../talk-facts.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';

export const withTalk = (turn: StaffTurn, id: TalkId, then: (talk: StaffTalk) => StepResult): StepResult => {
  const { talk } = turn.staff;
  if (!talk) return needs({ type: 'talk', id });
  return talk === 'none' ? decide(turn, { replies: [reply([say('talks.gone')], [toList()])] }) : then(talk);
};

export const withOpen = (turn: StaffTurn, id: TalkId, then: (talk: StaffTalk) => StepResult): StepResult =>
  withTalk(turn, id, (talk) =>
    talk.state === 'open'
      ? then(talk)
      : decide(turn, { replies: [reply([say('talks.closed-already')], [toList()])] }),
  );

/** A recording or a picture while an answer is waited for. */
export const answerFile = (turn: StaffTurn, talkId: TalkId, sent: IncomingMedia): StepResult => {
  const { file } = turn.snapshot;
  if (isTooLarge(sent)) {
    return decide(turn, { flow: turn.session.flow, replies: [reply([say('talk.too-large')])] });
  }
  if (!file) return needs({ type: 'file', ref: sent.ref });
  if (!file.ok) return decide(turn, { flow: turn.session.flow, replies: [reply([say('talk.no-file')])] });
  return answer(turn, talkId, { words: sent.caption ?? '', file: file.hash });
};

export const askForAnswer = (turn: StaffTurn, talk: StaffTalk): StepResult => {
  const { name } = called(talk);
  if (!talk.canReach) return unreachable(turn, talk);
  return decide(turn, {
    flow: { type: 'talk-answer', talkId: talk.id },
    events: [seen(turn, talk, 'talk-answering')],
    replies: [reply([say('talks.answer-write', { name })], [offer('no', say('choice.cancel'))])],
  });
};

const unreachable = (turn: StaffTurn, talk: StaffTalk): StepResult =>
  decide(turn, {
    events: [seen(turn, talk, 'talk-answering')],
    replies: [reply([say('talks.unreachable', { name: called(talk).name })])],
  });

/** Her answer goes out as it was written, with the name of who wrote it. */
export const answer = (
  turn: StaffTurn,
  talkId: TalkId,
  said: { readonly words: string; readonly file: string | undefined },
): StepResult =>
  withOpen(turn, talkId, (talk) => {
    const { name } = called(talk);
    if (!talk.canReach) return unreachable(turn, talk);
    const from = { name: firstName(turn.staff.name), programme: turn.staff.programme };
    const words =
      said.words === '' ? say('talk.answer-file', from) : say('talk.answer', { ...from, words: said.words });
    const message = reply([words, say('talk.here')]);
    const { language } = talk.member;
    return decide(turn, {
      groupId: talk.groupId,
      replies: [
        reply([say('talks.sent', { name })], [offer(`talks:close:${talk.id}`, say('talks.close')), toList()]),
      ],
      events: [
        {
          type: 'talk-said',
          id: talk.id,
          line: { id: turn.newId(), by: turn.staff.staffId, words: said.words, file: said.file },
        },
        seen(turn, talk, 'talk-answered'),
      ],
      notices: tell(
        [talk.member],
        'talk',
        said.file === undefined ? message : withFile(message, { type: 'media', hash: said.file, language }),
      ),
    });
  });

export const askWhom = (turn: StaffTurn, talk: StaffTalk): StepResult => {
  const { all, staffId } = turn.staff;
  if (!all) return needs({ type: 'staff' });
  const there = all.filter(({ id, reach }) => id !== staffId && id !== talk.assigned?.id && reach.length > 0);
  if (there.length === 0) return decide(turn, { replies: [reply([say('talks.give-none')], [toList()])] });
  return decide(turn, {
    flow: { type: 'talk-give', talkId: talk.id },
    replies: [
      reply(
        [say('talks.give-who')],
        there.map(({ id, name }) => offer(`talks:to:${id}`, say('lesson.words', { text: name }))),
      ),
    ],
  });
};

export const giveTo = (turn: StaffTurn, to: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'talk-give') return undefined;
  const { all } = turn.staff;
  if (!all) return needs({ type: 'staff' });
  const person = all.find(({ id }) => id === to);
  if (!person) return undefined;
  return withOpen(turn, flow.talkId, (talk) => assign(turn, talk, asId<StaffId>(person.id)));
};

/** From now on it is one person's: what the member writes is told to her alone, and she is told that it is hers. */
export const assign = (turn: StaffTurn, talk: StaffTalk, to: StaffId): StepResult => {
  const isOwn = to === turn.staff.staffId;
  const person = turn.staff.all?.find(({ id }) => id === to);
  const { name } = called(talk);
  return decide(turn, {
    groupId: talk.groupId,
    replies: [
      reply(
        [isOwn ? say('talks.mine', { name }) : say('talks.given', { to: firstName(person?.name ?? '') })],
        isOwn ? [offer(`talks:answer:${talk.id}`, say('talks.answer')), toList()] : [toList()],
      ),
    ],
    events: [{ type: 'talk-assigned', id: talk.id, to }, seen(turn, talk, 'talk-assigned')],
    notices:
      isOwn || !person
        ? []
        : tell(
            [person],
            'talk',
            reply(
              [
                say('talk.given', {
                  by: firstName(turn.staff.name),
                  number: talk.member.number,
                  group: talk.groupName,
                }),
              ],
              [offer(`talks:open:${talk.id}`, say('talks.see'))],
            ),
          ),
  });
};

/** The member is told nothing: what she writes next opens another one. */
export const close = (turn: StaffTurn, talk: StaffTalk): StepResult =>
  decide(turn, {
    groupId: talk.groupId,
    replies: [reply([say('talks.closed', { name: called(talk).name })], [toList()])],
    events: [{ type: 'talk-closed', id: talk.id, by: turn.staff.staffId }, seen(turn, talk, 'talk-closed')],
  });

export const toList = (): Offer => offer('talks', say('talks.list'));

export const called = ({ member, groupName }: TalkSummary) => ({
  name: firstName(member.name),
  number: member.number,
  group: groupName,
});

/** Who was shown whose name, or wrote to whom, is written down. */
export const seen = (turn: StaffTurn, talk: TalkSummary, action: string): DomainEvent => ({
  type: 'audited',
  by: turn.staff.staffId,
  action,
  subject: `member/${talk.member.memberId}`,
});
