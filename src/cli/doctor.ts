import { existsSync } from 'node:fs';
import path from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { loadTemplates } from '../app/load-templates.ts';
import { type Config, loadEnv, readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { hasPinPlace, NO_PIN_PLACE, openStore, ROOT } from '../start.ts';
import { codeWatch } from '../store/code-watch.ts';
import { overdueRequests } from '../store/erasures.ts';
import { DatabaseInUse } from '../store/folder-lock.ts';
import { generationsHere } from '../store/key-file.ts';
import { asksForPins } from '../store/pin-tries.ts';
import { verifyBooks } from '../store/verify-books.ts';
import { complain, print } from './command.ts';
import { codesFinding } from './doctor-codes.ts';
import { telegramFindings } from './doctor-telegram.ts';
import { whatsAppCloudFindings } from './doctor-whatsapp-cloud.ts';
import { whatsAppWebFindings } from './doctor-whatsapp-web.ts';
import type { Finding } from './finding.ts';

/** What is configured, what is missing, how to fix it. Exit 1 when something keeps the program from running. */
export const doctor = async (): Promise<number> => {
  const reading = readConfig(loadEnv());
  if (!reading.ok) {
    for (const fault of reading.faults) complain(`✗ ${fault}`);
    return 1;
  }
  const findings = [
    nodeFinding(),
    ...(await telegramFindings(reading.config.telegram)),
    ...(await whatsAppCloudFindings(reading.config.whatsAppCloud, loadTemplates(new URL('locales/', ROOT)))),
    ...channelFindings(reading.config),
    ...whatsAppWebFindings(reading.config.whatsAppWeb),
    keyFinding(reading.config),
    ...(await databaseFindings(reading.config)),
  ];
  for (const { well, what, remedy } of findings)
    print(`${well ? '✓' : '✗'} ${what}${remedy ? `\n    ${remedy}` : ''}`);
  return findings.every((finding) => finding.well) ? 0 : 1;
};

const nodeFinding = (): Finding => ({ well: true, what: `Node ${process.versions.node}` });

const channelFindings = ({ simulator, host, port }: Config): Finding[] => [
  {
    well: true,
    what: simulator ? `The simulator is on, at http://${host}:${port}/simulator.` : 'The simulator is off.',
    ...(simulator ? {} : { remedy: 'To try things without a phone, set SIMULATOR=on.' }),
  },
];

const keyFinding = ({ keyFile }: Config): Finding =>
  generationsHere(keyFile).length > 0
    ? {
        well: true,
        what: `The key file is ${keyFile}. Keep a copy of it apart from the data: without it names are lost.`,
      }
    : { well: true, what: `The key file ${keyFile} does not exist yet; the first start makes it.` };

const overdueFindings = (overdue: number): Finding[] =>
  overdue === 0
    ? []
    : [
        {
          well: false,
          what: `Requests about personal data that are overdue: ${overdue}.`,
          remedy:
            'Run comadre rights, and answer them: the law gives 20 working days, and 15 more to carry it out.',
        },
      ];

const databaseFindings = async (config: Config): Promise<Finding[]> => {
  if (config.databaseUrl === undefined && !existsSync(path.join(config.dataDir, 'pgdata'))) {
    return [{ well: true, what: `There is no database in ${config.dataDir} yet; the first start makes it.` }];
  }
  try {
    const { database, applied } = await openStore(config, createLog('silent'));
    try {
      const books = await verifyBooks(database);
      const overdue = await overdueRequests(database.pool, Temporal.Now.plainDateISO('UTC').toString());
      return [
        ...overdueFindings(overdue),
        ...(hasPinPlace(config) || !(await asksForPins(database.pool))
          ? []
          : [{ well: false, what: 'PINs cannot be typed.', remedy: `Here ${NO_PIN_PLACE}.` }]),
        {
          well: true,
          what:
            database.kind === 'postgres'
              ? 'The database is PostgreSQL.'
              : `The database is embedded, in ${config.dataDir}: one process on one computer. For more, set DATABASE_URL.`,
        },
        {
          well: true,
          what: applied.length > 0 ? `Migrations applied: ${applied.length}.` : 'Migrations are up to date.',
        },
        codesFinding(await codeWatch(database.pool)),
        books.faults.length === 0
          ? { well: true, what: `The books are right: ${books.groups} groups, ${books.entries} entries.` }
          : {
              well: false,
              what: 'A book is not right.',
              remedy: 'Run comadre verify-books: it names the entry.',
            },
      ];
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof DatabaseInUse) {
      return [
        {
          well: true,
          what: 'The embedded database is in use by a running Comadre; its books were not looked at.',
        },
      ];
    }
    return [{ well: false, what: error instanceof Error ? error.message : 'The database cannot be opened.' }];
  }
};
