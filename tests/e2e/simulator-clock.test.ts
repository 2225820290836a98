import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { started, startProgram } from '../support/run-program.ts';

type Person = { readonly address: string; readonly name: string };
type Message = { readonly text: string; readonly at: string };

/** What waits behind it is hers to ask for. */
const greeting: unknown = expect.stringMatching(/^Hay algo nuevo para ti\./);
const refusal: unknown = expect.stringContaining('they are for practice');
const TOKEN = '7000000001:AAinvented-token';

const madeFolder = async (): Promise<string> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'comadre-clock-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
};

describe("the simulator's clock of the running program", () => {
  test('brings the reminder, outlives a restart, and keeps real channels from these books', async () => {
    const folder = await madeFolder();
    const first = await started(folder);
    const people = (await (await fetch(`${first.url}/simulator/people`)).json()) as Person[];
    const { address = '' } = people.find(({ name }) => name === 'Ana Martínez') ?? {};
    const history = async (): Promise<Message[]> =>
      (await (await fetch(`${first.url}/simulator/${address}/history`)).json()) as Message[];

    const moved = await fetch(`${first.url}/simulator/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: 'reminder', address }),
    });
    const { now } = (await moved.json()) as { now: string };
    expect(Date.parse(now)).toBeGreaterThan(Date.now());
    await expect.poll(history, { timeout: 20_000 }).toMatchObject([{ text: greeting }]);
    const [reminder] = await history();
    expect(Date.parse(reminder?.at ?? '')).toBeGreaterThanOrEqual(Date.parse(now) - 1_000);
    await first.stop();

    const again = await started(folder);
    const session = (await (await fetch(`${again.url}/simulator/session`)).json()) as { now: string };
    expect(Date.parse(session.now)).toBeGreaterThanOrEqual(Date.parse(now));
    await again.stop();

    for (const settings of [
      { TELEGRAM_BOT_TOKEN: TOKEN },
      { TELEGRAM_BOT_TOKEN: TOKEN, SIMULATOR: 'on' },
      { SIMULATOR: 'off' },
    ]) {
      const refused = await startProgram(folder, { PORT: '0', ...settings });
      expect(refused).toMatchObject({ code: 1, err: refusal });
    }
  });
});
