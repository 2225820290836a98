import type { MemberId, StaffId } from '../../domain/ids.ts';
import type { LoanRequest } from '../../domain/loan/request.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { MemberSpeaker, Snapshot } from '../snapshot.ts';

type Speaker = Snapshot['speaker'];

export const isMe = (memberId: MemberId, speaker: Speaker): boolean =>
  speaker.type === 'member' && speaker.me.id === memberId;

/** She asks for a loan that is to be somebody else's. */
export const isForAnother = ({ memberId, askedBy }: LoanRequest, speaker: Speaker): boolean =>
  askedBy !== undefined && isMe(askedBy, speaker) && !isMe(memberId, speaker);

/** A payment that she says she made, and that an officer has not looked at yet. */
export const isOwnWord = (
  { payment }: Extract<DomainEvent, { type: 'payment-made' }>,
  speaker: Speaker,
): boolean => isMe(payment.memberId, speaker) && isMe(payment.reportedBy, speaker) && !payment.decidedBy;

/** She who objected may take it back. */
export const isOwnObjection = (id: string, speaker: Speaker): boolean =>
  speaker.type === 'member' && (speaker.extra.given ?? []).some(({ objection }) => objection === id);

/** Who said first what one of the staff says too. */
export const firstOfPhone = (id: string, speaker: Speaker): MemberId | StaffId | undefined =>
  speaker.type === 'staff' ? speaker.telephones?.waiting.find((word) => word.id === id)?.by.id : undefined;

/** Who asked first for what another officer says too. */
export const firstOfSecond = (id: string, { extra }: MemberSpeaker): MemberId | undefined =>
  extra.seconds?.find((word) => word.id === id)?.by;

/** Who counted the boxes first. */
export const countedBy = ({ extra: { meeting } }: MemberSpeaker): MemberId | undefined =>
  meeting && meeting !== 'none' ? meeting.countedBy : undefined;
