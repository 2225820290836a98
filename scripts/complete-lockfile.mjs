// node scripts/complete-lockfile.mjs, after adding or updating a dependency: some registry mirrors do not have the builds
// for other platforms, npm then leaves them out of the lock, and `npm ci` refuses it elsewhere. This adds them from what
// the packages themselves declare, without integrity: npm takes the registry's when it installs one of them.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const OS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const CPU = {
  arm64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  arm: 'arm',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
};
for (const [place, p] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(p.optionalDependencies ?? {})) {
    if (lock.packages[`node_modules/${name}`] || lock.packages[`${place}/node_modules/${name}`]) continue;
    const words = name.split('/')[1].split('-');
    const os = OS.find((o) => words.includes(o));
    const cpu = Object.keys(CPU).find((c) => words.includes(c));
    if (!os || !cpu) throw new Error(name);
    const abi = words.at(-1);
    const libc = os !== 'linux' ? undefined : abi.startsWith('musl') ? ['musl'] : ['glibc'];
    lock.packages[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      dev: true,
      ...(libc && abi !== cpu && { libc }),
      optional: true,
      os: [os],
      engines: p.engines,
    };
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
lock.packages = Object.fromEntries(sorted);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
