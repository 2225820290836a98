/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- the browser runs this file as it is: it has no types */
/** The choice of whose phone it is, by group. */

/** @param {HTMLSelectElement} picker */
export function fillPicker(picker, { people, person, words }) {
  const groups = [...new Set(people.map(({ group }) => group))];
  const isKnown = people.some(({ address }) => address === person.address);
  const option = ({ name, role, address }) => new Option(`${name} · ${words.get(`role-${role}`)}`, address);
  const section = (label, options) => {
    const element = document.createElement('optgroup');
    element.label = label;
    element.append(...options);
    return element;
  };
  const named = groups.filter((group) => group !== '');
  picker.replaceChildren(
    ...named.map((group) => section(group, people.filter((one) => one.group === group).map(option))),
    section(words.get('nobody-group'), [
      ...people.filter(({ group }) => group === '').map(option),
      ...(isKnown ? [] : [new Option(person.name, person.address)]),
      new Option(words.get('nobody-new'), ''),
    ]),
  );
  picker.value = person.address;
}
