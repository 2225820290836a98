import type { IncomingMessage } from '../conversation/message.ts';
import type { Outcome } from '../conversation/outcome.ts';
import type { Session } from '../conversation/session.ts';
import type { Snapshot } from '../conversation/snapshot.ts';
import type { AddressId } from '../domain/ids.ts';
import type { StoredAddress } from './load-snapshot.ts';
import type { Secrets } from './secrets.ts';
import { writeSession } from './session-json.ts';

/** What a message decided, as far as it concerns the address it came from. */
export type AddressChange = {
  readonly message: IncomingMessage;
  readonly snapshot: Snapshot;
  readonly stored: StoredAddress;
  readonly outcome: Outcome;
  /** The session with the choices as they were worded. */
  readonly session: Session;
  /** Whether the platform takes free words only for a while after she wrote: what waited for that may go now. */
  readonly windowed: boolean;
};

/** The address as commit_outcome takes it: new, or as it is changed. */
export const addressJson = (secrets: Secrets, decided: AddressChange) => {
  const { message, snapshot, stored, outcome, session } = decided;
  const { address } = snapshot;
  const wrong = wrongCodes(snapshot, outcome.wrongCode);
  const common = {
    id: address.id,
    now: snapshot.now.toString(),
    channel: message.channel,
    session: secrets.outboxSeal(`session/${address.id}`, writeSession(session)).toString('base64'),
    as: session.as,
    language: outcome.language,
    stopped: outcome.stopped,
    blocked: message.body.type === 'reachable' && !message.body.reachable,
    forgetSeconds: forgetSeconds(snapshot, outcome),
    ...(snapshot.speaker.type === 'member' &&
      outcome.stopped !== address.stopped && {
        stopsAs: { group: snapshot.speaker.group.id, member: snapshot.speaker.me.id },
      }),
    ...(outcome.moved && { moved: true }),
    ...(decided.windowed && { windowed: true }),
    ...aliasesJson(secrets, decided),
    ...wrong,
  };
  if (stored) return { ...common, version: stored.version };
  const { key, wrapped } = secrets.newDataKey();
  return {
    ...common,
    key: wrapped.toString('base64'),
    value: sealAddress(secrets, key, address.id, message.address),
    index: secrets.blindIndex(message.channel, message.address).toString('hex'),
  };
};

/** Her other ids; and the one she wrote from, when she was known only by another. */
const aliasesJson = (secrets: Secrets, { message, snapshot, stored, outcome }: AddressChange) => {
  const { channel, address, aliases = [] } = message;
  if (outcome.moved || (aliases.length === 0 && !stored?.aliasKey)) return {};
  const index = (value: string): string => secrets.blindIndex(channel, value).toString('hex');
  const known = { aliases: aliases.map(index) };
  if (!stored?.aliasKey) return known;
  const newValue = sealAddress(secrets, secrets.unwrap(stored.aliasKey), snapshot.address.id, address);
  return { ...known, newValue, newIndex: index(address) };
};

/** How long a stranger who has not said yes is remembered, so that she can answer; whoever is linked stays. */
const STRANGER_SECONDS = 24 * 60 * 60;

const forgetSeconds = (snapshot: Snapshot, outcome: Outcome): number | undefined => {
  const comesIn = outcome.events.some((event) => event.type === 'address-linked');
  if (snapshot.speaker.type !== 'stranger' || comesIn) return undefined;
  return outcome.forget ? guessedSecondsLeft(snapshot) : STRANGER_SECONDS;
};

/** Whoever had a code wrong is known until its hour is over: else who guesses would be a new one each minute. */
const guessedSecondsLeft = ({ now, address }: Snapshot): number => {
  if (address.wrongCodeAt === undefined) return 0;
  return Math.ceil(Math.max(0, now.until(address.wrongCodeAt.add({ hours: 1 })).total('seconds')));
};

const sealAddress = (
  secrets: Secrets,
  key: Parameters<Secrets['seal']>[0],
  ...[id, value]: readonly [AddressId, string]
): string => secrets.seal(key, { table: 'address', column: 'value', rowId: id }, value).toString('base64');

const wrongCodes = (snapshot: Snapshot, change: Outcome['wrongCode']) => {
  const { wrongCodes: before, wrongCodeAt } = snapshot.address;
  switch (change) {
    case 'forgiven':
      return { wrongCodes: 0 };
    case 'unchanged':
      return { wrongCodes: before, wrongCodeAt: wrongCodeAt?.toString() };
    case 'counted':
      return { wrongCodes: isOver(snapshot) ? 1 : before + 1, wrongCodeAt: snapshot.now.toString() };
  }
};

/** The hour of the earlier wrong codes is over: counting starts again. */
const isOver = ({ now, address }: Snapshot): boolean =>
  address.wrongCodeAt !== undefined && now.since(address.wrongCodeAt).total('hours') >= 1;
