// Looks at what would be installed, without installing or asking anybody: `node scripts/lockfile.mjs [folder]`, a part of
// `npm run check`. What was reviewed is in packages-reviewed.json: a change of it is a decision, and shows as one.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ROOT, runScript, ScriptFailure } from './failure.mjs';

const REGISTRY = 'https://registry.npmjs.org/';
/** Names that hunt for people who look for something else, and one that is no longer mended where npm has it. */
const FORBIDDEN = [
  /baileys/i,
  /bail$/i,
  /(^|\/)xlsx$/i,
  /^whatsapp-.*-sdk$/i,
  /(^|\/)(event-stream|flatmap-stream)$/,
];
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const NAMED = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'];

/** What is really installed there: another package may stand under a name that is not its own. */
const nameOf = (place, { name }) => name ?? place.replace(/^.*node_modules\//, '');

/** Where CI runs, and most who work on it. */
const isForHere = ({ os = [], cpu = [], libc = ['glibc'] }) =>
  os.includes('linux') && cpu.includes('x64') && libc.includes('glibc');

/** A development tool's build for another platform: npm proves it by the registry's word where it is installed. */
const isToolForElsewhere = (each) =>
  each.integrity === undefined &&
  each.dev === true &&
  each.optional === true &&
  each.os?.length > 0 &&
  !isForHere(each);

/** Only a pilot runs it, in a process of its own; builds for other platforms count, since one of them is ours. */
const isForPilot = ({ optional, devOptional, os = [] }) =>
  (optional === true && os.length === 0) || devOptional === true;

/** What is wrong in one folder with a lock of its own; empty when nothing is. */
export function faultsIn(root, folder, reviewed) {
  const read = (file) => readFileSync(path.join(root, folder, file), 'utf8');
  const lock = JSON.parse(read('package-lock.json'));
  const packages = Object.entries(lock.packages ?? {}).filter(([place]) => place !== '');
  const faults = packages.flatMap(([place, each]) => faultsOfPackage(place, each, reviewed));
  if (lock.lockfileVersion !== 3) faults.push('the lock is not of version 3');
  const production = packages.filter(([, { dev }]) => dev !== true);
  const pilot = production.filter(([, each]) => isForPilot(each)).length;
  if (production.length - pilot > reviewed.productionMax)
    faults.push(
      `${production.length - pilot} packages run in production, more than ${reviewed.productionMax}`,
    );
  if (pilot > reviewed.pilotMax)
    faults.push(`${pilot} packages are for the pilot, more than ${reviewed.pilotMax}`);
  const unproven = packages.filter(([, each]) => isToolForElsewhere(each)).length;
  if (unproven > reviewed.unprovenMax)
    faults.push(`${unproven} tools for other platforms have no integrity, more than ${reviewed.unprovenMax}`);
  faults.push(...faultsOfManifest(JSON.parse(read('package.json')), lock.packages?.['']));
  const settings = existsSync(path.join(root, folder, '.npmrc')) ? read('.npmrc').split('\n') : [];
  for (const line of reviewed.npmrc)
    if (settings.findLast((each) => keyOf(each) === keyOf(line)) !== line)
      faults.push(`.npmrc does not say ${line}`);
  return faults.map((fault) => `${folder === '' ? '' : `${folder}: `}${fault}`);
}

/** The last line of a setting is the one that npm takes. */
const keyOf = (line) => line.split('=')[0].trim().replace(/\[\]$/, '');

function faultsOfPackage(place, each, reviewed) {
  const name = nameOf(place, each);
  const faults = [];
  const isProven = (each.integrity ?? '').startsWith('sha512-');
  if (each.link === true) faults.push(`${place} is a link to a folder`);
  else if (!isProven && !isToolForElsewhere(each)) faults.push(`${place} has no sha512 integrity`);
  if (each.link !== true && each.resolved !== undefined && !String(each.resolved).startsWith(REGISTRY))
    faults.push(`${place} comes from elsewhere than the public registry`);
  if (each.hasInstallScript === true && !reviewed.installScripts.includes(name))
    faults.push(`${place} has an install script that nobody reviewed`);
  if (FORBIDDEN.some((pattern) => pattern.test(name)))
    faults.push(`${place} is not to be installed, by its name`);
  return faults;
}

/** What is asked for is exact, and the lock is of this very manifest. */
function faultsOfManifest(manifest, locked = {}) {
  const faults = [];
  for (const kind of NAMED)
    for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
      if (!EXACT.test(version)) faults.push(`${name} is asked for as ${version}, which is no exact version`);
      if (kind !== 'overrides' && locked[kind]?.[name] !== version)
        faults.push(`${name} ${version} is not what the lock was made for`);
    }
  return faults;
}

export function check(root) {
  const reviewed = JSON.parse(readFileSync(path.join(root, 'scripts/packages-reviewed.json'), 'utf8'));
  const faults = Object.entries(reviewed).flatMap(([folder, each]) => faultsIn(root, folder, each));
  if (faults.length > 0) throw new ScriptFailure(faults.map((fault) => `• ${fault}`).join('\n'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await runScript(() => check(process.argv[2] ?? fileURLToPath(ROOT)));
