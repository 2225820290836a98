// One process that answers balance questions and then says how much memory it holds. Compiled beforehand and run by
// node alone: a compiler in the same process would be counted too.

import { loadLocales } from '../src/app/load-locales.ts';
import { openDatabase } from '../src/store/database.ts';
import { createSecrets } from '../src/store/secrets.ts';
import { askBalances } from './questions.ts';

/** What it is told, as JSON in its only argument. */
export type ResidentOrder = {
  readonly root: string;
  readonly keyHex: string;
  readonly url: string | undefined;
  readonly folder: string;
  readonly addresses: readonly string[];
  readonly warmUpMs: number;
  readonly measureMs: number;
};

/** What it prints, as JSON. */
export type ResidentReport = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly residentMb: number;
};

const order = JSON.parse(process.argv[2] ?? '') as ResidentOrder;
const database = await openDatabase({ url: order.url, folder: order.folder });
const secrets = createSecrets({ bytes: Buffer.from(order.keyHex, 'hex'), created: false, warnings: [] });
const { perSecond, p50Ms, p99Ms } = await askBalances(
  { database, secrets },
  { ...order, locales: loadLocales(new URL('locales/', order.root)) },
);
const residentMb = process.memoryUsage().rss / 1e6;
await database.close();
const report: ResidentReport = { perSecond, p50Ms, p99Ms, residentMb };
console.log(JSON.stringify(report));
