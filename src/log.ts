// The program's log: one JSON object a line. Only fields of a closed list pass, and only values that look like an id,
// a count or a code: names, numbers of people, tokens and words of messages never reach it, whatever is passed in.

import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';

const TEXT_CHARS_MAX = 200;
const FRAMES_MAX = 12;
/** Stands for a value that is not what its field holds. */
const UNFIT = 'unfit';

/** Ids of ours. Any other long run of digits may be somebody's telephone. */
const OUR_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
/** An outcome, a channel, a version: small letters without spaces, so neither a name nor a sentence. */
const CODE = /^[a-z0-9][a-z0-9._:/-]{0,59}$/;
const LONG_DIGITS = /\d{5,}/;
/** A system's error code or PostgreSQL's SQLSTATE: ECONNREFUSED, 23505. */
const ERROR_CODE = /^[A-Za-z0-9_-]{2,40}$/;
const ERROR_NAME = /^[A-Z][A-Za-z]{0,59}$/;
/** "at fileOf (/app/src/log.ts:12:3)", and no line of a message that only begins with "at". */
const FRAME =
  /^\s*at (?:async )?(?:[\w.$<>[\] #]{1,120} \()?(?:file:\/\/|node:|\/|[A-Za-z]:\\)[^\s"'“«]{1,300}:\d+:\d+\)?$/u;
const TOKEN = /\d+:[\w-]{10,}/gu;

type Kind = 'id' | 'code' | 'errorCode' | 'words' | 'number' | 'error';

/**
 * Everything that may be logged, and what its value must look like. `words`: what a platform or a file said, already
 * without names, quotes and numbers.
 */
const KINDS = {
  channel: 'code',
  job: 'code',
  kind: 'code',
  outcome: 'code',
  mode: 'code',
  version: 'code',
  code: 'errorCode',
  reason: 'words',
  migration: 'words',
  group: 'id',
  member: 'id',
  address: 'id',
  outbox: 'id',
  broadcast: 'id',
  entry: 'id',
  payment: 'id',
  count: 'number',
  failed: 'number',
  attempts: 'number',
  backlog: 'number',
  port: 'number',
  status: 'number',
  durationMs: 'number',
  seconds: 'number',
  error: 'error',
} as const satisfies Record<string, Kind>;

type ValueOf<K extends Kind> = K extends 'number' ? number : K extends 'error' ? unknown : string;

/** The fields a line may have, and no others. */
export type LogFields = { readonly [Field in keyof typeof KINDS]?: ValueOf<(typeof KINDS)[Field]> };

/** Besides ours, what the web server adds by itself. */
const KIND_OF: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...Object.entries(KINDS),
  ['err', 'error'],
  ['reqId', 'code'],
]);

/** `message` is a constant of the code: what happened is said by the fields. */
type Write = (fields: LogFields, message: string) => void;

export type Log = {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  /** The same log and the same net, as the web server wants it. */
  readonly forFastify: Logger;
};

/** @param stream where lines go; standard output when left out */
export function createLog(level: LogLevel, stream?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    messageKey: 'event',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: permitted, bindings: permitted },
    serializers: { err: (value: unknown) => value, error: (value: unknown) => value },
    hooks: { logMethod: withoutMessagesOfErrors },
  };
  const logger = stream === undefined ? pino(options) : pino(options, stream);
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    forFastify: logger,
  };
}

/** What passes of some fields. A field that is not on the list is dropped; a value that is unfit says so. */
function permitted(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  // An error that comes as its parts, as the web server's own answers to errors pass it.
  if (isErrorLike(fields)) kept['error'] = errorFacts(fields);
  for (const [key, value] of Object.entries(fields)) {
    const kind = KIND_OF.get(key);
    if (kind === undefined || value === undefined || value === null) continue;
    if (kind === 'error') kept['error'] = errorFacts(value);
    else kept[key] = fit(kind, value);
  }
  return kept;
}

function fit(kind: Exclude<Kind, 'error'>, value: unknown): unknown {
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : UNFIT;
  if (typeof value !== 'string') return UNFIT;
  switch (kind) {
    case 'id':
      return OUR_ID.test(value) ? value : UNFIT;
    case 'code':
      return CODE.test(value) && !LONG_DIGITS.test(value) ? value : UNFIT;
    case 'errorCode':
      return errorCodeOf(value);
    case 'words':
      return cleaned(value);
  }
}

const errorCodeOf = (value: string): string =>
  ERROR_CODE.test(value) && !/\d{6,}/.test(value) ? value : UNFIT;

function cleaned(words: string): string {
  return words
    .replace(TOKEN, '…')
    .replace(/"[^"]*"|'[^']*'|“[^”]*”|«[^»]*»/gu, '"…"')
    .replace(/\d{5,}/gu, '#')
    .slice(0, TEXT_CHARS_MAX);
}

type ErrorFacts = { name: string; code?: string; frames: string[] };

/** Of an error only its kind, its code and where in the code it was thrown: its message may repeat what a person wrote. */
function errorFacts(error: unknown): ErrorFacts {
  if (typeof error !== 'object' || error === null) return { name: 'not an error', frames: [] };
  const name = 'name' in error && typeof error.name === 'string' && ERROR_NAME.test(error.name);
  const code = 'code' in error && typeof error.code === 'string' ? { code: errorCodeOf(error.code) } : {};
  return { name: name ? String(error.name) : UNFIT, ...code, frames: framesOf(error) };
}

/** @param error its stack as V8 writes it, which begins with the message, or as lines */
function framesOf(error: object): string[] {
  const stack: unknown = 'stack' in error ? error.stack : undefined;
  const lines: unknown[] =
    typeof stack === 'string' ? afterMessage(error, stack).split('\n') : Array.isArray(stack) ? stack : [];
  return lines
    .filter((line): line is string => typeof line === 'string' && FRAME.test(line))
    .slice(0, FRAMES_MAX)
    .map((line) => line.trim());
}

function afterMessage(error: object, stack: string): string {
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  const at = stack.indexOf(message);
  return at < 0 ? stack : stack.slice(at + message.length);
}

function isErrorLike(fields: Record<string, unknown>): boolean {
  return 'stack' in fields;
}

/**
 * Libraries log an error's message as the line's text, or nothing but the error. Such a text is replaced by one of
 * ours.
 */
function withoutMessagesOfErrors(this: Logger, args: Parameters<pino.LogFn>, method: pino.LogFn): void {
  const [fields, text] = args;
  if (typeof fields === 'string') return method.apply(this, [{}, cleaned(fields)]);
  const error = errorIn(fields);
  const message = typeof text === 'string' ? cleaned(text) : '';
  const repeats = error !== undefined && (message === '' || message === cleaned(error.message));
  method.apply(this, [
    fields instanceof Error ? { err: fields } : fields,
    repeats ? 'something failed' : message,
  ]);
}

function errorIn(fields: unknown): Error | undefined {
  if (fields instanceof Error) return fields;
  if (typeof fields !== 'object' || fields === null) return undefined;
  return Object.values(fields).find((value) => value instanceof Error);
}
