import type { Sealed } from './json-fields.ts';
import type { Secrets } from './secrets.ts';

/** Opens what is sealed. Whose key was shredded has no name any more: a member is called by her number (invariant A5). */
export const openName = (
  secrets: Secrets,
  table: string,
  of: Sealed & { readonly id: string; readonly number?: number },
): string => {
  if (of.key !== null)
    return secrets.open(secrets.unwrap(of.key), { table, column: 'name', rowId: of.id }, of.name);
  // A space that does not break: her number belongs to what she is called by, also where only the first word is said.
  return of.number === undefined ? '—' : `Socia\u00a0${of.number}`;
};
