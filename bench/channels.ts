// The channels with everything real but the platforms: the built program in processes of its own, PostgreSQL, emulators
// on this machine. Bad news: any count that is not as it has to be, on any machine; and webhooks that are acknowledged late.

import type { Locales } from '../src/app/load-locales.ts';
import { chromiumPath } from '../tests/support/chromium.ts';
import type { Emulator } from './channels/emulator.ts';
import { askWhileFailing, shareRows } from './channels/faults.ts';
import { forge } from './channels/forged.ts';
import { LEADERS, listAtOnce } from './channels/leaders.ts';
import { NAMES } from './channels/people.ts';
import { startSimulator } from './channels/simulator.ts';
import { acknowledge, PRESSING } from './channels/speed.ts';
import { onStage, type ProgramStage } from './channels/stage.ts';
import { startTelegram } from './channels/telegram.ts';
import { sayTwice } from './channels/twice.ts';
import { startWhatsAppCloud } from './channels/whatsapp-cloud.ts';
import { onWhatsAppWeb } from './channels/whatsapp-web.ts';
import type { Server } from './server.ts';
import { informed, type Row } from './table.ts';

/** Ten groups are sixty people, enough for all but the twenty leaders, the crowd of the faults and those who press. */
const GROUPS = 10;
const TWICE = 100;

export type ChannelsPlan = {
  readonly server: Server;
  readonly locales: Locales;
  readonly quick: boolean;
};

/** One measurement by its name, so that one that fails leaves the others. */
export type Measurement = { readonly name: string; readonly run: () => Promise<Row[]> };

export const channelMeasurements = ({ server, locales, quick }: ChannelsPlan): Measurement[] => {
  const answers = quick ? 60 : 400;
  const seconds = quick ? 5 : 20;
  const forgeries = quick ? 1_000 : 100_000;
  const polling = () => startTelegram('polling');
  const webhook = () => startTelegram('webhook');
  const run =
    <Platform extends Emulator>(
      start: () => Promise<Platform>,
      { groups = GROUPS, processes = 1 },
      work: (stage: ProgramStage<Platform>) => Promise<Row[]>,
    ) =>
    () =>
      onStage({ server, start, groups, processes }, work);
  const posting = [webhook, startWhatsAppCloud];
  const both = [1, 2].flatMap((processes) => posting.map((start) => ({ start, processes })));
  const crowd = Math.max(GROUPS, Math.ceil(answers / 24));
  return [
    ...[polling, webhook, startWhatsAppCloud, startSimulator].map((start) => ({
      name: 'updates delivered twice',
      run: run<Emulator>(start, {}, (stage) => sayTwice(stage, TWICE)),
    })),
    { name: 'updates delivered twice, whatsapp-web', run: () => twiceOnWhatsAppWeb(server, locales) },
    ...both.map(({ start, processes }) => ({
      name: 'leaders at once',
      run: run(start, { groups: LEADERS, processes }, async (stage) => [
        ...(await listAtOnce(stage)),
        ...shareRows(stage),
      ]),
    })),
    ...both.map(({ start, processes }) => ({
      name: 'a platform that fails',
      run: run(start, { groups: crowd, processes }, (stage) => askWhileFailing(stage, answers)),
    })),
    ...posting.map((start) => ({
      name: 'webhooks acknowledged',
      run: run(start, { groups: PRESSING / NAMES.length }, (stage) => acknowledge(stage, seconds)),
    })),
    ...posting.map((start) => ({
      name: 'webhooks forged',
      run: run(start, {}, (stage) => forge(stage, forgeries)),
    })),
  ];
};

const twiceOnWhatsAppWeb = async (server: Server, locales: Locales): Promise<Row[]> => {
  if (chromiumPath() === undefined) {
    return [informed('whatsapp-web', 'left out: there is no Chromium; PUPPETEER_EXECUTABLE_PATH names one')];
  }
  return onWhatsAppWeb({ server, locales, groups: GROUPS }, (stage) => sayTwice(stage, TWICE));
};
