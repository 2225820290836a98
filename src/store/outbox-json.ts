import type { OutgoingMessage } from '../conversation/message.ts';
import type { Offered } from '../conversation/session.ts';
import type { Secrets } from './secrets.ts';
import { writeOffered } from './session-json.ts';

/** A message in words, on its way to one address. */
export type OutboxMessage = {
  readonly id: string;
  readonly addressId: string;
  readonly channel: string;
  readonly memberId: string | undefined;
  readonly kind: string;
  /** Replies and receipts overtake bulk. */
  readonly lane: 0 | 1;
  readonly unsolicited: boolean;
  readonly message: OutgoingMessage;
  readonly delaySeconds: number;
  /** The newcomer whom it names. */
  readonly about?: string | undefined;
};

/** The choices of a message that nobody asked for, sealed for its address: they become hers to answer when it has gone out. */
export const sealAsked = (
  secrets: Secrets,
  { addressId, choices }: { readonly addressId: string; readonly choices: readonly Offered[] },
): string => secrets.outboxSeal(`asked/${addressId}`, writeOffered(choices)).toString('base64');

/** One message as commit_outbox takes it. */
export const outboxJson = (secrets: Secrets, row: OutboxMessage) => ({
  id: row.id,
  address: row.addressId,
  channel: row.channel,
  member: row.memberId,
  kind: row.kind,
  lane: row.lane,
  unsolicited: row.unsolicited,
  body: secrets.outboxSeal(row.id, JSON.stringify(row.message)).toString('base64'),
  delay_s: row.delaySeconds,
  about: row.about,
  asked:
    row.unsolicited && row.message.choices.length > 0
      ? sealAsked(secrets, { addressId: row.addressId, choices: row.message.choices })
      : undefined,
});
