import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { simulatorOptions } from '../../src/start-simulator.ts';
import { buildServer } from '../../src/web/server.ts';
import { withPage } from '../support/chromium.ts';
import { needsChromium } from '../support/requires.ts';
import { runTranscript } from '../support/transcript.ts';
import { programmeOf } from '../support/transcript-programme.ts';
import { openWorld, type World } from '../support/world.ts';
import { left, opened, right, textsOf, WAIT } from './on-page.ts';

const HEADER = [
  'grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00, multas 20.00 y 10.00',
  '1 Rosa Hernández, líder, ahorro 250.00',
  '2 Guadalupe Cruz, tesorera, préstamo 2000.00 desde 2026-11-03',
  '3 Ana Martínez, ahorro 200.00',
  '4 Yolanda Soto, por llegar',
];

const served = (world: World) => {
  const program = {
    opened: { database: world.database, store: world.store, applied: [], keyCreated: false },
    app: world.app,
    codes: [...world.codes].map(([name, code]) => ({ name, code })),
    clock: {
      now: () => world.now,
      mayMove: async () => true,
      moveTo: async (at: World['now']) => {
        world.now = at;
        return true;
      },
    },
  } satisfies Parameters<typeof simulatorOptions>[0];
  const simulator = simulatorOptions(program, world.channel);
  return buildServer({
    log: pino({ level: 'silent' }),
    health: async () => ({ ok: true }),
    ready: async () => true,
    metrics: async () => ({ contentType: 'text/plain', body: '' }),
    ...(simulator && { simulator }),
  });
};

needsChromium('what the page saves as a test, in Chromium', () => {
  test('goes the same way again when it is run', async () => {
    const reloj = 'reloj 2026-11-24 19:00 America/Tijuana';
    const world = await openWorld(programmeOf([...HEADER, reloj]));
    const server = served(world);
    const folder = await mkdtemp(path.join(tmpdir(), 'comadre-saved-'));
    try {
      await server.listen({ host: '127.0.0.1', port: 0 });
      const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/simulator`;
      const saved = await withPage(async (page) => {
        const browser = await page.createCDPSession();
        await browser.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
        await page.setViewport({ width: 1280, height: 860 });
        await opened(page, url);
        const bots = (side: (selector: string) => string, count: number) =>
          expect.poll(async () => (await textsOf(page, side('.bot .text'))).length, WAIT).toBe(count);

        await page.type(left('textarea'), 'Ana 50,');
        await page.keyboard.down('Shift');
        await page.keyboard.press('Enter');
        await page.keyboard.up('Shift');
        await page.type(left('textarea'), 'Lupita 145 préstamo');
        await page.keyboard.press('Enter');
        await bots(left, 1);
        await page.click(left('.choices button'));
        await bots(left, 2);
        await bots(right, 1);
        await page.click(right('.chips button'));
        await bots(right, 2);

        await page.click('#add-phone');
        await page.select('.phone[data-side="third"] .picker', world.person('Yolanda').id);
        await page.type('.phone[data-side="third"] textarea', `UNIRME ${world.codes.get('Yolanda Soto')}`);
        await page.keyboard.press('Enter');
        await bots((selector) => `.phone[data-side="third"] ${selector}`, 1);

        await page.click(right('.chat'));
        await page.click('[data-to=reminder]');
        await bots(right, 3);
        await world.app.delivery.idle();
        await page.click('#save');
        const file = path.join(folder, 'simulador.txt');
        await expect.poll(() => readFile(file, 'utf8').catch(() => ''), WAIT).not.toBe('');
        return readFile(file, 'utf8');
      });
      for (const line of [...HEADER, reloj]) expect(saved.split('\n')).toContain(line);
      expect(saved).toContain('\nRosa: Ana 50,⏎Lupita 145 préstamo\n  bot: ');
      expect(saved).toContain('\nRosa oprime: Sí\n  bot: Listo.');
      expect(saved).toContain('\n  bot → Ana: Hola, Ana.');
      expect(saved).toContain('\nYolanda: UNIRME {código Yolanda Soto}\n');
      expect(saved).toContain('\nreloj 2026-11-30 18:00 America/Tijuana\nminuto\n  bot → ');
      expect(await runTranscript(saved)).toBe(saved);
    } finally {
      await server.close();
      await world.close();
      await rm(folder, { recursive: true });
    }
  });
});
