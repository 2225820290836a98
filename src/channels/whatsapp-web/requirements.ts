import { createRequire } from 'node:module';
import { findChromium } from './chromium.ts';
import { isHeldByAnother } from './leftover.ts';

/** Something an operator must mend before this channel can run: what, and how. */
export type Lack = { readonly what: string; readonly remedy: string };

type Wanted = {
  readonly executablePath?: string | undefined;
  /** Folder of the link with the telephone. */
  readonly folder: string;
  /** Whether it is about to run: a Comadre that runs already is then in the way. */
  readonly isToRun: boolean;
};

/** What this computer lacks for WhatsApp by whatsapp-web.js; nothing is loaded or started to find out. */
export function lacksOf({ executablePath, folder, isToRun }: Wanted): Lack[] {
  const lacks: Lack[] = [];
  if (!isLibraryThere()) {
    lacks.push({
      what: 'The package whatsapp-web.js is not installed; it is an optional one.',
      remedy: 'Run npm ci --include=optional in the folder of Comadre.',
    });
  }
  if (findChromium(executablePath) === undefined) {
    lacks.push({
      what:
        executablePath === undefined
          ? 'There is no Chromium.'
          : 'PUPPETEER_EXECUTABLE_PATH names no program.',
      remedy:
        'Install it (on Debian and Ubuntu: sudo apt-get install chromium), or set PUPPETEER_EXECUTABLE_PATH to where it is.',
    });
  }
  if (isToRun && isHeldByAnother(folder)) {
    lacks.push({
      what: 'Another Comadre on this computer uses the same link with a telephone.',
      remedy: 'Stop it, or give this one a COMADRE_DATA_DIR of its own.',
    });
  }
  return lacks;
}

/** @throws in plain words when something is lacking; else the browser's path */
export function chromiumOrThrow(wanted: Omit<Wanted, 'isToRun'>): string {
  const lacks = lacksOf({ ...wanted, isToRun: true });
  const found = findChromium(wanted.executablePath);
  if (lacks.length === 0 && found !== undefined) return found;
  const words = lacks.map(({ what, remedy }) => `${what} ${remedy}`).join(' ');
  throw new Error(`WHATSAPP_WEB is on, but WhatsApp cannot run here. ${words}`);
}

function isLibraryThere(): boolean {
  try {
    createRequire(import.meta.url).resolve('whatsapp-web.js');
    return true;
  } catch {
    return false;
  }
}
