import { rm, writeFile } from 'node:fs/promises';
import type { Config } from '../config.ts';
import type { Opened } from '../start.ts';
import type { InviteNote } from '../store/import-making.ts';
import { linkedPhone } from '../store/linked-phone.ts';
import { complain } from './command.ts';
import { inviteLinks } from './invite-links.ts';
import { writeNewFile } from './new-file.ts';

/** A code, and the links that open a chat with it. */
export type LinkedInvite = InviteNote & { readonly links: readonly string[] };

/** The codes with their links, as the platforms that are set up say how people reach us. */
export const withLinks = async (
  invites: readonly InviteNote[],
  config: Config,
  pool: Opened['store']['pool'],
): Promise<readonly LinkedInvite[]> => {
  if (invites.length === 0) return [];
  const { linksOf, silent, withoutPilot } = await inviteLinks(config, await linkedPhone(pool));
  for (const name of silent)
    complain(`Note: ${name} did not say how people reach us, so the codes have no link for it.`);
  if (withoutPilot)
    complain(
      'Note: No pilot telephone was linked yet, so the codes have no link for it: npm start shows the QR.',
    );
  return invites.map((invite) => ({ ...invite, links: linksOf(invite.code) }));
};

/** The codes as people read them, a line each, with the links of each below it. */
export const codeLines = (invites: readonly LinkedInvite[]): string[] =>
  invites.flatMap(({ group, number, name, code, links }) => [
    name === undefined ? `  ${group}, the whole group: ${code}` : `  ${group}, ${number} ${name}: ${code}`,
    ...links.map((link) => `    ${link}`),
  ]);

/**
 * Makes the place for codes before there are any, for its owner only: they are shown once, so there must be one.
 *
 * @param work does what makes codes; how it ended, and the codes
 * @returns its exit code; 2 when the place cannot be made, and then nothing was done
 */
export const intoFile = async (
  file: string,
  work: () => Promise<{ readonly code: number; readonly invites: readonly LinkedInvite[] }>,
): Promise<number> => {
  const problem = await writeNewFile(file, '');
  if (problem !== undefined) {
    complain(problem);
    return 2;
  }
  const { code, invites } = await work().catch(async (error: unknown) => {
    await rm(file, { force: true });
    throw error;
  });
  if (invites.length === 0) await rm(file, { force: true });
  else await writeFile(file, `${codeLines(invites).join('\n')}\n`);
  return code;
};
