import type { SendFailure } from '../channel.ts';
import { codeIn, failureOf, secondsOf } from './failures.ts';

const CALL_TIMEOUT_MS = 15_000;
const UPLOAD_TIMEOUT_MS = 30_000;

export type GraphSettings = {
  readonly token: string;
  /** Our business number, by Meta's id of it. */
  readonly phoneNumberId: string;
  readonly apiRoot: string;
  /** Such as "v26.0". */
  readonly version: string;
};

export type Answer =
  | { readonly ok: true; readonly body: unknown }
  | {
      readonly ok: false;
      readonly failure: SendFailure;
      readonly status?: number;
      readonly code?: number | undefined;
    };

/** The calls of the Cloud API. None throws, and no answer holds the token. */
export type Graph = {
  get(path: string): Promise<Answer>;
  /** JSON, or a form with a file. `path` is below our number. */
  post(path: string, body: Readonly<Record<string, unknown>> | FormData): Promise<Answer>;
};

/** Meta's Graph API over plain HTTP. Nobody is followed elsewhere: a redirect would carry the token along. */
export function graphOf({ token, phoneNumberId, apiRoot, version }: GraphSettings): Graph {
  const headers = { authorization: `Bearer ${token}` };
  const base = `${apiRoot.replace(/\/+$/u, '')}/${version}`;
  return {
    get: (path) => call(`${base}/${path}`, { headers, signal: AbortSignal.timeout(CALL_TIMEOUT_MS) }),
    post: (path, body) => {
      const isForm = body instanceof FormData;
      return call(`${base}/${phoneNumberId}/${path}`, {
        method: 'POST',
        headers: isForm ? headers : { ...headers, 'content-type': 'application/json' },
        body: isForm ? body : JSON.stringify(body),
        signal: AbortSignal.timeout(isForm ? UPLOAD_TIMEOUT_MS : CALL_TIMEOUT_MS),
      });
    },
  };
}

/** Without an answer, or with one that is not Meta's, nobody knows whether it was done. */
async function call(url: string, request: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...request, redirect: 'error' });
    const body = jsonOf(await response.text());
    if (response.ok) {
      return body === undefined ? { ok: false, failure: { type: 'unavailable' } } : { ok: true, body };
    }
    const retryAfterSeconds = secondsOf(response.headers.get('retry-after'));
    const { status } = response;
    return { ok: false, status, code: codeIn(body), failure: failureOf({ status, retryAfterSeconds }, body) };
  } catch {
    return { ok: false, failure: { type: 'unavailable' } };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
