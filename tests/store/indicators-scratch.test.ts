import { randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { test } from 'vitest';
import { seedDemo } from '../../src/app/demo.ts';
import { loadLocales } from '../../src/app/load-locales.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import { createLog } from '../../src/log.ts';
import { createSecrets } from '../../src/store/secrets.ts';
import { readIndicators } from '../../src/store/indicators.ts';
import { partsOf } from '../../src/domain/indicators/parts.ts';
import { programmeFigures } from '../../src/domain/indicators/figures.ts';
import { testDatabase } from '../support/database.ts';

test('x', async () => {
  const database = await testDatabase();
  const secrets = createSecrets({ bytes: randomBytes(32), created: true, warnings: [] });
  const store = { pool: database.pool, secrets, log: createLog('error'), metrics: createMetrics() };
  const now = Temporal.Instant.from('2026-11-22T18:00:00Z');
  await seedDemo({ database, store, locales: loadLocales(new URL('../../locales/', import.meta.url)), folder: new URL('../../demo/', import.meta.url) }, now);
  const t = performance.now();
  const found = await readIndicators(database.pool, { now });
  console.log(performance.now() - t);
  console.dir(found, { depth: 6 });
  const p = programmeFigures(found.map((f) => partsOf(f.facts)));
  console.table(p.all); for (const g of p.groups) console.table(g);
  await database.close();
});
