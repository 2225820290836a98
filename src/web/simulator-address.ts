import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

// Letters, digits and the signs of phone numbers, ids and e-mail addresses.
const addressSchema = z.string().regex(/^[\p{L}\p{N}@._:+-]{1,64}$/u);
const paramsSchema = z.object({ address: addressSchema });

export const wrongAddress = {
  error: 'the address in the path is not one; use 1 to 64 letters, digits or any of @ . _ : + -',
} as const;

/** The address in the path, or undefined when it is none. */
export const addressOf = (request: FastifyRequest): string | undefined =>
  paramsSchema.safeParse(request.params).data?.address;

export const isAddress = (text: string): boolean => addressSchema.safeParse(text).success;
