/** "<layer> may import itself and …" (path prefixes under src/). Why: docs/adr/0002-layers.md */
const mayImport = {
  domain: [],
  conversation: ['domain/'],
  content: ['domain/', 'conversation/'],
  store: ['domain/', 'conversation/', 'generated/'],
  channels: ['conversation/message'],
  app: ['domain/', 'conversation/', 'content/', 'store/', 'channels/channel', 'log.ts'],
  jobs: ['app/', 'log.ts'],
  web: ['app/', 'channels/', 'domain/access/', 'log.ts'],
  cli: [
    'domain/',
    'conversation/rules-words',
    'app/',
    'store/',
    'channels/',
    'content/',
    'config',
    'log.ts',
    'start.ts',
  ],
  generated: [],
};
const layers = Object.keys(mayImport);
const pure = '^src/(domain|conversation|content)/';
const top =
  '^src/(main|config|config-telegram|config-whatsapp-cloud|config-roles|config-rights|setting|log|cli|start|start-simulator)\\.ts$';

module.exports = {
  forbidden: [
    ...layers.map((layer) => ({
      name: `${layer}-imports`,
      severity: 'error',
      from: { path: `^src/${layer}/` },
      to: { path: '^src/', pathNot: [`${layer}/`, ...mayImport[layer]].map((p) => `^src/${p}`) },
    })),
    {
      name: 'domain-and-conversation-do-no-io',
      severity: 'error',
      from: { path: '^src/(domain|conversation)/' },
      to: { pathNot: [pure, '/temporal-polyfill/', '/zod/', '/fastest-levenshtein/'] },
    },
    {
      name: 'content-does-no-io',
      severity: 'error',
      from: { path: '^src/content/' },
      to: {
        pathNot: [pure, '/temporal-polyfill/', '/zod/', '/i18next/', '/n2words/', '^n2words/', '/yaml/'],
      },
    },
    {
      name: 'channels-are-islands',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/[^/]+/', pathNot: '^src/channels/$1/' },
    },
    {
      name: 'only-the-store-knows-the-database',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(store|generated)/' },
      to: { path: '(^|/)node_modules/(@types/)?(pg|@prisma|@electric-sql)/' },
    },
    {
      name: 'only-the-schedule-knows-cron',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/jobs/schedule\\.ts$' },
      to: { path: '(^|/)node_modules/node-cron/' },
    },
    {
      name: 'every-file-has-a-layer',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: [`^src/(${layers.join('|')})/`, top] },
    },
    { name: 'no-circular', severity: 'error', from: { pathNot: '^src/generated/' }, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: [top, '^src/generated/'] },
      to: {},
    },
  ],
  options: {
    parser: 'swc', // TypeScript 7 has no compiler API: without this every .ts file is skipped in silence
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};
