import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Prisma } from '../../src/generated/prisma/client.ts';
import type { Database } from '../../src/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { schemaShapes, schemaText } from '../support/prisma-schema.ts';
import { type TableShape, tableShapes } from '../support/table-shapes.ts';

const GENERATED = path.resolve(import.meta.dirname, '../../src/generated/prisma/internal/class.ts');

let database: Database;
let migrated: Record<string, TableShape>;

beforeAll(async () => {
  database = await testDatabase();
  migrated = await tableShapes(database.pool);
});

afterAll(async () => {
  await database.close();
});

function part(name: keyof TableShape, shapes: Record<string, TableShape>): Record<string, object> {
  return Object.fromEntries(Object.entries(shapes).map(([table, shape]) => [table, shape[name]]));
}

test('every column has a field of its type, and every field a column', () => {
  expect(part('columns', schemaShapes())).toEqual(part('columns', migrated));
});

test('keys and indexes have the same names, columns and conditions in schema and migrations', () => {
  expect(part('indexes', schemaShapes())).toEqual(part('indexes', migrated));
});

test('foreign keys are the same in schema and migrations', () => {
  expect(part('references', schemaShapes())).toEqual(part('references', migrated));
});

test('the generated code is of this schema', () => {
  const generated = /"inlineSchema": (".*"),\n/.exec(fs.readFileSync(GENERATED, 'utf8'))?.[1] ?? '""';
  expect(String(JSON.parse(generated)).replaceAll('\r\n', '\n')).toBe(schemaText());
});

test.each(Object.keys(Prisma.ModelName))('the database answers for %s', async (model) => {
  const prisma = await database.prisma();
  const delegates = prisma as unknown as Record<string, { findFirst: () => Promise<unknown> }>;
  const name = model.charAt(0).toLowerCase() + model.slice(1);
  expect(await delegates[name]!.findFirst()).toBeNull();
});
