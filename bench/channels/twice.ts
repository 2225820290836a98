import { exactly, informed, type Row } from '../table.ts';
import { copiesKnown, kept, settled } from './counts.ts';
import type { Heard } from './phone.ts';
import type { Stage } from './stage.ts';

const PEOPLE = 50;

/**
 * Every message is delivered twice: every other one at once, while the first copy is on its way, the rest when all were
 * said. So many answers must arrive as messages were said, and each must have been kept once.
 */
export const sayTwice = async (stage: Stage, messages: number): Promise<Row[]> => {
  const later: (() => Promise<void>)[] = [];
  for (let n = 0; n < messages; n += 1) {
    const again = await stage.phone(n % PEOPLE).says('saldo');
    if (n % 2 === 0) await again();
    else later.push(again);
  }
  for (const again of later) await again();
  await settled(stage, async () => (await kept(stage)) >= messages);
  const copies = (known: number): Row =>
    stage.dropsCopies
      ? informed('  copies that its page let through', String(known))
      : exactly('  copies that came and were known', known, messages);
  const heard = await heardByAll(stage, PEOPLE);
  const strange = heard.find(({ text }) => !text.includes('$'));
  if (strange) throw new Error(`not a balance: ${strange.text}`);
  return [
    exactly(`${stage.label}: ${messages} updates, each twice: answers`, heard.length, messages),
    exactly('  kept in the inbox', await kept(stage), messages),
    copies(await copiesKnown(stage)),
  ];
};

/** What the first so many people have in their chats. */
export const heardByAll = async (stage: Stage, people: number): Promise<Heard[]> => {
  const chats = await Promise.all(Array.from({ length: people }, (_, n) => stage.phone(n).heard()));
  return chats.flat();
};
