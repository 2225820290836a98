import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/**
 * A second opinion on every call: a machine-readable description of the Bot API, if this machine has one. Without it the
 * built-in table alone is used. It is another party's data, so it is read where it lies and never kept here.
 */

const field = z.object({
  name: z.string(),
  types: z.array(z.string()),
  required: z.boolean().optional(),
  description: z.string(),
});
const specification = z.object({
  methods: z.record(z.string(), z.object({ fields: z.array(field).optional() })),
  types: z.record(
    z.string(),
    z.object({ fields: z.array(field).optional(), subtypes: z.array(z.string()).optional() }),
  ),
});
type Field = z.infer<typeof field>;
export type Specification = z.infer<typeof specification>;

const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  Integer: (value) => Number.isInteger(value),
  Float: (value) => typeof value === 'number',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  True: (value) => value === true,
  InputFile: (value) => typeof value === 'string' && value.startsWith('attach://'),
};

/** The description named by COMADRE_BOT_API_SPEC, or the one beside the repository; undefined if there is none. */
export function findSpecification(): Specification | undefined {
  const beside = fileURLToPath(new URL('../../../../shared/spec/telegram-bot-api.json', import.meta.url));
  const path = process.env['COMADRE_BOT_API_SPEC'] ?? beside;
  if (!existsSync(path)) return undefined;
  return specification.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** What the description has against a call; empty if nothing. */
export function faultsOf(
  of: Specification,
  method: string,
  params: Readonly<Record<string, unknown>>,
): string[] {
  const known = of.methods[method];
  if (known === undefined) return [`${method} is no method of the Bot API`];
  return faultsInFields(of, known.fields ?? [], { value: params, path: method });
}

type Place = { readonly value: unknown; readonly path: string };

function faultsInFields(of: Specification, fields: readonly Field[], { value, path }: Place): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is no object`];
  const given = new Map<string, unknown>(Object.entries(value));
  const missing = fields
    .filter(({ name, required }) => required === true && given.get(name) === undefined)
    .map(({ name }) => `${path}.${name} is missing`);
  const faults = [...given].flatMap(([name, inner]) => {
    const known = fields.find((each) => each.name === name);
    if (known === undefined) return [`${path}.${name} is unknown`];
    const place = { value: inner, path: `${path}.${name}` };
    return [...faultsInTypes(of, known.types, place), ...faultsInLength(known, place)];
  });
  return [...missing, ...faults];
}

/** No fault if one type fits; else the faults of the type that comes nearest. */
function faultsInTypes(of: Specification, types: readonly string[], place: Place): string[] {
  const tries = types.map((type) => faultsInType(of, type, place));
  return tries.reduce((best, next) => (next.length < best.length ? next : best));
}

function faultsInType(of: Specification, type: string, place: Place): string[] {
  const { value, path } = place;
  const inner = /^Array of (.+)$/u.exec(type)?.[1];
  if (inner !== undefined) {
    if (!Array.isArray(value)) return [`${path} is no array`];
    const types = inner.split(/, | and | or /u);
    return value.flatMap((each: unknown, at) =>
      faultsInTypes(of, types, { value: each, path: `${path}[${at}]` }),
    );
  }
  const scalar = SCALARS[type];
  if (scalar !== undefined) return scalar(value) ? [] : [`${path} is no ${type}`];
  const known = of.types[type];
  if (known === undefined) return [`${path} has the undescribed type ${type}`];
  if (known.subtypes !== undefined) return faultsInTypes(of, known.subtypes, place);
  return faultsInFields(of, known.fields ?? [], place);
}

/** Limits stand only in the prose: "1-4096 characters", "1-64 bytes". */
function faultsInLength({ description }: Field, { value, path }: Place): string[] {
  const limit = /(?<min>[01])-(?<max>\d+) (?<unit>characters|bytes)/u.exec(description)?.groups;
  if (limit === undefined || typeof value !== 'string') return [];
  const length = limit['unit'] === 'bytes' ? Buffer.byteLength(value) : value.length;
  const fits = length >= Number(limit['min']) && length <= Number(limit['max']);
  return fits ? [] : [`${path} has ${length} ${limit['unit']}`];
}
