import { afterAll, beforeAll } from 'vitest';
import { needsChromium } from '../../support/requires.ts';
import { contract } from '../contract/contract.ts';
import { contractBench } from './rig.ts';

needsChromium('WhatsApp by whatsapp-web.js, in a real browser', () => {
  let bench: Awaited<ReturnType<typeof contractBench>>;
  beforeAll(async () => {
    bench = await contractBench();
  });
  afterAll(() => bench.finish());

  contract(
    {
      name: 'whatsapp-web',
      textCharsMax: 4_096,
      captionCharsMax: 1_024,
      buttonsMax: 0,
      numbersOnButtons: false,
      edits: 'unread',
      groups: 'group-chat',
      blocked: { when: 'never' },
      tellsBlock: false,
      tooMany: 'none',
      faults: true,
      notKept: 'again',
      contacts: 'tells-own',
      locations: true,
      forwards: true,
      replies: true,
      filesIn: ['voice', 'image', 'video', 'document'],
      filesOut: ['voice', 'image', 'video', 'document'],
      fileIds: 'none',
      statuses: ['delivered', 'read'],
      erases: true,
      editsOurs: false,
      windowHours: undefined,
    },
    (app) => bench.start(app),
  );
});
