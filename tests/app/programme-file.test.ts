import fs from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { FileFault } from '../../src/app/import-file.ts';
import { type CsvReading, readMembersCsv, readNewMembers } from '../../src/app/members-csv.ts';
import { type ProgrammeReading, readProgrammeFile } from '../../src/app/programme-file.ts';
import { locales } from '../support/scene.ts';

const now = Temporal.Instant.from('2026-11-21T18:00:00Z');
const fixture = fs.readFileSync(new URL('../fixtures/programme/orilla.json', import.meta.url), 'utf8');
const example = new URL('../../../shared/examples/programme.json', import.meta.url);

type Node = Record<string, unknown>;

/** The fixture with one field replaced; undefined takes it out. */
const changed = (path: string, value: unknown): string => {
  const file = JSON.parse(fixture) as Node;
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Node>((at, key) => at[key] as Node, file);
  parent[last] = value;
  return JSON.stringify(file);
};

const read = (text: string): ProgrammeReading => readProgrammeFile(text, { now });

const faultsOf = (reading: ProgrammeReading | CsvReading): readonly FileFault[] =>
  reading.ok ? [] : reading.faults;

const placesOf = (text: string): string[] => faultsOf(read(text)).map((fault) => fault.place);

describe('a programme file', () => {
  test('that is right is read, with names and numbers in their one form', () => {
    const reading = read(fixture);
    if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
    const [golondrinas] = reading.programme.groups;
    expect(reading.programme.staff[0]?.addresses.phone).toBe('+526640000001');
    expect(golondrinas?.members[2]?.addresses.phone).toBe('+526640000003');
    expect(golondrinas?.members[0]?.opening.savings).toBe(32000n);
    expect(golondrinas?.cycle.starts.toString()).toBe('2026-09-03');
  });

  test('warns of a chat address without consent, since it is not kept', () => {
    expect(read(fixture).warnings).toEqual([
      expect.stringMatching(/^groups\[0\]\.members\[3\] has no date of consent/),
    ]);
  });

  test.skipIf(!fs.existsSync(example))('the example that others write against is read', () => {
    const reading = readProgrammeFile(fs.readFileSync(example), { now });
    expect(faultsOf(reading)).toEqual([]);
    expect(reading.warnings).toEqual([]);
  });

  test('says the place of every fault at once', () => {
    const file = JSON.parse(fixture) as { groups: { members: Node[]; timeZone: string }[] };
    file.groups[0]!.members[2]!['opening'] = { savings: '1,50' };
    file.groups[0]!.timeZone = 'Tijuana';
    file.groups[1]!.members[0]!['name'] = 'Ana 💛';
    expect(placesOf(JSON.stringify(file))).toEqual([
      'groups[0].timeZone',
      'groups[0].members[2].opening.savings',
      'groups[1].members[0].name',
    ]);
  });

  test.each([
    ['a name with a line break', 'groups[0].members[0].name', 'Elsa\nPrado'],
    ['a name that changes direction', 'groups[0].members[0].name', 'Elsa \u202Eodarp'],
    ['a name with a hidden character', 'groups[0].members[0].name', 'El\u200Bsa'],
    ['a name with markup', 'groups[0].members[0].name', 'Elsa *Prado*'],
    ['a name with digits', 'groups[0].members[0].name', 'Elsa 500'],
    ['a name of one letter', 'groups[0].members[0].name', 'E'],
    ['a name of 41 letters', 'groups[0].members[0].name', 'E'.repeat(41)],
    ['a letter under a heap of marks', 'groups[0].members[0].name', `Elsa${'\u0301'.repeat(200)}`],
    ['a number that is none', 'groups[0].members[0].addresses.telegram', 'elsa'],
    ['a chat of a group', 'groups[0].members[0].addresses.telegram', '-100200'],
    ['a telephone without country', 'groups[0].members[0].addresses.phone', '6640000003'],
    ['a Mexican telephone too short', 'groups[0].members[0].addresses.phone', '+52664000000'],
    ['an offset for a time zone', 'groups[0].timeZone', '-07:00'],
    ['a date that does not exist', 'groups[0].cycle.starts', '2026-02-30'],
    ['a weekday in another language', 'groups[0].meeting.weekday', 'jueves'],
    ['an hour that does not exist', 'groups[0].meeting.time', '24:00'],
    ['a consent in the future', 'groups[0].members[0].consented', '2026-11-22'],
    ['an amount as a number', 'groups[0].members[0].opening.savings', 320],
    ['an amount with three decimals', 'groups[0].members[0].opening.savings', '320.001'],
    ['an amount in another writing', 'groups[0].members[0].opening.savings', '3e2'],
    ['an amount below zero', 'groups[0].members[0].opening.savings', '-320.00'],
    ['an amount above a million', 'groups[0].members[0].opening.savings', '1000000.01'],
    ['half a share', 'groups[1].members[0].opening.shares', 40.5],
    ['a loan in the future', 'groups[0].members[0].opening.loan.disbursed', '2026-11-22'],
    ['more repaid than owed', 'groups[0].members[0].opening.loan.repaid', '99999.00'],
    ['interest that was not repaid', 'groups[0].members[0].opening.loan.repaidInterest', '697.00'],
    ['a rate that is none', 'groups[0].constitution.loans.ratePct', '4%'],
    ['a safe word of two', 'programme.safeWord', 'luna llena'],
    ['a safe word of three letters', 'programme.safeWord', 'sol'],
    ['a safe word with a digit', 'programme.safeWord', 'luna7'],
    ['duty without a day', 'staff[1].duty.days', []],
    ['duty on a day twice', 'staff[1].duty.days', ['monday', 'monday']],
    ['duty on a day in another language', 'staff[1].duty.days[0]', 'lunes'],
    ['duty at an hour that does not exist', 'staff[1].duty.from', '09:60'],
    ['duty without an end', 'staff[1].duty.to', undefined],
    ['duty of who is not trained for it', 'staff[0].duty', { days: ['friday'], from: '09:00', to: '10:00' }],
    ['duty that ends before it begins', 'staff[1].duty', { days: ['friday'], from: '18:00', to: '09:00' }],
    ['notices that are neither open nor closed', 'programme.notices', 'half'],
    ['hours without their end', 'groups[0].members[0].safeHours', '10:00'],
  ])('refuses %s', (_, path, value) => {
    expect(placesOf(changed(path, value))).toEqual([path]);
  });

  test.each([
    ['a yes', 'claro'],
    ['a no', 'nunca'],
    ['an amount', 'doscientos'],
    ['a command', 'saldo'],
    ['a command in the other language', 'balance'],
    ['what staff say', 'bandeja'],
    ['what ends a question', 'cancelar'],
    ['what says danger already', 'auxilio'],
    ['what she may do at any time', 'ocultar'],
  ])('refuses a safe word that is %s', (_, word) => {
    const { lexicons } = locales;
    const faults = faultsOf(readProgrammeFile(changed('programme.safeWord', word), { now, lexicons }));
    expect(faults).toMatchObject([
      { place: 'programme.safeWord', problem: 'means something to the bot already' },
    ]);
    expect(faultsOf(readProgrammeFile(fixture, { now, lexicons }))).toEqual([]);
  });

  test.each([
    ['the same number twice', 'groups[0].members[1].number', 1, 'groups[0].members[1].number'],
    [
      'hours of less than one',
      'groups[0].members[0].safeHours',
      { from: '10:00', until: '10:30' },
      'groups[0].members[0].safeHours',
    ],
    [
      'one chat for two of a group',
      'groups[0].members[1].addresses.telegram',
      '700001',
      'groups[0].members[1].addresses.telegram',
    ],
    ['one name for two groups', 'groups[1].name', 'LAS GOLONDRINAS', 'groups[1].name'],
    ['a cycle that ends before it starts', 'groups[0].cycle.ends', '2026-09-03', 'groups[0].cycle.ends'],
    [
      'shares where none are used',
      'groups[0].members[1].opening.shares',
      3,
      'groups[0].members[1].opening.shares',
    ],
    ['no leader', 'groups[0].members[0].role', 'secretary', 'groups[0].members'],
    [
      'fewer officers than must sign',
      'groups[1].members[1].role',
      'member',
      'groups[1].constitution.signers',
    ],
    ['one signer', 'groups[0].countedBox.signedBy', [1], 'groups[0].countedBox.signedBy'],
    ['the same signer twice', 'groups[0].countedBox.signedBy', [1, 1], 'groups[0].countedBox.signedBy'],
    ['a signer who is no officer', 'groups[0].countedBox.signedBy', [1, 3], 'groups[0].countedBox.signedBy'],
    ['no counted box', 'groups[0].countedBox', undefined, 'groups[0].countedBox'],
    ['a box off by a centavo', 'groups[1].countedBox.loanFund', '2145.51', 'groups[1].countedBox.loanFund'],
    [
      'a pot off by a centavo',
      'groups[0].countedBox.savingsPot',
      '629.99',
      'groups[0].countedBox.savingsPot',
    ],
    [
      'savings in a pot the product lacks',
      'groups[1].countedBox.savingsPot',
      '1.00',
      'groups[1].countedBox.savingsPot',
    ],
    [
      'a loan without rules for loans',
      'groups[1].constitution.loans',
      undefined,
      'groups[1].members[1].opening.loan',
    ],
    [
      'a solidarity credit lent from inside',
      'groups[0].constitution.loans.source',
      'inside',
      'groups[0].constitution.loans',
    ],
  ])('refuses %s', (...[, path, value, place]) => {
    expect(placesOf(changed(path, value))).toContain(place);
  });

  test('a box that does not add up says both sums and what they are made of', () => {
    const [fault] = faultsOf(read(changed('groups[1].countedBox.loanFund', '2200.00')));
    expect(fault?.problem).toContain('2200.00');
    expect(fault?.problem).toContain('2145.50');
  });

  test('one woman may be in two groups with one chat', () => {
    const reading = read(fixture);
    if (!reading.ok) throw new Error('refused');
    const chats = reading.programme.groups.flatMap((g) => g.members.map((m) => m.addresses.telegram));
    expect(chats.filter((chat) => chat === '700002')).toHaveLength(2);
  });

  test('fields it does not know are kept out with a warning, never a fault', () => {
    const reading = read(changed('groups[0].constitution.socialfund', { weekly: '5.00' }));
    expect(reading.ok).toBe(true);
    expect(reading.warnings.join('\n')).toContain('groups[0].constitution.socialfund is not a field');
    expect(read(changed('groups[0].colour', 'blue')).warnings.join('\n')).toContain(
      'groups[0].colour is not',
    );
  });

  test('decomposed letters become composed ones', () => {
    const reading = read(changed('groups[0].members[0].name', 'José'.normalize('NFD')));
    expect(reading.ok && reading.programme.groups[0]?.members[0]?.name).toBe('José');
  });
});

describe('a file that is no programme', () => {
  test.each([
    ['__proto__', '{"programme":{"__proto__":{"name":"x"}}}'],
    ['constructor', '{"groups":[{"constructor":{}}]}'],
  ])('is refused for a field called %s', (key, text) => {
    const [fault] = faultsOf(read(text));
    expect(fault?.place.endsWith(key)).toBe(true);
  });

  test.each([
    ['too large', ' '.repeat(2 * 1024 * 1024 + 1)],
    ['UTF-16', Buffer.from(`\uFEFF${fixture}`, 'utf16le')],
    ['binary', Buffer.from([0x7b, 0, 0x7d])],
    ['Latin-1', Buffer.from(fixture, 'latin1')],
    ['nested without end', '['.repeat(5_000) + ']'.repeat(5_000)],
    ['cut off', fixture.slice(0, 500)],
    ['empty', ''],
    ['a list', '[]'],
    ['a word', '"programme"'],
    ['nothing', 'null'],
  ])('is refused in words when it is %s', (_, file) => {
    const faults = faultsOf(readProgrammeFile(file, { now }));
    expect(faults.length).toBeGreaterThan(0);
    for (const { problem, remedy } of faults) expect([problem, remedy]).not.toContain('');
  });

  test('a byte order mark is no reason to refuse', () => {
    expect(faultsOf(readProgrammeFile(Buffer.from(`\uFEFF${fixture}`), { now }))).toEqual([]);
  });

  test('any value in any place is refused in words or read, never thrown', () => {
    const odd = [null, true, -1, 1e21, '', '0', 'x'.repeat(500), [], {}, [[]], { a: 1 }];
    const paths: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (path !== '') paths.push(path);
      if (typeof value !== 'object' || value === null) return;
      for (const [key, item] of Object.entries(value)) {
        walk(item, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`);
      }
    };
    walk(JSON.parse(fixture), '');
    for (const path of paths) {
      for (const value of odd) {
        for (const { place, problem, remedy } of faultsOf(read(changed(path, value)))) {
          expect([place, problem, remedy]).not.toContain('');
        }
      }
    }
  });
});

const header = 'group,number,name,role,phone,telegram,consented,savings,shares,loan_principal,loan_disbursed';

describe('a table of members', () => {
  test.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('is read with %s', (_, comma) => {
    const lines = [header, 'Grupo 3,4,Nora Díaz,treasurer,+52 664 000 0009,700044,2026-10-01,,,,'];
    const reading = readNewMembers(
      `\uFEFF${lines.join('\r\n').replaceAll(',', comma)}\r\n\r\n`,
      '2026-11-21',
    );
    if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
    expect(reading.members).toMatchObject([
      {
        line: 2,
        group: 'Grupo 3',
        member: {
          number: 4,
          name: 'Nora Díaz',
          role: 'treasurer',
          addresses: { telegram: '700044', phone: '+526640000009' },
        },
      },
    ]);
  });

  test('says line and column of each fault', () => {
    const table = [header, 'Grupo 3,4,Nora Díaz,,,,,,,,', 'Grupo 3,5,N0ra,jefa,12,x,2026-13-01,,,,'].join(
      '\n',
    );
    const reading = readNewMembers(table, '2026-11-21');
    expect(reading.ok ? [] : reading.faults.map((fault) => fault.place)).toEqual([
      'line 3, column name',
      'line 3, column role',
      'line 3, column telegram',
      'line 3, column phone',
      'line 3, column consented',
    ]);
  });

  test('with money is refused alone, since no box was counted', () => {
    const reading = readNewMembers(`${header}\nGrupo 3,4,Nora Díaz,,,,,100.00,,,`, '2026-11-21');
    expect(reading.ok ? '' : reading.faults[0]?.remedy).toMatch(/countedBox/);
  });

  test('joins the groups of a programme file, and the box must still add up', () => {
    const table = readMembersCsv(`${header}\nGrupo 3,4,Nora Díaz,,,,,,2,,`);
    if (!table.ok) throw new Error('refused');
    const boxed = changed('groups[1].countedBox.loanFund', '2195.50');
    expect(faultsOf(readProgrammeFile(boxed, { now, members: table.members }))).toEqual([]);
    expect(faultsOf(readProgrammeFile(fixture, { now, members: table.members }))).toMatchObject([
      { place: 'groups[1].countedBox.loanFund' },
    ]);
  });

  test('a fault of a member of the table is named by its line', () => {
    const table = readMembersCsv(`${header}\nGrupo 3,4,Nora Díaz,,,,,1.234,,,\nGrupo 9,1,Nora Díaz,,,,,,,,`);
    if (!table.ok) throw new Error('refused');
    const faults = faultsOf(readProgrammeFile(fixture, { now, members: table.members }));
    expect(faults.map((fault) => fault.place)).toEqual(['line 3, column group']);
    const [first] = table.members;
    const one = faultsOf(readProgrammeFile(fixture, { now, members: first ? [first] : [] }));
    expect(one.map((fault) => fault.place)).toEqual(['line 2, opening.savings']);
  });

  test.each([
    ['UTF-16', Buffer.from(`\uFEFF${header}\n`, 'utf16le')],
    ['NUL bytes', `${header}\nGrupo 3,4,No\0ra,,,,,,,,`],
    ['too many rows', `${header}\n${'Grupo 3,4,Nora Díaz,,,,,,,,\n'.repeat(5_001)}`],
    ['too many columns', `${header}${',x'.repeat(40)}`],
    ['a column for the prototype', `${header},__proto__\n`],
    ['a column twice', `${header},name\n`],
    ['no names of columns', 'Grupo 3,4,Nora Díaz'],
    ['a quote that is not closed', `${header}\nGrupo 3,4,"Nora Díaz,,,,,,,,`],
    ['a row that is too short', `${header}\nGrupo 3,4`],
    ['a row without a number', `${header}\nGrupo 3,,Nora Díaz,,,,,,,,`],
    ['a million columns', 'a,'.repeat(900_000)],
    ['nothing in it', ''],
  ])('is refused in words for %s', (_, table) => {
    const faults = faultsOf(readMembersCsv(table));
    expect(faults.length).toBeGreaterThan(0);
    for (const { problem, remedy } of faults) expect([problem, remedy]).not.toContain('');
  });
});
