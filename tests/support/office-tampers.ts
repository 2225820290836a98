// What may be done to offices beside the program, by whoever has every right on the database.

type OfficeTamper = readonly [
  name: string,
  statements: (of: { readonly group: string; readonly id: (name: string) => string }) => readonly string[],
  place: string,
];

export const OFFICE_TAMPERS: readonly OfficeTamper[] = [
  [
    'a member has an office that nobody gave her',
    ({ id }) => [`update member set role = 'treasurer' where id = '${id('Petra')}'`],
    'first_role',
  ],
  [
    'the leader is none any more',
    ({ id }) => [`update member set role = 'member' where id = '${id('Rosa')}'`],
    'first_role',
  ],
  [
    'who was elected has another office',
    ({ id }) => [`update member set role = 'leader' where id = '${id('Consuelo')}'`],
    'member',
  ],
  [
    'who lost her office has it again',
    ({ id }) => [`update member set role = 'treasurer' where id = '${id('Guadalupe')}'`],
    'member',
  ],
  [
    'an office and what was written of it are given to another one',
    ({ group, id }) => [
      `update office_change set member_id = '${id('Petra')}' where group_id = '${group}' and member_id = '${id('Consuelo')}'`,
      `update member set role = 'treasurer' where id = '${id('Petra')}'`,
      `update member set role = 'member' where id = '${id('Consuelo')}'`,
    ],
    'office_change',
  ],
  [
    'an office changed hands without an election, and it is written down as if it had',
    ({ id }) => [
      `insert into office_change (group_id, n, member_id, was, role, at) select group_id, 9, id, 'member', 'secretary', now() from member where id = '${id('Petra')}'`,
      `insert into row_seal select c.group_id, 'office_change', '9', row_hash(to_jsonb(c)) from office_change c where c.n = 9`,
      `update member set role = 'secretary' where id = '${id('Petra')}'`,
    ],
    'office_change',
  ],
  [
    'an election that was decided is none any more',
    ({ group }) => [`update election set state = 'refused' where group_id = '${group}'`],
    'office_change',
  ],
  [
    'who was proposed is changed',
    ({ group, id }) => [`update election set candidate_id = '${id('Petra')}' where group_id = '${group}'`],
    'election',
  ],
  [
    'an election and its changes are deleted',
    ({ group }) => [
      `delete from office_change where group_id = '${group}'`,
      `delete from election where group_id = '${group}'`,
    ],
    'election',
  ],
];
