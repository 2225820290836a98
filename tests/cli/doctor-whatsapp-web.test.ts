import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { profileIn } from '../../src/channels/whatsapp-web/leftover.ts';
import { whatsAppWebFindings } from '../../src/cli/doctor-whatsapp-web.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'comadre-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file that can be run stands for the browser: the doctor only looks whether it is there. */
const browser = (): string => {
  const file = path.join(folder, 'chromium');
  writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 });
  return file;
};
const findingsOf = (executablePath: string) => whatsAppWebFindings({ folder, executablePath, dailyMax: 200 });
const said = (findings: ReturnType<typeof findingsOf>): string => findings.map(({ what }) => what).join('\n');

test('off is well, and how to try it is said', () => {
  const [finding, ...more] = whatsAppWebFindings(undefined);
  expect([finding?.well, more]).toEqual([true, []]);
  expect(finding?.what).toContain('off');
  expect(finding?.remedy).toContain('WHATSAPP_WEB=on');
});

test('on, with a browser and no telephone yet: all is well, the risk is told, and the next start shows a QR', () => {
  const findings = findingsOf(browser());
  expect(findings.filter(({ well }) => !well)).toEqual([]);
  expect(findings[0]?.what).toContain('at most 200 messages a day');
  expect(findings[0]?.remedy).toContain('WhatsApp may close the account');
  expect(said(findings)).toContain('No telephone is linked yet');
});

test('a telephone that was linked is said, with where the link is kept', () => {
  mkdirSync(profileIn(folder), { recursive: true });
  expect(said(findingsOf(browser()))).toContain(`The link with a telephone is kept in ${folder}.`);
});

test('a browser that is not there is not well, and what to install is said', () => {
  const findings = findingsOf(path.join(folder, 'none'));
  const [fault, ...more] = findings.filter(({ well }) => !well);
  expect(more).toEqual([]);
  expect(fault?.what).toContain('PUPPETEER_EXECUTABLE_PATH');
  expect(fault?.remedy).toContain('install');
  expect(said(findings)).not.toContain('The browser for WhatsApp is');
});
