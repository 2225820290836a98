// Takes docs/simulator.png, the picture of the README: the demo on a fresh folder, the leader's list confirmed on the
// left, a member's receipt and her savings beside it, and what the treasurer's locked telephone shows on the right. Run by hand when the page has changed: `node scripts/screenshot.mjs`.
// Needs a Chromium: one where it usually is, or the one PUPPETEER_EXECUTABLE_PATH names.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';
import { ROOT } from './failure.mjs';

const { withPage } = await tsImport('../tests/support/chromium.ts', import.meta.url);
const { started } = await tsImport('../tests/support/run-program.ts', import.meta.url);

const LIST = 'Ana 50, Lupita 145 préstamo 50 ahorro';
/** Seen from further away than one sits, so that the whole conversation fits: 1280 × 800 points in the picture. */
const VIEWPORT = { width: 1700, height: 1062, deviceScaleFactor: 1280 / 1700 };
const WAIT = { timeout: 20_000 };

const folder = mkdtempSync(path.join(tmpdir(), 'comadre-screenshot-'));
const program = await started(folder);
try {
  const people = await (await fetch(`${program.url}/simulator/people`)).json();
  const addressOf = (name) => people.find((person) => person.name === name).address;
  await withPage(async (page) => {
    await page.setViewport(VIEWPORT);
    await page.emulateTimezone('America/Tijuana');
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    const shown = `left=${addressOf('Rosa Hernández')}&right=${addressOf('Ana Martínez')}&third=${addressOf('Guadalupe Cruz')}&theme=light`;
    await page.goto(`${program.url}/simulator?${shown}`);
    await page.waitForSelector('.phone[data-side="right"] .bubbles[aria-live=polite]', WAIT);
    await page.type('.phone[data-side="left"] textarea', LIST);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.phone[data-side="left"] .choices button', WAIT);
    await page.click('.phone[data-side="left"] .choices button');
    await page.waitForSelector('.phone[data-side="right"] .bot', WAIT);
    await page.waitForSelector('.phone[data-side="third"] .preview:not([hidden])', WAIT);
    await page.click('.phone[data-side="right"] .chips button');
    for (const side of ['left', 'right']) {
      await page.waitForFunction(
        `document.querySelectorAll('.phone[data-side=${side}] .bot').length === 2`,
        WAIT,
      );
    }
    await page.waitForFunction(
      "document.getAnimations().every(({ playState }) => playState !== 'running')",
      WAIT,
    );
    await page.screenshot({ path: fileURLToPath(new URL('docs/simulator.png', ROOT)) });
  });
} finally {
  await program.stop();
  rmSync(folder, { recursive: true, force: true });
}
