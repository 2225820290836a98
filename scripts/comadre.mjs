#!/usr/bin/env node
// The operators' commands: `comadre doctor`, `comadre --help`. Installs and builds first where that is needed.

import { runBuilt } from './run-built.mjs';

await runBuilt('cli.js');
