import { existsSync } from 'node:fs';
import { findChromium } from '../channels/whatsapp-web/chromium.ts';
import { profileIn } from '../channels/whatsapp-web/leftover.ts';
import { lacksOf } from '../channels/whatsapp-web/requirements.ts';
import type { WhatsAppWebConfig } from '../config.ts';
import type { Finding } from './finding.ts';

/** Of WhatsApp by whatsapp-web.js: what it needs of this computer, and whether a telephone was ever linked. */
export const whatsAppWebFindings = (config: WhatsAppWebConfig | undefined): Finding[] => {
  if (config === undefined) {
    const what = 'WhatsApp by whatsapp-web.js is off.';
    return [{ well: true, what, remedy: 'For a pilot with a spare telephone, set WHATSAPP_WEB=on.' }];
  }
  const { folder, executablePath, dailyMax } = config;
  const lacks = lacksOf({ folder, executablePath, isToRun: false });
  const browser = findChromium(executablePath);
  return [
    {
      well: true,
      what: `WhatsApp by whatsapp-web.js is on: not official, at most ${dailyMax} messages a day.`,
      remedy:
        'WhatsApp may close the account. For more than a pilot, move to the Cloud API: docs/operating.md.',
    },
    ...lacks.map((lack) => ({ well: false, ...lack })),
    ...(browser === undefined ? [] : [{ well: true, what: `The browser for WhatsApp is ${browser}.` }]),
    existsSync(profileIn(folder))
      ? { well: true, what: `The link with a telephone is kept in ${folder}.` }
      : { well: true, what: 'No telephone is linked yet; the next start shows a QR.' },
  ];
};
