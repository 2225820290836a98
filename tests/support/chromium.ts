import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Page } from 'puppeteer-core';

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** A Chromium on this machine: the one named by PUPPETEER_EXECUTABLE_PATH, else one where it usually is. */
export const chromiumPath = (): string | undefined =>
  [process.env['PUPPETEER_EXECUTABLE_PATH'], ...USUAL_PATHS].find(
    (path) => path !== undefined && existsSync(path),
  );

/** Runs `test` with one page of a new browser that remembers nothing, and ends the browser whatever happens. */
export async function withPage<Result>(test: (page: Page) => Promise<Result>): Promise<Result> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    throw new Error('no Chromium found: install one or set PUPPETEER_EXECUTABLE_PATH');
  }
  const userDataDir = await mkdtemp(join(tmpdir(), 'comadre-chromium-'));
  const browser = await launch({ executablePath, userDataDir, args: FLAGS });
  try {
    const [page = await browser.newPage()] = await browser.pages();
    return await test(page);
  } finally {
    await browser.close();
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
