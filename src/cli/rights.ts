import { Temporal } from 'temporal-polyfill';
import { loadLocales } from '../app/load-locales.ts';
import { createPapers } from '../app/paper/papers.ts';
import { createContent } from '../content/render.ts';
import { daysLeft } from '../domain/rights.ts';
import { ROOT } from '../start.ts';
import { openRequestsOf } from '../store/open-requests.ts';
import { complain, json, print, settings, withStore } from './command.ts';
import { endingOf, writeNewFile } from './new-file.ts';

export type NoticeOptions = { readonly out: string; readonly programme: string; readonly language: string };

/** Requests about personal data that are not closed, with the days that are left. Ends with 1 when one is overdue. */
export const rightsCommand = async ({ json: asJson }: { readonly json?: boolean }): Promise<number> =>
  withStore(async ({ store }) => {
    const today = Temporal.Now.plainDateISO('UTC');
    const open = (await openRequestsOf(store)).map((request) => ({
      number: request.number,
      programme: request.programme,
      group: request.groupName,
      member: request.memberNumber,
      right: request.right,
      state: request.state,
      due: request.due.toString(),
      daysLeft: daysLeft(request.due, today),
    }));
    if (asJson) print(json(open));
    else if (open.length === 0) print('No request about personal data is open.');
    else for (const request of open) print(lineOf(request));
    return open.some((request) => request.daysLeft < 0) ? 1 : 0;
  });

type Line = {
  readonly number: number;
  readonly programme: string;
  readonly group: string;
  readonly member: number;
  readonly right: string;
  readonly state: string;
  readonly due: string;
  readonly daysLeft: number;
};

const lineOf = ({ number, programme, group, member, right, state, due, daysLeft: left }: Line): string => {
  const when = left < 0 ? `${-left} days late` : `${left} days left`;
  return `${programme} ${number}: ${right} (${state}), member no. ${member} of ${group}, due ${due}, ${when}`;
};

/** The whole privacy notice of a programme, for its web page and its walls. */
export const noticeCommand = async ({ out, programme, language }: NoticeOptions): Promise<number> => {
  const kind = endingOf(out, ['pdf']);
  const config = settings();
  if (!config) return 2;
  if (!kind.ok || (language !== 'es' && language !== 'en')) {
    complain(kind.ok ? '--language must be es or en.' : kind.problem);
    return 2;
  }
  const papers = createPapers(createContent(loadLocales(new URL('locales/', ROOT)).texts));
  const problem = await writeNewFile(out, await papers.noticePdf({ ...config.rights, programme }, language));
  if (problem !== undefined) {
    complain(problem);
    return 2;
  }
  print(`Wrote ${out}. Have a lawyer read it before it is used.`);
  return 0;
};
