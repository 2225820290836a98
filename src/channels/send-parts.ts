import type { SendFailure, SendResult, ToSend } from './channel.ts';

/** Between the ids of a message's parts: no platform has it in an id. */
const BETWEEN = ',';

/** What became of one part. */
export type PartResult =
  | { readonly ok: true; readonly sentId: string; readonly fileId?: string }
  | { readonly ok: false; readonly failure: SendFailure };

/**
 * Sends the parts of one message in order, from the first that has not gone out with an earlier try. At the first that
 * does not go it ends, and says which have: the next try goes on after them.
 *
 * @param parts all of them, cut as they were cut the first time
 */
export async function sendInOrder<Part>(
  parts: readonly Part[],
  { sentParts = [] }: Pick<ToSend, 'sentParts'>,
  send: (part: Part) => Promise<PartResult>,
): Promise<SendResult> {
  const sentIds = [...sentParts];
  let fileId: string | undefined;
  for (const part of parts.slice(sentIds.length)) {
    const result = await send(part);
    if (!result.ok) return { ...result, ...(sentIds.length > 0 && { sentParts: sentIds }) };
    sentIds.push(result.sentId);
    fileId ??= result.fileId;
  }
  return { ok: true, sentId: sentIds.join(BETWEEN), ...(fileId !== undefined && { fileId }) };
}

/** The ids of the parts that one `sentId` stands for, in order. */
export const partIdsOf = (sentId: string): string[] => sentId.split(BETWEEN);
