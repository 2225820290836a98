// A file with a group's new rules, read and checked: every fault at once, each with its place and what to write instead.

import type { Constitution } from '../store/constitution.ts';
import { newConstitutionSchema } from '../store/rules-checks.ts';
import { type FileFault, faultAt, readText } from './import-file.ts';
import { faultOf, inside, isObject, parseJson, prototypeFaults } from './programme-file.ts';

export type RulesReading =
  | { readonly ok: true; readonly constitution: Constitution }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

/**
 * Reads a constitution as programme files hold it, alone in a file of its own. Unlike there, a field that is not known is
 * refused: two officers sign all that stands in it, and a misspelt rule would be none.
 *
 * @param file JSON, at most 2 MB of UTF-8
 */
export const readRulesFile = (file: Uint8Array | string): RulesReading => {
  const read = readText(file);
  if (!read.ok) return { ok: false, faults: [read.fault] };
  const json = parseJson(read.text);
  if (!json.ok) return { ok: false, faults: [json.fault] };
  const keyFaults = prototypeFaults(json.value, { place: '', depth: 0 });
  if (keyFaults.length > 0) return { ok: false, faults: keyFaults };
  const parsed = newConstitutionSchema.safeParse(json.value);
  if (!parsed.success) {
    return { ok: false, faults: parsed.error.issues.map((issue) => faultOf(issue, json.value)) };
  }
  const strange = unknownFields(json.value, known(parsed.data), '');
  return strange.length > 0 ? { ok: false, faults: strange } : { ok: true, constitution: parsed.data };
};

/** The schema keeps fields of newer programs; the ones of this program are those it names. */
const known = (constitution: Constitution): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(constitution).filter(([field]) => Object.hasOwn(newConstitutionSchema.shape, field)),
  );

const unknownFields = (raw: unknown, read: unknown, place: string): FileFault[] => {
  if (!isObject(raw) || !isObject(read)) return [];
  return Object.entries(raw).flatMap(([field, value]) => {
    const here = inside(place, field);
    return Object.hasOwn(read, field)
      ? unknownFields(value, read[field], here)
      : [
          faultAt(
            here,
            'is not a rule the program knows',
            'look for a misspelling, or leave it out: nothing would follow it',
          ),
        ];
  });
};
