// Reads prisma/schema.prisma as text (the generated code does not say what may be null) and describes each table in
// the words table-shapes.ts uses for the database, so that the two can be compared. It throws on what it does not know.

import fs from 'node:fs';
import path from 'node:path';
import type { TableShape } from './table-shapes.ts';

const SCHEMA = path.resolve(import.meta.dirname, '../../prisma/schema.prisma');

/** PostgreSQL's own names of the types the schema uses. */
const SQL_TYPES = new Map([
  ['BigInt', 'bigint'],
  ['Float', 'double precision'],
  ['Boolean', 'boolean'],
  ['Bytes', 'bytea'],
  ['DateTime @db.Date', 'date'],
  ['DateTime @db.Time(0)', 'time(0) without time zone'],
  ['DateTime @db.Timestamp(0)', 'timestamp(0) without time zone'],
  ['DateTime @db.Timestamptz(3)', 'timestamp(3) with time zone'],
  ['Int', 'integer'],
  ['Int @db.SmallInt', 'smallint'],
  ['Json', 'jsonb'],
  ['String', 'text'],
  ['String @db.Uuid', 'uuid'],
]);
const ON_DELETE = new Map([
  ['NoAction', 'no action'],
  ['Cascade', 'cascade'],
  ['SetNull', 'set null'],
]);
const FIELD_ATTRIBUTES = ['@id', '@default', '@map', '@db', '@relation'];
const BLOCK = /^model (\w+) \{\n(.*?)^\}/gms;
const FIELD = /^(?<name>\w+)\s+(?<type>\w+)(?<mark>\?|\[\])?\s*(?<attributes>.*)$/;
const INDEX =
  /^@@(?<kind>unique|index)\(\[(?<fields>[^\]]+)\], map: "(?<name>\w+)"(?:, where: raw\("(?<where>[^"]+)"\))?\)$/;
const RELATION =
  /fields: \[(?<fields>[^\]]+)\], references: \[(?<references>[^\]]+)\], onDelete: (?<onDelete>\w+), onUpdate: NoAction\)/;

type Field = { name: string; type: string; mark: string; attributes: string };
type Model = { name: string; table: string; fields: Field[]; blockAttributes: string[] };

export function schemaText(): string {
  return fs.readFileSync(SCHEMA, 'utf8').replaceAll('\r\n', '\n');
}

/** Every table of the schema, by its name in the database. */
export function schemaShapes(): Record<string, TableShape> {
  const models = schemaModels();
  return Object.fromEntries(models.map((model) => [model.table, shapeOf(model, models)]));
}

function schemaModels(): Model[] {
  return [...schemaText().matchAll(BLOCK)].map(([, name = '', body = '']) => modelOf(name, body));
}

function modelOf(name: string, body: string): Model {
  const lines = body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'));
  const blockAttributes = lines.filter((line) => line.startsWith('@@'));
  const table = blockAttributes.map((line) => /^@@map\("(\w+)"\)$/.exec(line)?.[1]).find(Boolean);
  if (table === undefined) throw new Error(`model ${name} has no @@map`);
  return {
    name,
    table,
    blockAttributes,
    fields: lines.filter((line) => !line.startsWith('@@')).map(fieldOf),
  };
}

function fieldOf(line: string): Field {
  const { name = '', type = '', mark = '', attributes = '' } = groupsOf(FIELD, line);
  const unknown = [...attributes.matchAll(/(?<=^|\s)@\w+/g)].find(
    ([word]) => !FIELD_ATTRIBUTES.includes(word),
  );
  if (unknown !== undefined) throw new Error(`${unknown[0]} is not understood: ${line}`);
  return { name, type, mark, attributes };
}

function shapeOf(model: Model, models: Model[]): TableShape {
  const isColumn = (field: Field) => !models.some(({ name }) => name === field.type);
  const references = model.fields.filter(({ attributes }) => attributes.includes('fields: ['));
  return {
    columns: Object.fromEntries(
      model.fields.filter(isColumn).map((field) => [columnOf(field), typeOf(field)]),
    ),
    indexes: Object.fromEntries([primaryKeyOf(model), ...indexesOf(model)]),
    references: Object.fromEntries(references.map((field) => referenceOf(field, model, models))),
  };
}

function columnOf({ name, attributes }: Field): string {
  return /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? name;
}

function typeOf({ name, type, mark, attributes }: Field): string {
  const native = /@db\.\w+(?:\(\d\))?/.exec(attributes)?.[0];
  const sqlType = SQL_TYPES.get(native === undefined ? type : `${type} ${native}`);
  if (sqlType === undefined) throw new Error(`the type of ${name} is not understood: ${type}`);
  const listed = mark === '[]' ? `${sqlType}[]` : sqlType;
  const words = [listed, mark === '?' ? '' : 'not null', attributes.includes('@default(') ? 'default' : ''];
  return words.filter((word) => word !== '').join(' ');
}

function primaryKeyOf(model: Model): [string, string] {
  const several = model.blockAttributes.map((line) => /^@@id\(\[([^\]]+)\]\)$/.exec(line)?.[1]).find(Boolean);
  const single = model.fields.find(({ attributes }) => attributes.startsWith('@id'))?.name;
  return [`${model.table}_pkey`, `unique (${columnsOf(several ?? single ?? '', model)})`];
}

function indexesOf(model: Model): [string, string][] {
  const lines = model.blockAttributes.filter((line) => !/^@@(map|id)\(/.test(line));
  return lines.map((line) => {
    const { kind, fields = '', name = '', where } = groupsOf(INDEX, line);
    const words = [kind === 'unique' ? 'unique ' : '', `(${columnsOf(fields, model)})`];
    return [name, `${words.join('')}${where === undefined ? '' : ` where ${where}`}`];
  });
}

/** A constraint nobody named has the same name from PostgreSQL and from Prisma. */
function referenceOf(field: Field, model: Model, models: Model[]): [string, string] {
  const { fields = '', references = '', onDelete = '' } = groupsOf(RELATION, field.attributes);
  const target = models.find(({ name }) => name === field.type);
  const action = ON_DELETE.get(onDelete);
  if (target === undefined || action === undefined) throw new Error(`not understood: ${field.attributes}`);
  const columns = columnsOf(fields, model);
  const name = `${model.table}_${columns.replaceAll(', ', '_')}_fkey`;
  return [name, `(${columns}) ${target.table}(${columnsOf(references, target)}) on delete ${action}`];
}

/** Columns of a list of fields, `a, b`. */
function columnsOf(list: string, model: Model): string {
  const columns = list.split(', ').map((name) => {
    const field = model.fields.find((candidate) => candidate.name === name);
    if (field === undefined) throw new Error(`model ${model.name} has no field ${name}`);
    return columnOf(field);
  });
  return columns.join(', ');
}

function groupsOf(pattern: RegExp, text: string): Record<string, string | undefined> {
  const groups = pattern.exec(text)?.groups;
  if (groups === undefined) throw new Error(`not understood: ${text}`);
  return groups;
}
