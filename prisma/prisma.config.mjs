import { defineConfig } from 'prisma/config';

// No database address: generate, validate and format ask no database, and the program applies its own migrations.
export default defineConfig({ schema: 'schema.prisma', migrations: { path: 'migrations' } });
