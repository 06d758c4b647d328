import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Catalog } from '../../shared/schema/catalog.ts';
import { DoctorReport } from '../../shared/schema/finding.ts';
import { HistoryReport } from '../../shared/schema/history.ts';
import { ProxyKeyAnswer } from '../../shared/schema/proxy-key.ts';
import { ConfiguredTargets, RemoteTarget, TargetTest } from '../../shared/schema/remote.ts';
import { UndoReport } from '../../shared/schema/undo.ts';
import { runCli } from '../testing/run-cli.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import {
  ErrorEnvelope,
  ExcludeReport,
  ProfilesReport,
  PurgeReport,
  RemovedTarget,
  ReportEnvelope,
  StatusReports,
  SyncReports,
} from './json-envelope.ts';

const REFERENCE = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

const REPORTS: Readonly<Record<string, z.ZodMiniType>> = {
  sync: SyncReports,
  status: StatusReports,
  targets: ConfiguredTargets,
  target: RemoteTarget,
  test: TargetTest,
  removed: RemovedTarget,
  key: ProxyKeyAnswer,
  profiles: ProfilesReport,
  catalog: Catalog,
  history: HistoryReport,
  purge: PurgeReport,
  undo: UndoReport,
  exclude: ExcludeReport,
  doctor: DoctorReport,
};

/** The commands with their options, as the built program's own help lists them. */
async function commandsWithOptions(): Promise<ReadonlyMap<string, readonly string[]>> {
  const home = tempFolder();
  const { stdout } = await runCli(home, ['--help']);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].flatMap(([, name]) => name ?? []);
  const rows = commands.map(async (name) => {
    const help = await runCli(home, [name, '--help']);
    return [
      name,
      [...help.stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].flatMap(([, option]) => option ?? []),
    ] as const;
  });
  return new Map(await Promise.all(rows));
}

/** The part of the reference about a command. */
function sectionOf(command: string): string {
  const [, section = ''] = REFERENCE.split(`\n### ${command}\n`);
  return section.split(/\n##+ /)[0] ?? '';
}

/** Every name of a field and every code that a schema knows. */
function wordsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (key === 'const' || key === 'enum') return [inner].flat().filter((one) => typeof one === 'string');
    if (key === 'properties')
      return [...Object.keys(inner as object), ...Object.values(inner as object).flatMap(wordsOf)];
    return wordsOf(inner);
  });
}

describe('docs/cli.md', () => {
  it('tells each command with its options', async () => {
    for (const [command, options] of await commandsWithOptions()) {
      const section = sectionOf(command);
      expect(section, `a section for ${command}`).not.toBe('');
      const own = options.filter((option) => option !== '--json' && option !== '--help');
      expect(
        own.filter((option) => !section.includes(`| \`${option}`)),
        command,
      ).toEqual([]);
      expect(section, `${command} tells its exit codes`).toMatch(/exit code/i);
    }
  });

  it('tells no option that there is not', async () => {
    const commands = await commandsWithOptions();
    expect(commands.size).toBeGreaterThanOrEqual(8);
    for (const [command, options] of commands) {
      const told = [...sectionOf(command).matchAll(/^\| `(--[a-z-]+)/gm)].flatMap(
        ([, option]) => option ?? [],
      );
      expect(
        told.filter((option) => !options.includes(option)),
        command,
      ).toEqual([]);
    }
  });

  it('shows examples that are what the schemas say', () => {
    const examples = [...REFERENCE.matchAll(/^```json ([a-z]+)\n([^]*?)^```$/gm)];
    expect(examples.map(([, name]) => name).sort()).toEqual([...Object.keys(REPORTS), 'error'].sort());
    for (const [, name = '', text = ''] of examples) {
      const document: unknown = JSON.parse(text);
      const schema = REPORTS[name];
      if (schema === undefined) {
        expect(ErrorEnvelope.parse(document)).toEqual(document);
        continue;
      }
      const { report } = ReportEnvelope.parse(document);
      expect(schema.parse(report), name).toEqual(report);
    }
  });

  it('names every field and every code of the reports', () => {
    const schemas = [...Object.values(REPORTS), ReportEnvelope, ErrorEnvelope];
    const words = schemas.flatMap((schema) => wordsOf(z.toJSONSchema(schema, { unrepresentable: 'any' })));
    expect(words.length).toBeGreaterThan(100);
    const named = new Set([...REFERENCE.matchAll(/`([^`\n]+)`/g)].map(([, word]) => word));
    expect([...new Set(words)].filter((word) => !named.has(word))).toEqual([]);
  });

  it('tells of every variable of the environment', () => {
    for (const name of [
      'CCS_DIR',
      'CCS_HOME',
      'HOME',
      'XDG_STATE_HOME',
      'CLIPROXY_MANAGEMENT_KEY',
      'NO_COLOR',
      'TERM',
    ]) {
      expect(REFERENCE.match(new RegExp(`^\\| \`${name}\` +\\|`, 'm')), name).not.toBeNull();
    }
  });

  it('links only to headings that it has', () => {
    const slugs = [...REFERENCE.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...REFERENCE.matchAll(/\]\(#([^)]+)\)/g)].map(([, slug]) => slug);
    expect(links.filter((link) => !slugs.includes(link ?? ''))).toEqual([]);
  });
});

describe('README.md', () => {
  it('tells each command with its options', async () => {
    for (const [command, options] of await commandsWithOptions()) {
      expect(README.match(new RegExp(`^\\| \`${command}[ \`]`, 'm')), command).not.toBeNull();
      expect(
        options.filter((option) => !README.includes(option)),
        command,
      ).toEqual([]);
    }
  });
});
