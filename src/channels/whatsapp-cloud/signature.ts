import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const SIGNATURE = /^sha256=(?<hex>[0-9a-f]{64})$/u;

/**
 * Whether Meta signed these very bytes: `header` is X-Hub-Signature-256, HMAC-SHA256 of the body as it came with the app
 * secret as key (Meta, webhooks, validating payloads). Of several secrets any will do, as while one is being changed for
 * another; with none nobody is let in.
 */
export function isSigned(secrets: readonly string[], header: unknown, body: Uint8Array): boolean {
  const hex = typeof header === 'string' ? SIGNATURE.exec(header)?.groups?.['hex'] : undefined;
  if (hex === undefined) return false;
  const given = Buffer.from(hex, 'hex');
  let right = false;
  for (const secret of secrets) {
    // Each is compared, so that time does not tell which one it was.
    if (secret !== '' && timingSafeEqual(createHmac('sha256', secret).update(body).digest(), given))
      right = true;
  }
  return right;
}

/** Whether a word that was given is the secret one: compared by digest, so that neither time nor length tells anything. */
export function isSecret(expected: string, given: unknown): boolean {
  if (expected === '' || typeof given !== 'string') return false;
  return timingSafeEqual(digest(expected), digest(given));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
