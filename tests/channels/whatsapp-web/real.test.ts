import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { profileIn } from '../../../src/channels/whatsapp-web/leftover.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { needsChromium } from '../../support/requires.ts';
import { started } from '../../support/run-program.ts';
import { scriptedApp, until } from '../contract/rig.ts';
import { type Bench, newPerson, pidsOf, SHORT, startBench } from './setup.ts';

const LONG_MS = 30_000;
const WRITTEN_DOWN_MS = 7_000;

needsChromium('the real library in a real browser', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.finish());

  const profileOption = (): string => `--user-data-dir=${profileIn(bench.folder)}`;
  const textsOf = (app: ReturnType<typeof scriptedApp>): string[] =>
    app.received.map(({ body }) => (body.type === 'text' ? body.text : body.type));

  test('a telephone is linked once; a crash, a hang and a stop keep the link, an unlinking asks for a new QR', async () => {
    const { stub } = bench;
    const app = scriptedApp();
    const ana = newPerson('lid');
    stub.add(ana);
    const states: string[] = [];
    const start = async (settings = {}) => {
      const channel = bench.channel(settings);
      channel.watch(({ state }) => states.push(state));
      await bench.link(channel, app.receive, app.report);
      return channel;
    };

    const first = await start();
    expect(states).toContain('qr');
    // The number of its own telephone, for the links of invitations.
    expect(first.state()).toEqual({ state: 'ready', phone: '525550109999' });
    expect(statSync(bench.folder).mode & 0o777).toBe(0o700);
    await first.stop();
    expect(pidsOf(profileOption())).toEqual([]);
    expect(await first.send(ana.address, { text: 'hola', choices: [] })).toMatchObject({ ok: false });

    states.length = 0;
    const second = await start({ patience: { ...SHORT, silentMs: 3_000 } });
    expect(states).not.toContain('qr');

    // The browser crashes: what she writes meanwhile arrives, and she is answered.
    for (const pid of pidsOf(profileOption())) process.kill(pid, 'SIGKILL');
    await until('lost', () => second.state().state !== 'ready', LONG_MS);
    stub.write(ana, { body: 'tras el golpe' });
    await until('linked again', () => second.state().state === 'ready', LONG_MS);
    await until('her words', () => textsOf(app).includes('tras el golpe'));
    expect(await second.send(ana.address, { text: 'aquí sigo', choices: [] })).toMatchObject({ ok: true });

    // The page hangs: no sign of life.
    stub.hang();
    await until('lost', () => second.state().state !== 'ready', LONG_MS);
    expect(await second.send(ana.address, { text: 'hola', choices: [] })).toMatchObject({ ok: false });
    await until('linked again', () => second.state().state === 'ready', LONG_MS);
    expect(states).not.toContain('qr');

    // The telephone's owner unlinks us: there is nothing to do but to ask again.
    stub.unlink();
    await until('a new QR', () => second.state().state === 'qr', LONG_MS);
    expect(await second.send(ana.address, { text: 'hola', choices: [] })).toEqual({
      ok: false,
      failure: { type: 'paused', detail: expect.any(String) as string },
    });
    stub.scan();
    await until('linked again', () => second.state().state === 'ready', LONG_MS);
    expect(second.state().qr).toBeUndefined();
    await second.stop();
    expect(pidsOf(bench.folder)).toEqual([]);
    expect(bench.logged.join('\n')).not.toMatch(/\d{7,}/u);
  });

  test('another number, a new number, a refused connection', async () => {
    const { stub } = bench;
    const app = scriptedApp();
    const channel = bench.channel();
    await bench.link(channel, app.receive, app.report);
    const rosa = newPerson('old-number');
    // Nobody has this number.
    expect(await channel.send(rosa.address, { text: 'hola', choices: [] })).toEqual({
      ok: false,
      failure: { type: 'undeliverable' },
    });
    // She never wrote: the number people dial today leads to the one WhatsApp has.
    stub.add(rosa);
    expect(await channel.send(rosa.address, { text: 'hola', choices: [] })).toMatchObject({ ok: true });
    expect(stub.outTo(rosa)).toMatchObject([{ to: rosa.phone, body: 'hola' }]);
    // Chatter of a group that is not to us, a status, our own words, a service note: none is a message.
    stub.write(rosa, { body: 'nos vemos', group: '120363000000000009@g.us' });
    stub.write(rosa, { type: 'e2e_notification' });
    stub.move(rosa, '5215550100777@c.us');
    await until('her move', () => app.received.length > 0);
    expect(app.received).toMatchObject([{ address: rosa.address, body: { type: 'moved' } }]);
    // WhatsApp gives the link to another browser: the library ends ours, and it is started anew.
    // By then the browser has written the link down: a conflict in the first seconds after the scan costs it.
    await wait(WRITTEN_DOWN_MS);
    const pages = stub.pages();
    stub.connection('CONFLICT');
    await until('another page', () => stub.pages() > pages, LONG_MS);
    await until('linked again', () => channel.state().state === 'ready', LONG_MS);
  });

  test('without a network it tries again and again, and leaves no browser behind', async () => {
    const channel = bench.channel({ browserArgs: ['--host-resolver-rules=MAP * ~NOTFOUND'] });
    await channel.start(
      async () => undefined,
      async () => undefined,
    );
    const tries = (): number => bench.logged.filter((line) => line.includes('net::ERR_')).length;
    await until('two tries', () => tries() >= 2, LONG_MS);
    expect(pidsOf(profileOption()).length).toBeLessThanOrEqual(1);
    await channel.stop();
    expect(pidsOf(bench.folder)).toEqual([]);
  });

  test.each([
    ['does not come so far in time', { startMs: 200 }, 'neither linked nor a QR'],
    ['offers no newer QR', { qrMs: 500 }, 'the QR is old'],
  ])('a browser that %s is started anew', async (_what, patience, reason) => {
    const channel = bench.channel({ patience: { ...SHORT, ...patience } });
    const states: string[] = [];
    channel.watch(({ state }) => states.push(state));
    await channel.start(
      async () => undefined,
      async () => undefined,
    );
    await until('two of them', () => bench.logged.filter((l) => l.includes(reason)).length >= 2, LONG_MS);
    expect(states).toEqual(expect.arrayContaining(['lost', 'starting']));
    await channel.stop();
    expect(pidsOf(bench.folder)).toEqual([]);
  });

  test('the whole program: QR on the screen and on the page, an answer, and no browser after a stop or a kill', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'comadre-whatsapp-program-'));
    // A browser to which our stub is WhatsApp, and which leads nowhere else.
    const browser = path.join(folder, 'chromium');
    const args = [...bench.stub.browserArgs, '--ignore-certificate-errors']
      .map((arg) => `'${arg}'`)
      .join(' ');
    writeFileSync(browser, `#!/bin/sh\nexec '${chromiumPath()}' ${args} "$@"\n`);
    chmodSync(browser, 0o755);
    const settings = { WHATSAPP_WEB: 'on', PUPPETEER_EXECUTABLE_PATH: browser, LOG_LEVEL: 'silent' };
    // Where the page is stands on the screen, and nobody guesses it.
    const page = async ({ screen }: { readonly screen: string }): Promise<string> => {
      const [url] = /http:\/\/\S+\/whatsapp-web\/\w+/u.exec(screen) ?? [];
      return url === undefined ? '' : await (await fetch(url)).text();
    };
    try {
      const program = await started(folder, settings);
      expect(program.screen).toContain('no es oficial');
      await until('the QR', async () => (await page(program)).includes('<svg'), LONG_MS);
      bench.stub.scan();
      await until('linked', async () => (await page(program)).includes('data-state="ready"'), LONG_MS);
      expect(await page(program)).not.toContain('<svg');
      const ana = newPerson('lid');
      bench.stub.add(ana);
      bench.stub.write(ana, { body: 'hola' });
      await until('an answer', () => bench.stub.outTo(ana).length > 0, LONG_MS);
      const { code, out } = await program.stop();
      expect(code).toBe(0);
      expect(out).toMatch(/[▀▄█]{5}/u);
      expect(pidsOf(folder)).toEqual([]);

      const again = await started(folder, settings);
      await until('linked', async () => (await page(again)).includes('data-state="ready"'), LONG_MS);
      await again.kill();
      await until('no process is left', () => pidsOf(folder).length === 0, LONG_MS);
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});
