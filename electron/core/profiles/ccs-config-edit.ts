import { isMapping } from './mapping.ts';

/** What we change of CCS's config.yaml, one thing at a time. */
export type CcsConfigEdit =
  /** `settings` as CCS writes it, with `~/.ccs/` for its directory; `target` null where it is Claude Code. */
  | {
      readonly op: 'register';
      readonly name: string;
      readonly settings: string;
      readonly target: string | null;
    }
  | { readonly op: 'unregister'; readonly name: string }
  /** `settings` null keeps the path that is there. */
  | { readonly op: 'rename'; readonly name: string; readonly to: string; readonly settings: string | null }
  /** `target` null where it is Claude Code, which CCS does not write. */
  | { readonly op: 'target'; readonly name: string; readonly target: string | null }
  | { readonly op: 'auto-sync'; readonly enabled: boolean };

/** What the settings must say once an edit is made: all else as before, in the same order. */
export function expectedAfter(value: unknown, edit: CcsConfigEdit): unknown {
  const root = isMapping(value) ? value : {};
  const inner = (key: string): Readonly<Record<string, unknown>> => (isMapping(root[key]) ? root[key] : {});
  const profiles = inner('profiles');
  switch (edit.op) {
    case 'auto-sync':
      return { ...root, cliproxy: { ...inner('cliproxy'), auto_sync: edit.enabled } };
    case 'register': {
      const { name, settings, target } = edit;
      const added = { type: 'api', settings, ...(target === null ? {} : { target }) };
      return { ...root, profiles: { ...profiles, [name]: added } };
    }
    case 'unregister': {
      const left = Object.fromEntries(Object.entries(profiles).filter(([name]) => name !== edit.name));
      const { default: usual, ...others } = root;
      return { ...(usual === edit.name ? others : root), profiles: left };
    }
    case 'target': {
      const profile = profiles[edit.name];
      const { target: before, ...others } = isMapping(profile) ? profile : {};
      // A target that is replaced keeps its place.
      const target = edit.target ?? undefined;
      const changed =
        before === undefined ? { ...others, target } : { ...(isMapping(profile) ? profile : {}), target };
      return { ...root, profiles: { ...profiles, [edit.name]: changed } };
    }
    case 'rename': {
      const renamed = Object.entries(profiles).map(([name, profile]): [string, unknown] => {
        if (name !== edit.name) return [name, profile];
        return [
          edit.to,
          edit.settings === null || !isMapping(profile) || !('settings' in profile)
            ? profile
            : { ...profile, settings: edit.settings },
        ];
      });
      const usual = root['default'] === edit.name ? { default: edit.to } : {};
      return { ...root, ...usual, profiles: Object.fromEntries(renamed) };
    }
  }
}
