import { FILE_BYTES_MAX } from './channel.ts';

const DOWNLOAD_TIMEOUT_MS = 60_000;

/**
 * The bytes at an address of a platform, or why there are none. Counts while it reads: a server may send more than it
 * said. Never throws, since an address may hold a token; for the same reason it follows nobody elsewhere.
 */
export async function download(
  address: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Uint8Array | 'gone' | 'too-large' | 'unavailable'> {
  try {
    const limit = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS);
    const answer = await fetch(address, { headers, redirect: 'error', signal: limit });
    if (!answer.ok || answer.body === null) {
      await answer.body?.cancel();
      return answer.status === 404 ? 'gone' : 'unavailable';
    }
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of answer.body) {
      if (!(chunk instanceof Uint8Array)) return 'unavailable';
      bytes += chunk.byteLength;
      // Leaving the loop ends the download.
      if (bytes > FILE_BYTES_MAX) return 'too-large';
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch {
    return 'unavailable';
  }
}
