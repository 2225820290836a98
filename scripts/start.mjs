// Starts the program: `npm start`. Installs and builds first where that is needed.

import { runBuilt } from './run-built.mjs';

await runBuilt('main.js');
