import type { World } from './world.ts';

const PAGE = /\/t\/([0-9a-f]{32})/;

/**
 * She types digits where she was asked for her PIN last: on a page, or on the keypad, and then "Listo".
 *
 * @param before called before the last key is pressed
 */
export const typePin = async (
  world: Pick<World, 'app' | 'channel'>,
  address: string,
  digits: string,
  before: () => void = () => {},
): Promise<void> => {
  const shown = world.channel.history(address).toReversed();
  const keys = shown.find(({ choices }) => choices.some(({ payload }) => payload.startsWith('pin:')));
  const token = PAGE.exec(keys?.text ?? '')?.[1];
  if (token !== undefined) {
    await world.app.takePin(token, digits);
    return;
  }
  for (const key of [...digits.split(''), 'Listo']) {
    const payload = keys?.choices.find(({ label }) => label === key)?.payload ?? key;
    if (key === 'Listo') {
      await world.app.settle();
      before();
    }
    await world.channel.post({ address, body: { type: 'button', payload } });
    await world.app.settle();
  }
};

/** She writes. */
export const writes = async (
  world: Pick<World, 'app' | 'channel'>,
  address: string,
  text: string,
): Promise<void> => {
  await world.channel.post({ address, body: { type: 'text', text } });
  await world.app.settle();
};

/** She sets a PIN, from "poner nip" on. */
export const setPin = async (
  world: Pick<World, 'app' | 'channel'>,
  address: string,
  digits: string,
): Promise<void> => {
  await writes(world, address, 'poner nip');
  await typePin(world, address, digits);
  await typePin(world, address, digits);
};

/** What her telephone shows last. */
export const lastText = ({ channel }: Pick<World, 'channel'>, address: string): string =>
  channel.history(address).findLast(({ from }) => from === 'bot')?.text ?? '';
