import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { label, type Scene } from './scene.ts';

/** Until nothing is on the wire; what waits for its hour stays. */
export const settled = async (scene: Scene): Promise<void> => {
  for (let look = 0; look < 20; look += 1) {
    scene.app.delivery.wake();
    await scene.app.settle();
    const { rows } = await scene.world.store.pool.query(`select from outbox where state = 'sending'`);
    if (rows.length === 0 && look > 0) return;
    await setTimeout(25);
  }
};

/** What is answered at an address, whoever's it is, after somebody wrote from it. */
export const answeredAt = async (
  scene: Scene,
  address: string,
  text: string,
  by: Pick<Scene, 'app'>['app'] = scene.app,
): Promise<string[]> => {
  const before = scene.channel.to(address).length;
  await by.receive({
    channel: 'simulator',
    messageId: randomUUID(),
    address,
    receivedAt: scene.world.now.toString(),
    body: { type: 'text', text },
  });
  await settled(scene);
  return scene.channel
    .to(address)
    .slice(before)
    .map((message) => message.text);
};

/** The code that a message tells. */
export const codeIn = (text: string | undefined): string => /UNIRME (\w+)/u.exec(text ?? '')?.[1] ?? '';

/** An officer vouches for a new telephone, and one of the staff: the code that came of it. */
export const vouchedByStaff = async (
  scene: Scene,
  { officer, staff, whose }: { readonly officer: string; readonly staff: string; readonly whose: string },
): Promise<string> => {
  await scene.say(officer, `cambio de número de ${whose}`);
  await scene.press(officer, label('pin-reset.yes'));
  await settled(scene);
  await scene.press(staff, label('phones.open'));
  const [told] = await scene.press(staff, label('pin-reset.yes'));
  return codeIn(told?.text);
};
