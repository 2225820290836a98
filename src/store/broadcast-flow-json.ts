import { z } from 'zod';
import { audienceJson } from './audience-json.ts';
import { broadcastContent } from './broadcast-words.ts';
import { id, language } from './json-fields.ts';

/** The questions of a session about a message of staff to many. */
export const broadcastFlows = [
  z.object({ type: z.literal('broadcast-words') }),
  z.object({ type: z.literal('broadcast-passed'), content: broadcastContent }),
  z.object({ type: z.literal('broadcast-who'), content: broadcastContent }),
  z.object({
    type: z.literal('broadcast-check'),
    content: broadcastContent,
    audience: audienceJson,
    at: z.string().exactOptional(),
  }),
  z.object({
    type: z.literal('broadcast-other'),
    content: broadcastContent,
    audience: audienceJson,
    language,
  }),
  z.object({ type: z.literal('broadcast-second'), id }),
] as const;
