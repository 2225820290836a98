import { transcripts } from './support/transcripts.ts';

transcripts(1);
