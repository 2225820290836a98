/**
 * SQLSTATE classes that mean the database is not there or not able, rather than that we asked for something wrong:
 * 08 connection, 53 resources, 57 operator intervention, 58 system, XX internal.
 */
const TROUBLE_CLASSES = new Set(['08', '53', '57', '58', 'XX']);

/** The database took longer than a statement may: for one message, or because it is slow for all. */
const STATEMENT_TIMEOUT = '57014';

/** What Node says of a file that is not there or not ours. Of a socket it is the database's. */
const OF_FILES = new Set(['ENOENT', 'EACCES', 'EPERM']);

/** Node's and pg's own words for a connection that is not there. */
const TROUBLE = /^(E[A-Z]+)$|terminat|timeout|Connection|connect/i;

/** Whether an error means "try again when the database is back" rather than "we made a mistake". */
export const isDatabaseTrouble = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (code !== undefined && OF_FILES.has(code) && !('syscall' in error && error.syscall === 'connect'))
    return false;
  if (code !== undefined)
    return /^[0-9A-Z]{5}$/.test(code) ? TROUBLE_CLASSES.has(code.slice(0, 2)) : TROUBLE.test(code);
  // pg reports a broken or ended connection as an Error without a code.
  return error.constructor === Error && TROUBLE.test(error.message);
};

/** Whether the database gave a statement up for taking too long. */
export const isTooSlow = (error: unknown): boolean => codeOf(error) === STATEMENT_TIMEOUT;

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
