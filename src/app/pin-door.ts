import { createHash } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import type { IncomingMessage } from '../conversation/message.ts';
import { pinLinkOf } from '../store/pin-tries.ts';
import type { Store } from './store.ts';

/** Where the page is; its token follows. */
export const PIN_PAGE = '/t/';

/**
 * Takes what was typed on a page. Whether it was anybody's page, and what came of it, is said in the chat alone. Rejects when
 * it was not kept: then the page is still good.
 */
export type PinDoor = (token: string, digits: string) => Promise<void>;

/**
 * The page on which a PIN is typed where a chat keeps what is written: its token is good once, for some minutes, and known
 * here by its hash. What was typed goes to the conversation as a message of hers.
 */
export const pinDoor =
  (of: {
    readonly store: Pick<Store, 'pool' | 'secrets'>;
    readonly receive: (message: IncomingMessage) => Promise<void>;
    readonly now: () => Temporal.Instant;
  }): PinDoor =>
  async (token, digits) => {
    const { store, now } = of;
    const hash = createHash('sha256').update(token).digest('hex');
    const link = await pinLinkOf(store.pool, hash, now());
    if (!link) return;
    const place = { table: 'address', column: 'value', rowId: link.id };
    await of.receive({
      channel: link.channel,
      messageId: `pin:${hash}`,
      address: store.secrets.open(store.secrets.unwrap(link.key), place, link.value),
      receivedAt: now().toString(),
      onPage: true,
      body: { type: 'pin', pad: hash, digits },
    });
  };
