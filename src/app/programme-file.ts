// A programme file, read and checked: every fault at once, each with its place and what to write instead.

import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Lexicons } from '../conversation/understand/lexicon.ts';
import { constitutionSchema } from '../store/constitution.ts';
import { type ProgrammeForm, programmeFileSchema } from '../store/import-schema.ts';
import { duplicateFault } from './duplicate-key.ts';
import { type FileFault, readText } from './import-file.ts';
import type { CsvMember } from './members-csv.ts';
import { programmeFaults } from './programme-faults.ts';

const DEPTH_MAX = 20;
/** Names by which JavaScript reaches what all objects share. */
const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export type ProgrammeReading =
  | { readonly ok: true; readonly programme: ProgrammeForm; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly faults: readonly FileFault[]; readonly warnings: readonly string[] };

export type ReadOptions = {
  readonly now: Temporal.Instant;
  /** Members from a CSV file that belong to groups of this one. */
  readonly members?: readonly CsvMember[];
  /** What the bot understands, so that a safe word is none of it; without them only its letters are looked at. */
  readonly lexicons?: Lexicons;
};

/** @param file JSON, at most 2 MB of UTF-8 */
export function readProgrammeFile(
  file: Uint8Array | string,
  { now, members = [], lexicons }: ReadOptions,
): ProgrammeReading {
  const read = readText(file);
  if (!read.ok) return refused([read.fault]);
  const json = parseJson(read.text);
  if (!json.ok) return refused([json.fault]);
  const keyFaults = prototypeFaults(json.value, { place: '', depth: 0 });
  if (keyFaults.length > 0) return refused(keyFaults);

  const joined = withMembers(json.value, members);
  const named = (faults: readonly FileFault[]): FileFault[] =>
    faults.map((fault) => ({ ...fault, place: joined.nameOf(fault.place) }));
  if (joined.faults.length > 0) return refused(joined.faults);
  const parsed = programmeFileSchema.safeParse(joined.value);
  if (!parsed.success) {
    return refused(named(parsed.error.issues.map((issue) => faultOf(issue, joined.value))));
  }
  const warnings = unknownFields(joined.value, parsed.data, '');
  const { faults, warnings: more } = programmeFaults(parsed.data, now, lexicons);
  const all = [...warnings, ...more];
  return faults.length > 0
    ? { ok: false, faults: named(faults), warnings: all }
    : { ok: true, programme: parsed.data, warnings: all };
}

const refused = (faults: readonly FileFault[]): ProgrammeReading => ({ ok: false, faults, warnings: [] });

type JsonReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: FileFault };

export function parseJson(text: string): JsonReading {
  try {
    const value: unknown = JSON.parse(text);
    const fault = duplicateFault(text);
    return fault ? { ok: false, fault } : { ok: true, value };
  } catch (error) {
    const at = error instanceof SyntaxError ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    const line = at === undefined ? undefined : text.slice(0, Number(at)).split('\n').length;
    const place = line === undefined ? 'the file' : `line ${line}`;
    const remedy = 'look there for a missing comma, quote or bracket';
    return { ok: false, fault: { place, problem: 'is not JSON', remedy } };
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const inside = (place: string, key: string | number): string => {
  if (typeof key === 'number') return `${place}[${key}]`;
  return place === '' ? key : `${place}.${key}`;
};

export function prototypeFaults(value: unknown, at: { place: string; depth: number }): FileFault[] {
  if (at.depth > DEPTH_MAX) {
    return [{ place: at.place, problem: 'is nested too deeply', remedy: 'write it as in the example' }];
  }
  const next = (key: string | number) => ({ place: inside(at.place, key), depth: at.depth + 1 });
  if (Array.isArray(value)) return value.flatMap((item, index) => prototypeFaults(item, next(index)));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    PROTOTYPE_KEYS.has(key)
      ? [{ place: next(key).place, problem: 'may not be the name of a field', remedy: 'leave it out' }]
      : prototypeFaults(item, next(key)),
  );
}

type Joined = {
  readonly value: unknown;
  readonly faults: readonly FileFault[];
  /** The place of a fault as its author knows it: a member from the CSV file is a line of it. */
  readonly nameOf: (place: string) => string;
};

/** The programme with the members of a CSV file added to their groups. */
function withMembers(value: unknown, members: readonly CsvMember[]): Joined {
  const groups: readonly unknown[] = isObject(value) && Array.isArray(value['groups']) ? value['groups'] : [];
  const lines = new Map<string, number>();
  const added = groups.map((group, at) => {
    if (!isObject(group)) return group;
    const known: readonly unknown[] = Array.isArray(group['members']) ? group['members'] : [];
    const hers = members.filter((member) => sameName(member.group, group['name']));
    hers.forEach((member, n) => lines.set(`groups[${at}].members[${known.length + n}]`, member.line));
    return { ...group, members: [...known, ...hers.map((member) => member.fields)] };
  });
  const names = groups.map((group) => (isObject(group) ? group['name'] : undefined));
  const faults = members
    .filter((member) => !names.some((name) => sameName(member.group, name)))
    .map((member) => ({
      place: `line ${member.line}, column group`,
      problem: 'is no group of the programme file',
      remedy: 'write the name of the group exactly as the programme file has it',
    }));
  const nameOf = (place: string): string => {
    const [start = '', member = ''] = /^(groups\[\d+\]\.members\[\d+\])/.exec(place) ?? [];
    const line = lines.get(member);
    return line === undefined ? place : `line ${line}${place.slice(start.length).replace(/^\./, ', ')}`;
  };
  return {
    value: isObject(value) && members.length > 0 ? { ...value, groups: added } : value,
    faults,
    nameOf,
  };
}

const sameName = (written: string, name: unknown): boolean =>
  typeof name === 'string' && written.normalize('NFC').trim() === name.normalize('NFC').trim();

/** One of zod's findings in our words. */
export function faultOf(issue: z.core.$ZodIssue, whole: unknown): FileFault {
  const place = issue.path.reduce<string>(
    (at, key) => inside(at, typeof key === 'number' ? key : String(key)),
    '',
  );
  const value = issue.path.reduce<unknown>((at, key) => fieldOf(at, key), whole);
  return { place: place === '' ? 'the file' : place, ...wordsFor(issue, value) };
}

const fieldOf = (value: unknown, key: PropertyKey): unknown => {
  if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return isObject(value) ? value[String(key)] : undefined;
};

function wordsFor(issue: z.core.$ZodIssue, value: unknown): Pick<FileFault, 'problem' | 'remedy'> {
  if (value === undefined) return { problem: 'is missing', remedy: 'write it as in the example' };
  switch (issue.code) {
    case 'custom': {
      const remedy: unknown = issue.params?.['remedy'];
      return typeof remedy === 'string'
        ? { problem: issue.message, remedy }
        : { problem: 'is not accepted', remedy: `it ${issue.message}` };
    }
    case 'invalid_type':
      return issue.expected === 'string' && typeof value === 'number'
        ? { problem: 'is written without quotes', remedy: `write it in quotes, such as "${value}"` }
        : { problem: `is not a ${issue.expected}`, remedy: 'write it as in the example' };
    case 'invalid_value':
      return {
        problem: 'is none of the words that may stand here',
        remedy: `write ${issue.values.join(' or ')}`,
      };
    case 'too_small':
      return { problem: 'is too small or too short', remedy: `at least ${issue.minimum}` };
    case 'too_big':
      return { problem: 'is too large or too long', remedy: `at most ${issue.maximum}` };
    case 'invalid_format':
      return { problem: 'is not accepted', remedy: `it ${issue.message}` };
    case 'invalid_union':
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
      return { problem: 'is not accepted', remedy: 'write it as in the example' };
  }
}

const CONSTITUTION_FIELDS: ReadonlySet<string> = new Set(Object.keys(constitutionSchema.shape));

/** Fields that no part of the program reads: kept out of the book, or a word misspelt. */
function unknownFields(raw: unknown, read: unknown, place: string): string[] {
  if (Array.isArray(raw) && Array.isArray(read)) {
    const items: readonly unknown[] = read;
    return raw.flatMap((item, index) => unknownFields(item, items[index], inside(place, index)));
  }
  if (!isObject(raw) || !isObject(read)) return [];
  const ofConstitution = place.endsWith('.constitution');
  return Object.entries(raw).flatMap(([key, value]) => {
    const here = inside(place, key);
    const known = ofConstitution ? CONSTITUTION_FIELDS.has(key) : key in read;
    return known
      ? unknownFields(value, read[key], here)
      : [`${here} is not a field the program knows; it is not used`];
  });
}
