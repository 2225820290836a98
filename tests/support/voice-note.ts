// Voice notes as telephones make them, with nothing but silence in them.

const CRC = Array.from({ length: 256 }, (_, index) => {
  let sum = index << 24;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 0x8000_0000 ? (sum << 1) ^ 0x04c1_1db7 : sum << 1;
  return sum >>> 0;
});

const page = (
  body: Buffer,
  { at, samples, flags }: { readonly at: number; readonly samples: bigint; readonly flags: number },
): Buffer => {
  const segments = Buffer.from([
    ...Array<number>(Math.floor(body.length / 255)).fill(255),
    body.length % 255,
  ]);
  const head = Buffer.alloc(27);
  head.write('OggS', 'latin1');
  head.writeUInt8(flags, 5);
  head.writeBigUInt64LE(samples, 6);
  head.writeUInt32LE(7, 14);
  head.writeUInt32LE(at, 18);
  head.writeUInt8(segments.length, 26);
  const whole = Buffer.concat([head, segments, body]);
  whole.writeUInt32LE(
    whole.reduce((sum, byte) => ((sum << 8) ^ (CRC[((sum >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0, 0),
    22,
  );
  return whole;
};

/** A whole voice note in Ogg/Opus of so many seconds (RFC 3533, RFC 7845), a page a second. */
export const voiceNote = (seconds: number): Buffer => {
  const head = Buffer.concat([Buffer.from('OpusHead\u0001\u0001', 'latin1'), Buffer.alloc(9)]);
  head.writeUInt16LE(312, 10);
  head.writeUInt32LE(48_000, 12);
  const tags = Buffer.concat([Buffer.from('OpusTags', 'latin1'), Buffer.alloc(8)]);
  const sound = Array.from({ length: seconds }, (_, second) =>
    page(Buffer.alloc(300, second % 251), {
      at: second + 2,
      samples: BigInt((second + 1) * 48_000 + 312),
      flags: second === seconds - 1 ? 4 : 0,
    }),
  );
  return Buffer.concat([
    page(head, { at: 0, samples: 0n, flags: 2 }),
    page(tags, { at: 1, samples: 0n, flags: 0 }),
    ...sound,
  ]);
};

/** A program of Windows or Linux: what it is called changes nothing. */
export const PROGRAM = Buffer.concat([
  Buffer.from('\u007fELF\u0002\u0001\u0001', 'latin1'),
  Buffer.alloc(4_000, 0x90),
]);
