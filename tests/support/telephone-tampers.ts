// What may be done to telephones beside the program, by whoever has every right on the database.

type TelephoneTamper = readonly [name: string, statements: readonly string[], place: string];

const FORGED = 'f0000000-0000-7000-8000-000000000001';

/** A new telephone as the program would write it, with its seal. */
const forged = (word: string, recovery: string): readonly string[] => [
  `insert into second_word (group_id, id, kind, state, member_id, to_staff, ${word}`,
  `insert into recovery (group_id, id, member_id, address_id, state, at, ended_at, ${recovery}`,
  `insert into row_seal select r.group_id, 'recovery', r.id::text, row_hash(to_jsonb(r)) from recovery r where r.id = '${FORGED}'`,
];

export const TELEPHONE_TAMPERS: readonly TelephoneTamper[] = [
  [
    'a new telephone that nobody of the staff said yes to',
    forged(
      `proposed_by, witness_staff_id) select m.group_id, '${FORGED}', 'new-phone', 'done', m.id, true, r.vouched_by, s.id
         from member m join recovery r on r.group_id = m.group_id, (select id from staff order by id limit 1) s where m.role = 'member' and m.state = 'active' and m.id <> r.member_id limit 1`,
      `vouched_by, witness_staff_id) select w.group_id, w.id, w.member_id, gen_random_uuid(), 'done', now(), now(), w.proposed_by, w.witness_staff_id from second_word w where w.id = '${FORGED}'`,
    ),
    'recovery',
  ],
  [
    'a new telephone that one asked for, and another never said',
    [
      `update second_word set state = 'proposed', witness_staff_id = null where id = (select id from recovery limit 1)`,
    ],
    'recovery',
  ],
  [
    'who of the staff said yes is changed to an officer',
    [
      `update recovery set witness_id = (select id from member where role <> 'member' and id <> vouched_by limit 1), witness_staff_id = null`,
    ],
    'recovery',
  ],
  [
    'a silent telephone is hers as before by staff who never said so',
    [
      `insert into second_word (group_id, id, kind, state, member_id, to_staff, address_id, proposed_staff_id, witness_staff_id)
         select m.group_id, '${FORGED}', 'known-phone', 'done', m.id, true, gen_random_uuid(), gen_random_uuid(), s.id from member m, staff s where m.role = 'member' limit 1`,
    ],
    'second_word',
  ],
  ['who vouched for a telephone is deleted', ['delete from recovery'], 'recovery'],
];
