// What every peer does here: it answers "saldo", and once told so it sends one text to all contacts in a loop.

import { readFileSync } from 'node:fs';

const { PEER_API_ROOT: root, PEER_TOKEN: token, PEER_TEXT: text, PEER_CONTACTS: file } = process.env;

export { root, text, token };

export const BALANCE = 'Llevas $200.00 de ahorro.';

/** Says that messages are fetched from now on; then sends to one contact after the other when it is told to. */
export function ready(send) {
  const contacts = JSON.parse(readFileSync(file, 'utf8'));
  process.stdin.once('data', async () => {
    for (const contact of contacts) {
      try {
        await send(contact);
      } catch {
        // One that cannot be reached does not end the loop.
      }
    }
    process.stdout.write('done\n');
  });
  process.stdout.write('ready\n');
}
