// A newcomer's first minutes: `npm start` on an empty folder, the page in a browser, Ctrl+C.

import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { withPage } from '../support/chromium.ts';
import { needsChromium } from '../support/requires.ts';
import { type Running, started, startProgram } from '../support/run-program.ts';

const WAIT = { timeout: 20_000 };

// Processes start slowly where tests of other files use all cores.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let folder: string;
let program: Running;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-start-'));
  program = await started(folder);
});
afterAll(async () => {
  await program.kill();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('npm start on an empty folder', () => {
  test('says where the simulator is, who one can be and what to write', () => {
    const { screen, url } = program;
    expect(screen).toContain('Comadre está lista.');
    expect(screen).toContain(`${url}/simulator`);
    expect(screen).toMatch(/Las Jacarandas: Rosa \(líder\)/);
    expect(screen).toMatch(/Yolanda todavía no llega: UNIRME [A-Z2-9]{10}/);
    expect(screen).not.toMatch(/undefined|\{\{|\[object/);
  });

  test('is ready, healthy, counts what it does, and shows the page', async () => {
    const get = async (at: string) => {
      const answer = await fetch(`${program.url}${at}`);
      return { status: answer.status, body: await answer.text() };
    };
    expect(await get('/readyz')).toEqual({ status: 200, body: '{"ready":true}' });
    expect(await get('/healthz')).toMatchObject({ status: 200 });
    expect((await get('/metrics')).body).toContain('comadre_');
    expect((await get('/simulator')).body).toContain('<title>Comadre');
  });

  test('a second start on the same folder, and wrong settings, end at once and say why', async () => {
    const [same, wrong] = await Promise.all([
      startProgram(folder, { PORT: '0' }),
      startProgram(folder, { PORT: '70000', HOST: 'a b', LOG_LEVEL: 'loud' }),
    ]);
    expect(same).toMatchObject({ code: 1, out: '' });
    expect('err' in same && same.err).toMatch(/already open in another process\. Stop that one first/);
    expect(wrong).toMatchObject({ code: 2, out: '' });
    for (const name of ['PORT', 'HOST', 'LOG_LEVEL']) {
      expect('err' in wrong && wrong.err).toContain(`• ${name} `);
    }
  });
});

needsChromium('the simulator of a fresh start, in Chromium', () => {
  test('the leader writes her list and says yes; the receipt is on the member’s phone once she asks for it', () =>
    withPage(async (page) => {
      await page.setViewport({ width: 1280, height: 860 });
      const people = (await (await fetch(`${program.url}/simulator/people`)).json()) as {
        name: string;
        address: string;
      }[];
      const address = (name: string) => people.find((person) => person.name === name)?.address;
      await page.goto(
        `${program.url}/simulator?left=${address('Rosa Hernández')}&right=${address('Ana Martínez')}`,
      );
      await page.waitForFunction(
        "document.querySelectorAll('.bubbles[aria-live=polite]').length === 2",
        WAIT,
      );
      await page.type(
        '.phone[data-side="left"] textarea',
        'Ana 50, Lupita 145 préstamo 50 ahorro, Petra no vino',
      );
      await page.keyboard.press('Enter');
      await page.waitForSelector('.phone[data-side="left"] .bot .choices button', WAIT);
      const texts = () => textsOf(page, '.phone[data-side="left"] .bot .text');
      expect((await texts()).at(-1)).toContain('Total: $245.00 (doscientos cuarenta y cinco pesos).');
      expect(await textsOf(page, '.phone[data-side="left"] .choices button')).toEqual(['1. Sí', '2. No']);

      await page.click('.phone[data-side="left"] .choices button');
      await expect.poll(async () => (await texts()).at(-1), WAIT).toContain('Listo. Anoté 2 pagos: $245.00');
      // Whoever holds her phone learns nothing from what arrives; she sees it when she asks.
      const hers = () => textsOf(page, '.phone[data-side="right"] .bot .text');
      await expect.poll(async () => (await hers()).at(-1), WAIT).toBe('Hay algo nuevo para ti.');
      await page.click('.phone[data-side="right"] .choices button');
      await expect
        .poll(async () => (await hers()).at(-1), WAIT)
        .toMatch(/Hola, Ana\.[\s\S]*Recibo nº \d+\. Rosa anotó que entregaste \$50\.00/);
      await page.screenshot({ path: path.join(os.tmpdir(), 'comadre-start.png') });
    }));
});

describe('the end', () => {
  test('SIGTERM ends it within five seconds', async () => {
    const { code, tookMs } = await program.stop();
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(5_000);
    expect(fs.existsSync(path.join(folder, 'data/server.json'))).toBe(false);
  });

  test('a port that another program has is said in words, and the folder is left in order', async () => {
    const other = net.createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as net.AddressInfo;
    const taken = await startProgram(folder, { PORT: String(port) });
    await new Promise((resolve) => other.close(resolve));
    expect(taken).toMatchObject({ code: 1, out: '' });
    expect('err' in taken && taken.err).toContain(`Port ${port} is in use by another program`);
    expect(fs.existsSync(path.join(folder, 'data/server.json'))).toBe(false);
  });

  test('the next start has the same people', async () => {
    program = await started(folder);
    expect(program.screen).toMatch(/Las Jacarandas: Rosa \(líder\)/);
    expect((await program.stop()).code).toBe(0);
  });
});

const textsOf = async (page: Page, selector: string): Promise<string[]> =>
  (await page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((element) => element.innerText)`,
  )) as string[];
