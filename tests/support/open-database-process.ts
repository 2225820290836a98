// A second program on the same database folder, for tests: opens it, says how that went, commits what it is told to,
// and holds the folder until it is killed. Arguments: the folder.

import { openEmbedded } from '../../src/store/embedded.ts';

const [folder = ''] = process.argv.slice(2);
try {
  const { db } = await openEmbedded(folder);
  process.on('message', (sql) => {
    void db.exec(String(sql)).then(() => process.send?.('committed'));
  });
  process.send?.('opened');
} catch (error) {
  process.send?.(String(error));
  process.disconnect();
}
