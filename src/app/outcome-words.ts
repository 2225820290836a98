import type { Content } from '../content/render.ts';
import type { IncomingMessage, Language, OutgoingMessage, Template } from '../conversation/message.ts';
import type { Notice, Outcome } from '../conversation/outcome.ts';
import { type Reply, say } from '../conversation/say.ts';
import type { Session } from '../conversation/session.ts';
import type { Snapshot, Speaker } from '../conversation/snapshot.ts';
import { firstName } from '../domain/group.ts';
import type { MemberId } from '../domain/ids.ts';
import type { OutboxMessage } from '../store/outbox-json.ts';
import { INVITATION } from './message-way.ts';

/** What words are made with. */
export type Wording = { readonly content: Content; readonly newId: () => string };

type Deciding = {
  readonly snapshot: Snapshot;
  readonly message: IncomingMessage;
  readonly outcome: Outcome;
};

/** The outcome in words: what goes to whom, and the session with the choices as they were worded. */
export const wordsOf = (
  making: Wording,
  { snapshot, message, outcome }: Deciding,
): { readonly outbox: readonly OutboxMessage[]; readonly session: Session } => {
  const language = languageOf(snapshot, message, outcome);
  const { speaker } = snapshot;
  // Whose book the answer speaks of: it goes out only as long as the address is hers (invariant M8).
  const memberId =
    speaker.type === 'member' && outcome.groupId === speaker.group.id && !isGone(speaker.me.id, outcome)
      ? speaker.me.id
      : undefined;
  // Made before the answer, so that the answer is not taken back with the rest.
  const erasing: OutboxMessage[] = outcome.erase
    ? [{ ...eraseRow(snapshot, message), id: making.newId() }]
    : [];
  const replies = outcome.replies.map(
    (r): OutboxMessage =>
      r.takesBack
        ? { ...eraseRow(snapshot, message), id: making.newId(), message: oneErased(r.takesBack) }
        : {
            id: r.id ?? making.newId(),
            addressId: snapshot.address.id,
            channel: message.channel,
            memberId,
            kind: 'reply',
            lane: 0,
            unsolicited: false,
            message: making.content.render(r, r.language ?? language),
            delaySeconds: outcome.replyDelaySeconds,
          },
  );
  const choices = replies.at(-1)?.message.choices ?? [];
  // A message that could not be read leaves the open question as it was, so its choices too.
  const offered = choices.length > 0 ? choices : outcome.session.offered;
  return {
    session: { ...outcome.session, offered, at: snapshot.now },
    outbox: [
      ...erasing,
      ...replies,
      ...outcome.notices.flatMap((notice) => noticeRows(making, { ...aboutHer(speaker), ...notice })),
    ],
  };
};

/** What a newcomer has others told names her: it goes with her, if she goes again. */
const aboutHer = (speaker: Speaker): Pick<Notice, 'about'> =>
  speaker.type === 'member' && speaker.me.state === 'pending' ? { about: speaker.me.id } : {};

/** She asked to be forgotten, or no longer to come in: the address is nobody's from now on, and still she is answered. */
const isGone = (who: MemberId, { events }: Outcome): boolean =>
  events.some((e) => (e.type === 'member-blocked' || e.type === 'newcomer-gone') && e.memberId === who);

/** What was written to her before this message is taken back. */
const eraseRow = (snapshot: Snapshot, message: IncomingMessage): Omit<OutboxMessage, 'id'> => ({
  addressId: snapshot.address.id,
  channel: message.channel,
  memberId: undefined,
  kind: 'erase',
  lane: 0,
  unsolicited: false,
  message: { text: '', choices: [], erase: true },
  delaySeconds: 0,
});

/** One message is taken back, and no other. */
const oneErased = (what: NonNullable<Reply['takesBack']>): OutgoingMessage => ({
  text: '',
  choices: [],
  erase: true,
  ...('ours' in what ? { edits: what.ours } : { hers: what.hers }),
});

const languageOf = (snapshot: Snapshot, message: IncomingMessage, outcome: Outcome): Language => {
  const { flow } = outcome.session;
  if (outcome.language) return outcome.language;
  if (flow.type === 'consent' || flow.type === 'code' || flow.type === 'join-name') return flow.language;
  if (snapshot.speaker.type === 'member') return snapshot.speaker.me.language;
  if (snapshot.speaker.type === 'staff') return snapshot.speaker.language;
  return message.languageHint?.startsWith('en') ? 'en' : 'es';
};

/** What nobody asked for opens with words that give nothing away on a locked screen. */
export const noticeRows = ({ content, newId }: Wording, notice: Notice): OutboxMessage[] => {
  const { to } = notice;
  const opened: Reply = {
    ...notice.reply,
    // Whoever has the telephone by now is not told whose it was.
    lines:
      notice.kind === 'telephone'
        ? notice.reply.lines
        : [say('notice.opener', { name: firstName(to.name) }), ...notice.reply.lines],
  };
  const template: Template = { key: INVITATION, language: to.language, values: [firstName(to.name)] };
  const message: OutgoingMessage = { ...content.render(opened, to.language), template };
  return to.reach.map((reach) => ({
    id: newId(),
    addressId: reach.addressId,
    channel: reach.channel,
    memberId: to.memberId,
    kind: notice.kind,
    lane: 0,
    unsolicited: true,
    message,
    delaySeconds: 0,
    about: notice.about,
  }));
};
