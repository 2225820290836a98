// The page of a simulator of its own, in Chromium.

import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer-core';
import { withPage } from '../support/chromium.ts';
import { type Served, served } from './served.ts';

export const WAIT = { timeout: 10_000 };
export const left = (selector: string): string => `.phone[data-side="left"] ${selector}`;
export const right = (selector: string): string => `.phone[data-side="right"] ${selector}`;

export type OnPage = Served & { readonly page: Page; readonly url: string; readonly faults: string[] };

/** A page of a simulator of its own; what the browser complains about is in `faults`. */
export const onPage = (test: (on: OnPage) => Promise<void>): Promise<void> =>
  withPage(async (page) => {
    const all = await served();
    await all.server.listen({ host: '127.0.0.1', port: 0 });
    const { port } = all.server.server.address() as AddressInfo;
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    try {
      await page.setViewport({ width: 1280, height: 860 });
      await test({ ...all, page, url: `http://127.0.0.1:${port}/simulator`, faults });
    } finally {
      await all.server.close();
    }
  });

export const opened = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await page.waitForFunction("document.querySelectorAll('.bubbles[aria-live=polite]').length === 2", WAIT);
};

export const textsOf = async (page: Page, selector: string): Promise<string[]> =>
  (await page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((element) => element.innerText)`,
  )) as string[];

export const isShown = (page: Page, selector: string): Promise<unknown> =>
  page.evaluate(`document.querySelector(${JSON.stringify(selector)}).checkVisibility()`);

export const write = async (page: Page, text: string): Promise<void> => {
  await page.type(left('textarea'), text);
  await page.keyboard.press('Enter');
};
