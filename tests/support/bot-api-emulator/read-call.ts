import type { IncomingMessage } from 'node:http';

export type UploadedFile = { readonly name: string; readonly bytes: Buffer };
export type Call = {
  readonly params: Record<string, unknown>;
  /** The parts that `attach://<name>` values speak of. */
  readonly files: ReadonlyMap<string, UploadedFile>;
};

/** Forms carry only text; these fields are numbers. */
const NUMBERS = new Set([
  'chat_id',
  'message_id',
  'offset',
  'limit',
  'timeout',
  'duration',
  'max_connections',
  'cache_time',
]);

/** Reads a call as the Bot API takes it: JSON, a form, multipart, or the query. */
export async function readCall(request: IncomingMessage, query: URLSearchParams): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  const boundary = /boundary="?(?<boundary>[^";]+)/u.exec(type)?.groups?.['boundary'];
  if (boundary !== undefined) return readMultipart(body, boundary);
  if (type.startsWith('application/json') && body.length > 0) {
    return { params: JSON.parse(body.toString('utf8')) as Record<string, unknown>, files: new Map() };
  }
  const form = type.startsWith('application/x-www-form-urlencoded')
    ? new URLSearchParams(body.toString('utf8'))
    : query;
  return {
    params: Object.fromEntries([...form].map(([name, value]) => [name, typed(name, value)])),
    files: new Map(),
  };
}

function readMultipart(body: Buffer, boundary: string): Call {
  const params: Record<string, unknown> = {};
  const files = new Map<string, UploadedFile>();
  const mark = Buffer.from(`--${boundary}`);
  for (let at = body.indexOf(mark); at !== -1; ) {
    const next = body.indexOf(mark, at + mark.length);
    if (next === -1) break;
    // A part is CRLF, its head, an empty line, its content, CRLF.
    const part = body.subarray(at + mark.length + 2, next - 2);
    const headEnd = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, headEnd).toString('utf8');
    const content = part.subarray(headEnd + 4);
    const name = /[; ]name="?(?<name>[^";\r\n]+)/iu.exec(head)?.groups?.['name'] ?? '';
    const filename = /filename="?(?<name>[^";\r\n]+)/iu.exec(head)?.groups?.['name'];
    if (filename === undefined) params[name] = typed(name, content.toString('utf8'));
    else files.set(name, { name: filename, bytes: Buffer.from(content) });
    at = next;
  }
  return { params, files };
}

function typed(name: string, value: string): unknown {
  if (/^[[{]/u.test(value) && name !== 'text' && name !== 'caption') return JSON.parse(value);
  if (NUMBERS.has(name) && /^-?\d+$/u.test(value)) return Number(value);
  if (value === 'true' || value === 'false') return value === 'true';
  return value;
}
