// Makes the program collect its garbage when it is poked, and at no other time than it would: `node --expose-gc --import` this.

process.on('SIGUSR2', () => globalThis.gc());
