import { expect, test } from 'vitest';
import { needsChromium } from '../support/requires.ts';
import { isShown, left, onPage, opened, right, textsOf, WAIT, write } from './on-page.ts';
import { textWith } from './served.ts';

needsChromium('the page of the simulator, in Chromium', () => {
  test('what she writes and the answer become bubbles, and a button sends its payload', () =>
    onPage(async ({ page, url, received, faults }) => {
      await opened(page, url);
      await write(page, 'Ana 100');
      await page.waitForSelector(left('.bot .choices button'), WAIT);
      expect(await textsOf(page, left('.text'))).toEqual(['Ana 100', 'Dijiste:\nAna 100']);
      expect(await textsOf(page, left('.choices button'))).toEqual(['1. Sí', '2. No']);
      expect(await page.evaluate(`document.querySelector(${JSON.stringify(left('textarea'))}).value`)).toBe(
        '',
      );

      await page.click(left('.choices button'));
      await expect.poll(() => received.length, WAIT).toBe(2);
      expect(received.map(({ address, body }) => [address, body])).toEqual([
        ['rosa', { type: 'text', text: 'Ana 100' }],
        ['rosa', { type: 'button', payload: 'yes:1' }],
      ]);
      await expect.poll(() => textsOf(page, left('.person .text')), WAIT).toEqual(['Ana 100', 'Sí']);
      expect(faults).toEqual([]);
    }));

  test('the leader is on the left and a member on the right, each with her suggestions', () =>
    onPage(async ({ page, url, received }) => {
      await opened(page, url);
      expect(await textsOf(page, '.phone')).toHaveLength(2);
      const picked = await page.evaluate(
        "[...document.querySelectorAll('.picker')].map((picker) => picker.selectedOptions[0].text)",
      );
      expect(picked).toEqual(['Rosa Méndez · líder', 'Ana López · socia']);
      expect(await textsOf(page, left('.chips button'))).toEqual([
        'Ana 100, Lupita préstamo 150 ahorro 50',
        'caja',
      ]);
      expect(await textsOf(page, right('.chips button'))).toContain('cuánto debo');
      await page.click(right('.chips button'));
      await expect.poll(() => received.length, WAIT).toBe(1);
      expect(received).toMatchObject([{ address: 'ana', body: { type: 'text', text: 'saldo' } }]);
    }));

  test('an empty phone offers to begin, a picked person is heard, and the address bar remembers her', () =>
    onPage(async ({ page, url, channel, received }) => {
      await opened(page, `${url}?right=somebody-new`);
      await page.click(right('.start-telegram'));
      await expect.poll(() => received.length, WAIT).toBe(1);
      expect(received).toMatchObject([{ address: 'somebody-new', body: { type: 'start' } }]);

      await channel.send('ana', { text: 'Hola Ana', choices: [] });
      await page.select(right('.picker'), 'ana');
      await expect.poll(() => textsOf(page, right('.text')), WAIT).toEqual(['Hola Ana']);
      expect(new URL(page.url()).searchParams.get('right')).toBe('ana');
    }));

  test('as WhatsApp the choices are numbered text and there is no button', () =>
    onPage(async ({ page, url, channel }) => {
      await channel.send('rosa', {
        text: '¿Está bien?',
        choices: [
          { label: 'Sí', payload: 'y' },
          { label: 'No', payload: 'n' },
        ],
      });
      await opened(page, `${url}?look=whatsapp`);
      const visible = async () => ({
        numbers: (await textsOf(page, left('.numbers'))).join('').trim(),
        button: await isShown(page, left('.choices')),
        list: await isShown(page, left('.numbers')),
      });
      expect(await visible()).toMatchObject({ numbers: '1. Sí\n2. No', button: false, list: true });
      await page.click('.look input[value=telegram]');
      expect(await visible()).toMatchObject({ button: true, list: false });
      expect(page.url()).toContain('look=telegram');
    }));

  test('a message with markup and signs is shown as text and nothing in it runs', () =>
    onPage(async ({ page, url, channel, faults }) => {
      const text = '<script>window.ran = 1</script>\n<img src=x onerror="window.ran = 2"> 🌵 & <b>hola</b>';
      await channel.send('rosa', { text, choices: [{ label: '<i>Sí</i>', payload: 'y' }] });
      await opened(page, url);
      await write(page, text.replace('\n', ' '));
      await expect.poll(async () => (await textsOf(page, left('.text')))[0], WAIT).toBe(text);
      await expect
        .poll(async () => (await textsOf(page, left('.text')))[1], WAIT)
        .toBe(text.replace('\n', ' '));
      expect((await textsOf(page, left('.choices button')))[0]).toBe('1. <i>Sí</i>');
      expect(
        await page.evaluate(
          "[typeof window.ran, document.querySelectorAll('.bubble :is(script, img, b, i)').length]",
        ),
      ).toEqual(['undefined', 0]);
      expect(faults).toEqual([]);
    }));

  test('the other phone counts what is unread until it is looked at', () =>
    onPage(async ({ page, url, channel }) => {
      await opened(page, url);
      await channel.send('ana', { text: 'uno', choices: [] });
      await channel.send('ana', { text: 'dos', choices: [] });
      await expect.poll(() => textsOf(page, right('.badge')), WAIT).toEqual(['2']);
      expect(await page.title()).toBe('(2) Comadre · simulador');
      await page.click(right('.chat'));
      expect(await isShown(page, right('.badge'))).toBe(false);
      expect(await page.title()).toBe('Comadre · simulador');
    }));

  test('a message that could not be kept can be sent again, under its own id', () =>
    onPage(async ({ page, url, channel, received }) => {
      await opened(page, url);
      const ids: string[] = [];
      await channel.start((message) => {
        ids.push(message.messageId);
        return Promise.reject(new Error('no database'));
      });
      await write(page, 'Ana 100');
      await page.waitForSelector(left('.problem:not([hidden])'), WAIT);
      expect(await textsOf(page, left('.problem q'))).toEqual([textWith('Ana 100')]);
      await channel.start(async (message) => {
        received.push(message);
      });
      await page.click(left('.problem button'));
      await expect.poll(() => received.map(({ messageId }) => messageId), WAIT).toEqual(ids);
      await page.waitForSelector(left('.problem[hidden]'), WAIT);
      expect(await textsOf(page, left('.text'))).toEqual(['Ana 100']);
    }));

  test('at 360 px there is one phone with tabs, nothing to scroll sideways, and the last bubble is in sight', () =>
    onPage(async ({ page, url, channel }) => {
      await page.setViewport({ width: 360, height: 700 });
      for (let n = 0; n < 12; n += 1) {
        await channel.send('rosa', {
          text: `${n} ${'larga'.repeat(30)}`,
          choices: [{ label: 'x'.repeat(60), payload: 'x' }],
        });
      }
      await opened(page, url);
      const layout = (): Promise<unknown> =>
        page.evaluate(`(() => {
          const chat = document.querySelector('.phone.active .chat');
          return {
            sideways: document.documentElement.scrollWidth > innerWidth || chat.scrollWidth > chat.clientWidth,
            phones: [...document.querySelectorAll('.phone')].filter((phone) => phone.checkVisibility()).length,
            atEnd: chat.scrollHeight - chat.scrollTop - chat.clientHeight < 2,
            keyboardInSight: document.querySelector('.phone.active .writing').getBoundingClientRect().bottom <= innerHeight,
          };
        })()`);
      expect(await layout()).toEqual({ sideways: false, phones: 1, atEnd: true, keyboardInSight: true });
      await channel.send('ana', { text: 'aviso', choices: [] });
      await expect.poll(() => textsOf(page, '.tab:last-child .badge'), WAIT).toEqual(['1']);
      await page.click('.tab:last-child');
      expect(await textsOf(page, '.phone.active .text')).toEqual(['aviso']);
      expect(await layout()).toMatchObject({ sideways: false, phones: 1 });
    }));

  test('every text keeps a contrast of 4.5 in both themes and both looks, and letters are 17 px', () =>
    onPage(async ({ page, url, channel }) => {
      await channel.send('rosa', { text: 'Hola', choices: [{ label: 'Sí', payload: 'y' }] });
      await channel.post({ address: 'rosa', body: { type: 'start' } });
      await channel.send('ana', { text: 'Hola', choices: [] });
      const file = {
        kind: 'document',
        name: 'Hoja.pdf',
        mime: 'application/pdf',
        bytes: Buffer.from('1'),
      } as const;
      await channel.postFile({ address: 'rosa', file });
      await channel.send('rosa', { text: 'Lo recibí.', choices: [] });
      for (const theme of ['light', 'dark']) {
        for (const look of ['telegram', 'whatsapp']) {
          await opened(page, `${url}?theme=${theme}&look=${look}&right=somebody-new`);
          await channel.send('rosa', { text: 'Aviso', choices: [], file });
          await page.waitForSelector(left('.preview:not([hidden])'), WAIT);
          await page.evaluate(
            "document.querySelectorAll('[role=alert]').forEach((one) => (one.hidden = false))",
          );
          const measured = (await page.evaluate(CONTRAST)) as {
            low: string[];
            texts: number;
            small: string[];
          };
          expect({ theme, look, ...measured }).toMatchObject({ low: [], small: [] });
          expect(measured.texts).toBeGreaterThan(25);
        }
      }
    }));

  test("the theme follows the computer's until the button decides", () =>
    onPage(async ({ page, url }) => {
      const ground = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
      await opened(page, url);
      const dark = await ground();
      await page.click('#theme');
      const light = await ground();
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
      await opened(page, url);
      expect(await ground()).toBe(light);
      expect(dark).not.toBe(light);
      await page.click('#theme');
      expect(await ground()).toBe(dark);
    }));
});

/** In the page: every visible text against the ground it stands on, by the WCAG formula; the conversation's letters by size. */
const CONTRAST = `(() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (numbers(colour)[3] !== 0) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
  const shown = [...document.querySelectorAll('body *')].filter((element) =>
    element.checkVisibility() && !element.closest('.for-ears, select, legend, template') && own(element));
  const low = shown.flatMap((element) => {
    const [more, less] = [light(getComputedStyle(element).color), light(groundOf(element))].sort((a, b) => b - a);
    const ratio = (more + 0.05) / (less + 0.05);
    return ratio < 4.5 ? [element.className + ' ' + element.textContent + ' ' + ratio.toFixed(2)] : [];
  });
  const small = [...document.querySelectorAll('.text, .choices button, .chips button, textarea')]
    .filter((element) => parseFloat(getComputedStyle(element).fontSize) < 17).map((element) => element.className);
  return { low, small, texts: shown.length };
})()`;
