import { randomBytes } from 'node:crypto';

/** Twice the least that a draw asks for (128 bits). */
const SECRET_BYTES = 32;

/** A secret of a draw, from the operating system's randomness: 64 digits of lower-case hex. */
export const randomSecret = (): string => randomBytes(SECRET_BYTES).toString('hex');
