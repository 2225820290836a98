/**
 * SQLSTATE classes that mean the database is not there or not able, rather than that we asked for something wrong:
 * 08 connection, 53 resources, 57 operator intervention, 58 system, XX internal.
 */
const TROUBLE_CLASSES = new Set(['08', '53', '57', '58', 'XX']);

/** Node's and pg's own words for a connection that is not there. */
const TROUBLE = /^(E[A-Z]+)$|terminat|timeout|Connection|connect/i;

/** Whether an error means "try again when the database is back" rather than "we made a mistake". */
export const isDatabaseTrouble = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined)
    return /^[0-9A-Z]{5}$/.test(code) ? TROUBLE_CLASSES.has(code.slice(0, 2)) : TROUBLE.test(code);
  // pg reports a broken or ended connection as an Error without a code.
  return error.constructor === Error && TROUBLE.test(error.message);
};
