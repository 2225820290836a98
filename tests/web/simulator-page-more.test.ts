import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { expect, onTestFinished, test } from 'vitest';
import type { OutgoingFile } from '../../src/channels/channel.ts';
import { needsChromium } from '../support/requires.ts';
import { isShown, left, onPage, opened, right, textsOf, WAIT } from './on-page.ts';
import { textWith } from './served.ts';

/** One red point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const PICTURE: OutgoingFile = { kind: 'image', name: 'Libreta.png', mime: 'image/png', bytes: PNG };

type FileInput = ElementHandle & { uploadFile(file: string): Promise<void> };

const attach = async (page: Page, name: string, bytes: Uint8Array): Promise<void> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'comadre-attach-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(path.join(folder, name), bytes);
  const input = (await page.$(left('input[type=file]'))) as FileInput | null;
  await input?.uploadFile(path.join(folder, name));
};

const attribute = (page: Page, selector: string, name: string): Promise<unknown> =>
  page.evaluate(`document.querySelector(${JSON.stringify(selector)}).getAttribute('${name}')`);

const has = async (page: Page, selector: string): Promise<void> => {
  await page.waitForSelector(selector, WAIT);
};

needsChromium('what the page shows of files, in Chromium', () => {
  test('she sends a picture with words, a voice note and a document from her disk', () =>
    onPage(async ({ page, url, received, channel, faults }) => {
      await opened(page, url);
      await page.type(left('textarea'), 'mi libreta');
      await attach(page, 'libreta.png', PNG);
      await attach(page, 'nota.ogg', Buffer.from('OggS'));
      await attach(page, 'lista.csv', Buffer.from('a,b\n1,2\n'));
      await expect.poll(() => received.length, WAIT).toBe(3);
      expect(received.map(({ body }) => body)).toMatchObject([
        { type: 'media', kind: 'image', mime: 'image/png', fileName: 'libreta.png', caption: 'mi libreta' },
        { type: 'media', kind: 'voice', mime: 'audio/ogg', fileName: 'nota.ogg' },
        { type: 'media', kind: 'document', mime: 'text/csv', fileName: 'lista.csv' },
      ]);
      const [picture] = received;
      const ref = picture?.body.type === 'media' ? picture.body.ref : '';
      expect(await channel.fetch(ref)).toEqual({ ok: true, mime: 'image/png', bytes: PNG });

      await has(page, left('.person .file.document a'));
      expect(await textsOf(page, left('.person .text'))).toEqual(['mi libreta', '', '']);
      expect(await textsOf(page, left('.person .file.document a'))).toEqual(['lista.csv 1 KB']);
      await page.waitForFunction(
        `document.querySelector(${JSON.stringify(left('.person .file img'))}).naturalWidth === 1`,
        WAIT,
      );
      expect(faults.filter((fault) => !fault.includes('Failed to load'))).toEqual([]);
    }));

  test('what Comadre sends is seen, heard and opened, and is gone when it is taken back', () =>
    onPage(async ({ page, url, channel }) => {
      await opened(page, url);
      const bytes = Buffer.from('some bytes');
      const files: OutgoingFile[] = [
        PICTURE,
        { kind: 'voice', name: 'nota.ogg', mime: 'audio/ogg', bytes },
        { kind: 'document', name: 'Hoja.pdf', mime: 'application/pdf', bytes },
      ];
      const sent: string[] = [];
      for (const file of files) {
        const result = await channel.send('ana', { text: 'Aquí está.', choices: [], file });
        sent.push(result.ok ? result.sentId : '');
      }
      await has(page, right('.bot .file.document a'));
      expect(await attribute(page, right('.bot img'), 'alt')).toBe('Libreta.png');
      expect(await attribute(page, right('.bot audio'), 'aria-label')).toBe('Nota de voz');
      expect(await textsOf(page, right('.bot .file.document a'))).toEqual(['Hoja.pdf 1 KB']);

      expect(await channel.erase('ana', [...sent.slice(0, 2), 'never-sent'])).toBe(2);
      await expect.poll(() => textsOf(page, right('.bot .text')), WAIT).toEqual(['Aquí está.']);
      expect(channel.file('ana', sent[0] ?? '')).toBeUndefined();
    }));

  test('words that are edited change where they stand, with their buttons, also on a page that was away', () =>
    onPage(async ({ page, url, channel, received }) => {
      await opened(page, url);
      const sent = await channel.send('ana', { text: 'Enviados: 1 de 9.', choices: [] });
      await channel.send('ana', { text: 'otra cosa', choices: [] });
      await expect.poll(() => textsOf(page, right('.bot .text')), WAIT).toHaveLength(2);
      const choices = [{ label: 'Parar', payload: 'stop' }];
      await channel.edit('ana', sent.ok ? sent.sentId : '', { text: 'Enviados: 5 de 9.', choices });
      const edited = ['Enviados: 5 de 9.', 'otra cosa'];
      await expect.poll(() => textsOf(page, right('.bot .text')), WAIT).toEqual(edited);
      await page.click(right('.bot .choices button'));
      await expect
        .poll(() => received.map(({ body }) => body), WAIT)
        .toEqual([{ type: 'button', payload: 'stop' }]);
      await opened(page, url);
      expect(await textsOf(page, right('.bot .text'))).toEqual(edited);
      expect(await textsOf(page, right('.bot .choices button'))).toEqual(['1. Parar']);
    }));

  test('a file that had to make room for newer ones says so, also on a page that was away', () =>
    onPage(async ({ page, url, channel }) => {
      const big = { ...PICTURE, kind: 'document', bytes: new Uint8Array(40 * 1_024 * 1_024) } as const;
      const gone = 'El archivo ya no se guarda: solo caben los más nuevos.';
      await opened(page, url);
      await channel.send('ana', { text: 'uno', choices: [], file: big });
      await has(page, right('.file a'));
      await channel.send('ana', { text: 'dos', choices: [], file: big });
      await expect.poll(() => textsOf(page, right('.file')), WAIT).toEqual([gone, 'Libreta.png 40.0 MB']);
      await opened(page, url);
      expect(await textsOf(page, right('.file'))).toEqual([gone, 'Libreta.png 40.0 MB']);
    }));
});

needsChromium('what the page shows of several phones and of the clock, in Chromium', () => {
  test('what comes unasked shows as on a locked telephone: forty characters, until she writes', () =>
    onPage(async ({ page, url, channel }) => {
      await opened(page, url);
      const preview = () => textsOf(page, right('.preview q'));
      const text = 'Hola, Ana. Tienes un mensaje nuevo 🌵 para leer.\nRecibo nº 36: $50.00';
      await channel.send('ana', { text, choices: [] });
      await has(page, right('.preview:not([hidden])'));
      expect(await preview()).toEqual(['Hola, Ana. Tienes un mensaje nuevo 🌵 par…']);
      expect(await isShown(page, left('.preview'))).toBe(false);

      await page.type(right('textarea'), 'saldo');
      expect(await isShown(page, right('.preview'))).toBe(true);
      await page.keyboard.press('Enter');
      await expect.poll(() => textsOf(page, right('.bot .text')), WAIT).toEqual([text, 'Dijiste:\nsaldo']);
      expect(await isShown(page, right('.preview'))).toBe(false); // nor for the answer she waited for

      await channel.send('ana', { text: 'Otra cosa', choices: [] });
      await has(page, right('.preview:not([hidden])'));
      expect(await preview()).toEqual(['Otra cosa']);
      await page.click(right('.preview button'));
      expect(await isShown(page, right('.preview'))).toBe(false);
    }));

  test('up to four phones come and go, each with its own person, and a reload keeps them', () =>
    onPage(async ({ page, url, received, faults }) => {
      await opened(page, url);
      for (let n = 0; n < 2; n += 1) await page.click('#add-phone');
      expect(await isShown(page, '#add-phone')).toBe(false);
      await page.select('.phone[data-side="third"] .picker', 'ana');
      await page.type('.phone[data-side="fourth"] textarea', 'hola');
      await page.keyboard.press('Enter');
      await expect.poll(() => received.map(({ address }) => address), WAIT).toEqual(['nueva-4']);
      const people = (): Promise<unknown> =>
        page.evaluate("[...document.querySelectorAll('.picker')].map((picker) => picker.value)");
      expect(await people()).toEqual(['rosa', 'ana', 'ana', 'nueva-4']);
      const overlap = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
      expect(overlap).toBe(false);

      await page.click(right('.close'));
      await page.reload();
      await has(page, '.phone[data-side="third"] .bubble');
      expect(await people()).toEqual(['rosa', 'ana', 'nueva-4']);
      for (let n = 0; n < 2; n += 1) await page.click(left('.close'));
      expect(await people()).toEqual(['nueva-4']);
      expect(await isShown(page, left('.close'))).toBe(false);
      expect(faults).toEqual([]);
    }));

  test('as many phones as fit are side by side; else there is one, and a tab for each', () =>
    onPage(async ({ page, url }) => {
      await opened(page, url);
      await page.click('#add-phone');
      const shown = (): Promise<unknown> =>
        page.evaluate(
          "[...document.querySelectorAll('.phone')].filter((phone) => phone.checkVisibility()).length",
        );
      for (const [width, count] of [
        [1280, 3],
        [800, 1],
        [360, 1],
      ] as const) {
        await page.setViewport({ width, height: 700 });
        await expect.poll(shown, WAIT).toBe(count);
        expect(await isShown(page, '.tabs')).toBe(count === 1);
      }
      await page.click('.tab:nth-child(3)');
      expect(await textsOf(page, '.tab[aria-pressed=true]')).toEqual([textWith('Alguien')]);
    }));

  test('the look is remembered, for this page and for the next visit', () =>
    onPage(async ({ page, url }) => {
      await opened(page, url);
      await page.click('.look input[value=whatsapp]');
      await opened(page, url); // without anything in the address bar
      expect(await page.evaluate('document.body.dataset.look')).toBe('whatsapp');
    }));

  test('the clock moves by the phone in use, and the page follows: the date, and what was today', () =>
    onPage(async ({ page, url, channel, moves }) => {
      await channel.send('ana', { text: 'Hola', choices: [] });
      await opened(page, url);
      await has(page, right('.day'));
      const now = async () => (await textsOf(page, '#now'))[0];
      expect(await now()).toMatch(/^lun 23 de nov, 7:00/); // where Rosa lives
      expect(await textsOf(page, right('.day'))).toEqual(['Hoy']);
      await page.click(right('.chat'));
      await page.click('[data-to=week]');
      await expect.poll(now, WAIT).toMatch(/^lun 30 de nov, 7:00/);
      expect(moves).toEqual([{ to: 'week', address: 'ana' }]);
      expect(await textsOf(page, right('.day'))).toEqual(['lunes, 23 de noviembre']);
    }));

  test('where the clock may not move there is no button for it', () =>
    onPage(async ({ page, url, clock }) => {
      clock.mayMove = false;
      await opened(page, url);
      await expect.poll(() => textsOf(page, '#now'), WAIT).not.toEqual(['']);
      expect(await isShown(page, '#steps')).toBe(false);
      clock.mayMove = true;
      await page.reload();
      await has(page, '#steps:not([hidden])');
    }));

  test('everything has a name, is at least 44 px high, and is reached with the Tab key alone', () =>
    onPage(async ({ page, url, channel, received }) => {
      await channel.send('rosa', { text: '¿Está bien?', choices: [{ label: 'Sí', payload: 'y' }] });
      await opened(page, url);
      await has(page, left('.choices button'));
      const controls = (await page.evaluate(CONTROLS)) as { name: string; low: boolean }[];
      expect(controls.length).toBeGreaterThan(20);
      expect(controls.filter(({ name, low }) => name === '' || low)).toEqual([]);

      const reached = new Set<string>();
      for (let n = 0; n < 60; n += 1) {
        await page.keyboard.press('Tab');
        reached.add(
          (await page.evaluate(
            "(() => { const at = document.activeElement; return [at.closest('.phone')?.dataset.side ?? 'page', at.id || at.dataset.to || at.type || at.className].join(' '); })()",
          )) as string,
        );
      }
      for (const control of [
        'page theme',
        'page reminder',
        'page add-phone',
        'page save',
        'left select-one',
        'left file',
        'left textarea',
        'right submit',
      ]) {
        expect([...reached]).toContain(control);
      }
      await page.focus(left('.choices button'));
      await page.keyboard.press('Enter');
      await expect.poll(() => received.length, WAIT).toBe(1);
      expect(received[0]?.body).toEqual({ type: 'button', payload: 'y' });
    }));
});

/** In the page: all that can be pressed or written in, by what it is called, and whether a finger can miss it. */
const CONTROLS = `[...document.querySelectorAll('a, button, select, textarea, input')]
  .filter((one) => one.checkVisibility())
  .map((one) => {
    const { height, width } = (one.closest('.attach, .look label') ?? one).getBoundingClientRect();
    const words = [one.textContent, one.getAttribute('aria-label'), one.closest('label')?.textContent];
    return { name: words.join(' ').trim().slice(0, 40), low: height < 44 || width < 44 };
  })`;
