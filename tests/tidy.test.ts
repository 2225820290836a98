// The codebase's own rules, as far as no other tool checks them. docs/style.md says what they are for.

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { TEXTS } from '../src/conversation/texts.ts';
import { filesUnder, isThere, jsonOf, linesWhere, ROOT, sourceFiles, textOf } from './support/tidy/files.ts';
import {
  declaredNames,
  firstTexts,
  refusalTypes,
  syntaxOf,
  templatePatterns,
  textsSaid,
} from './support/tidy/syntax.ts';
import { localeTexts } from './support/tidy/texts.ts';

const sources = sourceFiles().map((file) => ({ file, nodes: syntaxOf(file) }));
const keys = Object.keys(TEXTS);

describe('modules', () => {
  test('dependency-cruiser sees every module of src, so that its silence means something', () => {
    const cruiser = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const report: unknown = JSON.parse(
      execFileSync(process.execPath, [cruiser, 'src', '--output-type', 'json'], {
        cwd: ROOT,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      }),
    );
    const { modules } = report as { modules: { source: string }[] };
    const seen = modules.map(({ source }) => source).filter((source) => /^src\/.*\.ts$/.test(source));
    expect(seen.sort()).toEqual(filesUnder('src', '.ts'));
  });

  test('the layers found something to check: one group of modules per folder', () => {
    const folders = new Set(sources.map(({ file }) => file.split('/')[1]));
    for (const folder of ['domain', 'conversation', 'content', 'store', 'channels', 'app', 'jobs', 'web']) {
      expect(folders).toContain(folder);
    }
  });

  test('file names are kebab-case, and none is index.ts', () => {
    const folders = ['src', 'tests', 'scripts', 'bench'].flatMap((folder) => filesUnder(folder));
    const ours = folders.filter((file) => !file.startsWith('src/generated/'));
    const isKebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)+$/;
    const wrong = ours.filter((file) => {
      const parts = file.split('/');
      const name = parts.pop() ?? '';
      return name === 'index.ts' || !isKebab.test(name) || parts.some((part) => !/^[a-z0-9-]+$/.test(part));
    });
    expect(wrong).toEqual([]);
  });

  test('nothing is exported by default', () => {
    const wrong = sources.filter(({ nodes }) => nodes.some(({ type }) => type.startsWith('ExportDefault')));
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  test('the number of modules over 200 lines only goes down', () => {
    const long = sources.filter(({ file }) => textOf(file).split('\n').length > 201);
    const { sourceFilesOver200Lines } = jsonOf('tests/support/tidy/ratchet.json') as Record<string, number>;
    expect(long.length, long.map(({ file }) => file).join('\n')).toBeLessThanOrEqual(
      sourceFilesOver200Lines ?? 0,
    );
  });
});

describe('words of the code (docs/glossary.md)', () => {
  const BANNED = new Set([
    'user',
    'client',
    'transaction',
    'data',
    'info',
    'manager',
    'util',
    'helper',
    'misc',
  ]);
  const BANNED_TOO = new Set(['process']); // as a name of ours; Node's own `process` is only used, never declared
  const OF_THE_STORE = new Set(['client', 'transaction']);

  const wordsOf = (name: string): string[] =>
    name
      .split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+/)
      .map((word) => word.toLowerCase())
      .filter((word) => word !== '');

  const singular = (word: string): string => word.replace(/sses$/, 'ss').replace(/(?<=[^s])s$/, '');

  const isBanned = (name: string, inStore: boolean): boolean => {
    const words = wordsOf(name).map(singular);
    if (words.at(-1) === 'handle') return true; // as a noun; "handleUpdate" is a verb
    return words.some((word) => {
      if (inStore && OF_THE_STORE.has(word)) return false;
      return BANNED.has(word) || BANNED_TOO.has(word);
    });
  };

  test('the words are found in names however they are written', () => {
    for (const name of [
      'User',
      'chatUsers',
      'HTTPClient',
      'dbInfo',
      'PAYMENT_DATA',
      'fileHandle',
      'processes',
    ]) {
      expect(isBanned(name, false), name).toBe(true);
    }
    for (const name of ['used', 'update', 'inform', 'handleUpdate', 'processor', 'address', 'misconduct']) {
      expect(isBanned(name, false), name).toBe(false);
    }
    expect(isBanned('transaction', true)).toBe(false);
  });

  /** Names whose words are fixed elsewhere. */
  const FIXED_ELSEWHERE: Readonly<Record<string, string>> = {
    info: 'a level of every logger; what csv-parse calls the place of a record',
    DataKey: "envelope encryption's own word for the key under the key",
    newDataKey: 'the same',
    dataDir: 'the setting COMADRE_DATA_DIR, by the name operators know such a folder by',
  };

  test('no name in src has a banned word', () => {
    const wrong = sources.flatMap(({ file, nodes }) => {
      const inStore = file.startsWith('src/store/');
      const names = new Set(declaredNames(nodes).filter((name) => !(name in FIXED_ELSEWHERE)));
      return [...names].filter((name) => isBanned(name, inStore)).map((name) => `${file}: ${name}`);
    });
    expect(wrong).toEqual([]);
    const all = new Set(sources.flatMap(({ nodes }) => declaredNames(nodes)));
    expect(Object.keys(FIXED_ELSEWHERE).filter((name) => !all.has(name))).toEqual([]);
  });

  test('no file in src is named with a banned word', () => {
    const wrong = sources.filter(({ file }) => {
      const named = file.replace(/^src\//, '').replace(/\.ts$/, '');
      return named.split('/').some((part) => isBanned(part, file.startsWith('src/store/')));
    });
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });
});

describe('words people read', () => {
  /** Modules that may hold Spanish, and why. */
  const MAY_SPEAK: Readonly<Record<string, string>> = {
    'src/domain/check-code.ts': 'names that mean nothing, the same in every language: not texts to translate',
    'src/app/save-transcript.ts': 'the format of tests/transcripts, which is Spanish: no member reads it',
    'src/app/transcript-header.ts': 'the same',
    'src/content/format.ts': 'how a language spells numbers and hours is grammar, not a text to translate',
  };
  const SPANISH_LETTER = /[áéíóúñü]|[¿¡]\p{L}/iu;
  const SPANISH_PHRASE =
    /(^| )(de la|de los|de las|del|que|para|con|tu|sus?|una?|por|ya|no es|el|los|las) \p{L}/iu;

  test('none is in src: they are in locales', () => {
    const wrong = sources
      .filter(({ file }) => !(file in MAY_SPEAK))
      .flatMap(({ file, nodes }) =>
        textsSaid(nodes)
          .filter((text) => SPANISH_LETTER.test(text) || SPANISH_PHRASE.test(text))
          .map((text) => `${file}: ${text}`),
      );
    expect(wrong).toEqual([]);
  });

  test('each module that may hold Spanish still does', () => {
    for (const file of Object.keys(MAY_SPEAK)) expect(textOf(file)).toMatch(SPANISH_LETTER);
  });
});

describe('texts', () => {
  const files = filesUnder('locales/es', '.json');

  test('each language has the same files', () => {
    expect(filesUnder('locales/en').map((file) => file.replace('/en/', '/es/'))).toEqual(
      filesUnder('locales/es'),
    );
    expect(files).toContain('locales/es/texts.json');
  });

  test('each language has the same texts, with the same values and every plural form of its own', () => {
    const spanish = localeTexts('locales/es/texts.json');
    const english = localeTexts('locales/en/texts.json');
    expect([...english.keys()].sort()).toEqual([...spanish.keys()].sort());
    expect([...spanish.keys()].sort()).toEqual(keys.toSorted());
    for (const [key, { values }] of spanish) expect(english.get(key)?.values, key).toEqual(values);
    for (const [language, texts] of [
      ['es', spanish],
      ['en', english],
    ] as const) {
      const needed = pluralForms(language);
      for (const [key, { forms }] of texts)
        if (forms.length > 0) expect(forms, `${language} ${key}`).toEqual(needed);
    }
  });

  /**
   * The forms a count can take. Spanish has "many" for whole millions alone ("un millón de socias"); no count of
   * ours reaches one, and i18next then takes "other".
   */
  const pluralForms = (language: string): string[] =>
    new Intl.PluralRules(language)
      .resolvedOptions()
      .pluralCategories.filter((form) => form !== 'many')
      .sort();

  test('every text that is said exists', () => {
    const known = new Set(keys);
    const wrong = sources.flatMap(({ file, nodes }) =>
      firstTexts(nodes, 'say')
        .filter((key) => !known.has(key))
        .map((key) => `${file}: ${key}`),
    );
    expect(wrong).toEqual([]);
  });

  test('every text is said somewhere', () => {
    const sayers = sources.filter(({ file }) => file !== 'src/conversation/texts.ts');
    const said = new Set(sayers.flatMap(({ nodes }) => textsSaid(nodes)));
    const patterns = sayers.flatMap(({ nodes }) => templatePatterns(nodes));
    const silent = keys.filter((key) => !said.has(key) && !patterns.some((pattern) => pattern.test(key)));
    expect(silent).toEqual([]);
  });

  test('every refusal of the domain has a text', () => {
    const domain = sources.filter(({ file }) => file.startsWith('src/domain/'));
    const types = [...new Set(domain.flatMap(({ nodes }) => refusalTypes(nodes)))];
    expect(types.length).toBeGreaterThan(0);
    expect(types.filter((type) => !keys.includes(`refusal.${type}`))).toEqual([]);
  });

  test('every flow is in a transcript: its name stands in a line "# flows: arrive, list"', () => {
    const answers = /^import [^;]*\bStepResult\b/m; // a module in flows/ that answers is a flow; others serve them
    const modules = filesUnder('src/conversation/flows', '.ts');
    const flows = modules.filter((file) => answers.test(textOf(file))).map(nameOf);
    const told = filesUnder('tests/transcripts', '.txt').flatMap((file) =>
      [...textOf(file).matchAll(/^# flows: (.*)$/gm)].flatMap(([, names]) =>
        (names ?? '').split(',').map((name) => name.trim()),
      ),
    );
    expect(flows.length).toBeGreaterThan(0);
    expect(flows.filter((name) => !told.includes(name))).toEqual([]);
    expect(told.filter((name) => !modules.map(nameOf).includes(name))).toEqual([]);
  });

  const nameOf = (file: string): string => path.basename(file, '.ts');
});

describe('money', () => {
  /** What modules that know money may still make a number of: counts, which are not money. */
  const MAY_COUNT: Readonly<Record<string, readonly string[]>> = {
    'src/domain/loan/terms.ts': ['Number(count)', 'Number(year)', 'Number(days)'], // of days, weeks or months
    'src/domain/shares.ts': ['Number(amount.minor / price)'], // of shares
    'src/store/export-document.ts': ['shares: Number('], // of shares
    'src/conversation/flows/loan-request.ts': ['Number(chosen)'], // of instalments
    'src/conversation/flows/late-loan.ts': ['Number(only)'], // of instalments
  };
  const NUMBER = /\b(Number|parseInt|parseFloat)\(/;
  const MONEY = /from '[^']*\/money\.ts'/;

  test('never passes through a number', () => {
    const wrong = sources
      .filter(({ file }) => MONEY.test(textOf(file)))
      .flatMap(({ file }) => {
        const isCount = (line: string): boolean =>
          MAY_COUNT[file]?.some((part) => line.includes(part)) ?? false;
        return linesWhere(file, (line) => NUMBER.test(line) && !isCount(line));
      });
    expect(wrong).toEqual([]);
  });

  test('whatever may be counted still is', () => {
    for (const [file, parts] of Object.entries(MAY_COUNT)) {
      for (const part of parts) expect(textOf(file)).toContain(part);
    }
  });
});

describe('dependencies', () => {
  // What each package must be otherwise, scripts/lockfile.mjs looks at, with tests of its own.
  type Package = { optionalDependencies?: Record<string, string>; resolved?: string };
  type Lock = { lockfileVersion: number; packages: Record<string, Package> };

  const packagesOf = (folder: string): [string, Package][] => {
    const { lockfileVersion, packages } = jsonOf(`${folder}package-lock.json`) as Lock;
    expect(lockfileVersion).toBe(3);
    return Object.entries(packages).filter(([place]) => place !== '');
  };

  test.each(['', 'prisma/'])(
    '%spackage-lock.json is whole, so that npm ci takes it on every platform',
    (folder) => {
      const packages = new Map(packagesOf(folder));
      const missing = [...packages].flatMap(([place, { optionalDependencies = {} }]) =>
        Object.keys(optionalDependencies).filter(
          (name) => !packages.has(`node_modules/${name}`) && !packages.has(`${place}/node_modules/${name}`),
        ),
      );
      expect(missing).toEqual([]);
      // A registry written down would be the only one it can be installed from.
      expect([...packages].filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    },
  );
});

describe('documents', () => {
  const pages = [
    ...filesUnder('.', '.md').filter((file) => !file.includes('/')),
    ...filesUnder('docs', '.md'),
  ];

  test('every file they link to exists', () => {
    const broken = pages.flatMap((page) => {
      const links = [...textOf(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link]) => link ?? '');
      const local = links.filter((link) => !/^[a-z]+:/.test(link));
      const missing = local.filter((link) => !isThere(path.posix.join(path.posix.dirname(page), link)));
      return missing.map((link) => `${page}: ${link}`);
    });
    expect(broken).toEqual([]);
  });

  test('every file of the repository they name exists', () => {
    const ours = /`((?:src|tests|scripts|bench|docs|locales|prisma|\.ci)\/[\w./-]*[\w/])`/g;
    const broken = pages.flatMap((page) => {
      const named = [...textOf(page).matchAll(ours)].map(([, file]) => file ?? '');
      return named.filter((file) => !isThere(file)).map((file) => `${page}: ${file}`);
    });
    expect(broken).toEqual([]);
  });

  test('no file but a test names a path of one machine', () => {
    const ours = filesUnder('.').filter((file) => !file.startsWith('tests/'));
    const isMachine = /(^|[^\w.}])\/(work|root|tmp|home)\//;
    expect(ours.flatMap((file) => linesWhere(file, (line) => isMachine.test(line)))).toEqual([]);
  });
});
