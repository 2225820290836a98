/** Somebody as operators name her. */
export type Named = { readonly name: string; readonly group: string };

/** A first name, a full name, or a name with its group: "Ana", "Ana Martínez", "Ana, Las Jacarandas". */
export const findPerson = <P extends Named>(people: readonly P[], asked: string): P[] => {
  const wanted = plain(asked);
  const fits = (p: P) =>
    [p.name, `${p.name}, ${p.group}`, `${first(p.name)}, ${p.group}`].map(plain).includes(wanted);
  const exact = people.filter(fits);
  return exact.length > 0 ? exact : people.filter((p) => plain(first(p.name)) === wanted);
};

/** What is said when a name is several people's. */
export const severalCalled = (people: readonly Named[]): string =>
  `More than one person is called that. Say which:\n${people.map((p) => `  --as "${p.name}, ${p.group}"`).join('\n')}`;

/** A name as it is compared: without accents, capitals and spaces around it. */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

const first = (name: string): string => name.split(' ')[0] ?? name;
