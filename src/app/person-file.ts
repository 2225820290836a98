import type { Temporal } from 'temporal-polyfill';
import { type PersonFacts, withoutPrivate } from '../conversation/person-facts.ts';
import type { Catalogue } from '../domain/lesson/catalogue.ts';
import { isOpenLesson } from '../domain/lesson/certificate.ts';
import { personFacts } from '../store/person-facts.ts';
import type { Papers } from './paper/papers.ts';
import type { Store } from './store.ts';

/** Whose file, and how much of it. `isWhole`: with what she learns in private and writes to staff. */
export type WantedFile = {
  readonly groupId: string;
  readonly memberId: string;
  readonly isWhole: boolean;
};

/** What is kept of her, as far as it is wanted; undefined once she is not there any more. */
export const personFile = async (
  { store, catalogue }: { readonly store: Pick<Store, 'pool' | 'secrets'>; readonly catalogue: Catalogue },
  wanted: WantedFile,
): Promise<PersonFacts | undefined> => {
  const facts = await personFacts(store, wanted);
  return facts && !wanted.isWhole ? withoutPrivate(facts, (id) => isOpenLesson(catalogue, id)) : facts;
};

/** The same as a file to read on a telephone. */
export const personPdf = (
  {
    papers,
    catalogue,
    now,
  }: { readonly papers: Papers; readonly catalogue: Catalogue; readonly now: Temporal.Instant },
  facts: PersonFacts,
  isWhole: boolean,
): Promise<Uint8Array> => papers.personPdf({ facts, catalogue, isWhole, now }, facts.member.language);
