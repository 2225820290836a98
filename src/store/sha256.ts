import { createHash } from 'node:crypto';
import type { Sha256 } from '../domain/ledger/chain.ts';

/** The hash that the domain's chain is made with, here and in the verifier. */
export const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** The name of a file by what is in it. */
export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
