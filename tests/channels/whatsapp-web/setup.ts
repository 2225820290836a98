import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Receive, Report } from '../../../src/channels/channel.ts';
import { PATIENCE, type Patience } from '../../../src/channels/whatsapp-web/one-run.ts';
import {
  type WhatsAppWebChannel,
  type WhatsAppWebSettings,
  whatsAppWebChannel,
} from '../../../src/channels/whatsapp-web/whatsapp-web.ts';
import { chromiumPath } from '../../support/chromium.ts';
import {
  type StubPerson,
  startWhatsAppStub,
  type WhatsAppStub,
} from '../../support/whatsapp-web-stub/server.ts';
import { until } from '../contract/rig.ts';

/** As people wait in a test. */
export const SHORT: Patience = { ...PATIENCE, beatMs: 200, retryMsFirst: 50, retryMsMax: 400 };
const START_MS = 30_000;

export type Bench = {
  readonly stub: WhatsAppStub;
  readonly folder: string;
  readonly logged: string[];
  /** A channel on this bench's telephone, not yet started. */
  channel(settings?: Partial<WhatsAppWebSettings>): WhatsAppWebChannel;
  /** Starts it and links the telephone, if it is not. */
  link(channel: WhatsAppWebChannel, receive: Receive, report?: Report): Promise<void>;
  finish(): Promise<void>;
};

export async function startBench(): Promise<Bench> {
  const stub = await startWhatsAppStub();
  const folder = mkdtempSync(path.join(tmpdir(), 'comadre-whatsapp-'));
  const logged: string[] = [];
  const started: WhatsAppWebChannel[] = [];
  const log = (fields: object, words: string) => void logged.push(JSON.stringify({ ...fields, words }));

  return {
    stub,
    folder,
    logged,
    channel(settings = {}) {
      const executablePath = chromiumPath();
      const channel = whatsAppWebChannel({
        folder,
        executablePath,
        dailyMax: 10_000,
        log: { warn: log, info: log },
        browserArgs: stub.browserArgs,
        acceptInsecureCerts: true,
        patience: SHORT,
        unevenMsMax: 0,
        ...settings,
      });
      started.push(channel);
      return channel;
    },
    async link(channel, receive, report = async () => undefined) {
      await channel.start(receive, report);
      await until('a QR or a link', () => ['qr', 'ready'].includes(channel.state().state), START_MS);
      if (channel.state().state === 'qr') stub.scan();
      await until('a link', () => channel.state().state === 'ready', START_MS);
    },
    async finish() {
      for (const channel of started) await channel.stop();
      await stub.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

let people = 0;

/** Somebody new, with an invented number: her address at the channel, and who she is on WhatsApp. */
export function newPerson(
  kind: 'plain' | 'lid' | 'old-number' = 'plain',
): StubPerson & { readonly address: string } {
  people += 1;
  const ten = `5550${String(100_000 + people)}`;
  const address = `52${ten}`;
  const phone = `${address}@c.us`;
  switch (kind) {
    case 'plain':
      return { address, phone, writesAs: phone };
    case 'lid':
      return { address, phone, lid: `700${people}@lid`, writesAs: `700${people}@lid` };
    case 'old-number':
      return { address, phone: `521${ten}@c.us`, writesAs: `521${ten}@c.us`, also: [phone] };
  }
}

/** The running browsers and workers with this in their command line; the parts of a browser end with it. */
export const pidsOf = (words: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => {
      const command = commandOf(pid);
      return command.includes(words) && !command.includes('--type=');
    });

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
};
