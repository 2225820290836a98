import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** As Debian, Ubuntu and Google name it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * The browser that shows WhatsApp's page: the one named, else the first one in the PATH.
 *
 * @param named PUPPETEER_EXECUTABLE_PATH; when it is set nothing else is looked for
 */
export function findChromium(
  named: string | undefined,
  searched = process.env['PATH'] ?? '',
): string | undefined {
  if (named !== undefined) return canRun(named) ? named : undefined;
  const folders = searched.split(path.delimiter).filter((folder) => folder !== '');
  const files = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return [...files, MAC].find(canRun);
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
