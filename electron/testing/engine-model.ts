import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CcsEntry, type EngineHome, envOf } from './engine-home.ts';

/** What a profile asks for, or that its file can't be read. */
type Asked = CcsEntry | 'broken';

/** An entry of ours as the section's value must show it. */
export interface ModelEntry extends CcsEntry {
  readonly profile: string;
  readonly prefix: string;
}

/**
 * What must stand in a target, from what was done to the profiles alone: it knows nothing of how the engine works.
 * Keys are unique, so an entry is told by its key.
 */
export class EngineModel {
  readonly profiles = new Map<string, Asked>();
  /** What each held profile asked for when it was held. */
  holds = new Map<string, CcsEntry>();
  ours: ModelEntry[] = [];
  /** Entries that an undo gave back to the user. */
  users: ModelEntry[] = [];
  readonly #home: EngineHome;
  #keys = 0;
  #before: { ours: ModelEntry[]; holds: Map<string, CcsEntry> } | null = null;
  #renamed = false;

  constructor(home: EngineHome) {
    this.#home = home;
  }

  write(name: string, change: 'key' | 'url' | 'models' | 'all'): void {
    const old = this.profiles.get(name);
    const serial = ++this.#keys;
    const fresh = {
      key: `sk-test-key-${serial}-`,
      baseUrl: `https://h${serial}.test/api`,
      models: [`m${serial}`],
    };
    const base = old === undefined || old === 'broken' ? fresh : old;
    const next: CcsEntry = {
      key: change === 'key' || change === 'all' ? fresh.key : base.key,
      baseUrl: change === 'url' || change === 'all' ? fresh.baseUrl : base.baseUrl,
      models: change === 'models' || change === 'all' ? [...fresh.models, `x${serial}`] : base.models,
    };
    const [model = '', ...extra] = next.models;
    this.#home.profile(
      name,
      envOf(name, {
        ANTHROPIC_AUTH_TOKEN: next.key,
        ANTHROPIC_BASE_URL: next.baseUrl,
        ANTHROPIC_MODEL: model,
        ANTHROPIC_EXTRA_MODELS: extra.join(','),
      }),
    );
    this.profiles.set(name, next);
  }

  remove(name: string): void {
    rmSync(this.#path(name), { force: true });
    this.profiles.delete(name);
  }

  break(name: string): void {
    this.#home.write(`${name}.settings.json`, '{"env": {"ANTHROPIC');
    this.profiles.set(name, 'broken');
  }

  rename(from: string, to: string): void {
    const asked = this.profiles.get(from);
    if (asked === undefined || asked === 'broken' || this.profiles.has(to)) return;
    renameSync(this.#path(from), this.#path(to));
    this.profiles.delete(from);
    this.profiles.set(to, asked);
    this.#renamed = true;
  }

  /** What a sync makes of it. */
  sync(): void {
    this.#before = this.#renamed ? null : { ours: this.ours, holds: new Map(this.holds) };
    this.#renamed = false;
    for (const [name, held] of this.holds) {
      const asked = this.profiles.get(name);
      if (asked !== 'broken' && !same(asked, held)) this.holds.delete(name);
    }
    const stays = this.ours.filter(
      ({ profile }) => this.profiles.get(profile) === 'broken' || this.holds.has(profile),
    );
    const written = [...this.profiles].flatMap(([profile, asked]) => {
      if (asked === 'broken' || this.holds.has(profile)) return [];
      const users = this.users.find(({ prefix }) => prefix === `${profile}-`);
      // The very entry is taken back; another one with the prefix is in the way.
      if (users !== undefined && !same(users, asked)) return [];
      if (users !== undefined) this.users = this.users.filter((one) => one !== users);
      return [{ ...asked, profile, prefix: `${profile}-` }];
    });
    this.ours = [...stays, ...written];
  }

  /** Whether the last sync can be undone in a way that this model follows. */
  get canUndo(): boolean {
    return this.#before !== null;
  }

  /** What undoing the last sync makes of it. */
  undo(): void {
    if (this.#before === null) throw new Error('There is nothing to undo');
    const { ours, holds } = this.#before;
    this.#before = null;
    const changed = (name: string): boolean =>
      !same(
        ours.find(({ profile }) => profile === name),
        this.ours.find(({ profile }) => profile === name),
      );
    const back = ours.filter(({ profile }) => changed(profile) && !this.profiles.has(profile));
    this.users = [...this.users, ...back];
    for (const [name, asked] of this.profiles) {
      if (!changed(name)) continue;
      if (asked !== 'broken') this.holds.set(name, asked);
      else if (holds.has(name)) this.holds.set(name, holds.get(name) as CcsEntry);
    }
    this.ours = ours.filter((entry) => !back.includes(entry));
  }

  #path(name: string): string {
    return join(this.#home.ccsDirectory, `${name}.settings.json`);
  }
}

function same(one: CcsEntry | undefined, other: CcsEntry | undefined): boolean {
  return (
    one?.key === other?.key && one?.baseUrl === other?.baseUrl && one?.models.join() === other?.models.join()
  );
}
