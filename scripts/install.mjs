// Installs the packages of package-lock.json when they are missing or other ones. Imports nothing that must be installed.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ROOT, ScriptFailure } from './failure.mjs';

/** npm gives its reason first; after it may come a page of usage. */
const NPM_LINES_MAX = 12;

/**
 * Makes node_modules what package-lock.json says; does nothing when it already is. What it says goes to stderr.
 *
 * @param {{ onlyToRun?: boolean }} options `onlyToRun`: development packages may be missing
 * @throws ScriptFailure when Node is too old or npm fails
 */
export function ensureInstalled({ onlyToRun = false } = {}) {
  refuseOldNode();
  if (isInstalled({ onlyToRun })) return;
  console.error('Instalando lo necesario (un minuto)… / Installing what is needed (about a minute)…');
  const result = runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (result.error === undefined && result.status === 0) return;
  const said = result.error?.message ?? `${result.stdout}${result.stderr}`.trim();
  const reason = said.split('\n').slice(0, NPM_LINES_MAX).join('\n');
  throw new ScriptFailure(
    `No se pudo instalar lo necesario; npm dice: / What is needed could not be installed; npm says:\n\n${reason}\n\n` +
      'Revisa la conexión y el espacio en disco, y vuelve a intentarlo. / ' +
      'Check the connection and the disk space, then try again.',
  );
}

function refuseOldNode() {
  const { engines } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
  const floor = engines.node.replace('>=', '');
  const [major, minor] = floor.split('.').map(Number);
  const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  throw new ScriptFailure(
    `Comadre necesita Node ${floor} o más nuevo; aquí hay ${process.versions.node}. / ` +
      `Comadre needs Node ${floor} or newer; this is ${process.versions.node}.`,
  );
}

/** npm writes node_modules/.package-lock.json last: what it lists is there, and whole. */
function isInstalled({ onlyToRun }) {
  const installed = packagesOf('node_modules/.package-lock.json');
  if (installed === undefined) return false;
  const isOptional = (wanted) => wanted.optional || wanted.devOptional || (onlyToRun && wanted.dev);
  return Object.entries(packagesOf('package-lock.json') ?? {})
    .filter(([place]) => place !== '') // the program itself
    .every(([place, wanted]) => {
      const found = installed[place];
      return found === undefined ? isOptional(wanted) : found.integrity === wanted.integrity;
    });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(new URL(file, ROOT), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function runNpm(given) {
  const options = { cwd: fileURLToPath(ROOT), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] };
  const own = process.env.npm_execpath ?? '';
  // The npm that started us, if one did; on Windows npm is a batch file, which only a shell can start.
  if (own.endsWith('npm-cli.js')) return spawnSync(process.execPath, [own, ...given], options);
  return spawnSync('npm', given, { ...options, shell: process.platform === 'win32' });
}
