import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FIXTURE = fileURLToPath(new URL('../testing/fixtures/ccs-home/.ccs/', import.meta.url));

/** A home with `count` registered profiles and a configuration that holds no entry yet. */
export function makeHome(count) {
  const home = mkdtempSync(join(tmpdir(), 'cliproxy-sync-bench-'));
  const ccs = join(home, '.ccs');
  mkdirSync(join(ccs, 'cliproxy'), { recursive: true });
  const names = Array.from({ length: count }, (_, index) => `bench${index}`);
  for (const name of names) writeProfile(home, name, 'a');
  const config = readFileSync(join(FIXTURE, 'config.yaml'), 'utf8');
  const registry = names.map(
    (name) => `  ${name}:\n    type: api\n    settings: ~/.ccs/${name}.settings.json\n`,
  );
  writeFileSync(
    join(ccs, 'config.yaml'),
    config.replace(/^profiles:\n(?: .*\n)+/m, `profiles:\n${registry.join('')}`),
  );
  const target = readFileSync(join(FIXTURE, 'cliproxy', 'config.yaml'), 'utf8');
  // A port on which nothing listens, so that only the sync itself is measured.
  writeFileSync(
    join(ccs, 'cliproxy', 'config.yaml'),
    target.slice(0, target.indexOf('claude-api-key:')).replace('port: 8317', 'port: 9'),
    { mode: 0o600 },
  );
  return home;
}

export function writeProfile(home, name, version) {
  const env = {
    ANTHROPIC_BASE_URL: `https://${name}.example.com/anthropic`,
    ANTHROPIC_AUTH_TOKEN: `sk-test-${version}-${name}-0123456789abcdef`,
    ANTHROPIC_MODEL: `model-${name}`,
  };
  writeFileSync(join(home, '.ccs', `${name}.settings.json`), `${JSON.stringify({ env }, null, 2)}\n`, {
    mode: 0o600,
  });
}

/** A folder that homes are laid into for a run: always the same path, since what we remember goes by paths. */
export function makeStage() {
  return join(mkdtempSync(join(tmpdir(), 'cliproxy-sync-stage-')), 'home');
}

/** Lays a copy of a home into a place, and removes what was there. */
export function layHome(home, place) {
  rmSync(place, { recursive: true, force: true });
  cpSync(home, place, { recursive: true });
}

export function removeHome(home) {
  rmSync(home, { recursive: true, force: true });
}
