import type { RemoteTarget } from '../../shared/schema/remote.ts';
import type { CommandInput, OptionSpec } from './command.ts';
import { UsageError } from './usage-error.ts';

/** What `targets` takes; which action takes which is the command's. */
export const TARGET_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  'key-from-env': {
    value: null,
    help: 'add, change: the key stays in an environment variable, which is named',
  },
  'key-from-ccs': {
    value: null,
    help: 'add, change: take the key that CCS’s settings name for this address',
  },
  'new-key': {
    value: null,
    help: 'change: ask for another key; `change local`: for the management key of the local proxy',
  },
  'forget-key': { value: null, help: 'change local: forget the management key of the local proxy' },
  url: { value: 'URL', help: 'change: another address; the key is then asked for anew' },
  entries: {
    value: 'WHAT',
    help: 'change, with --url: `move` our entries along (the same server), `remove` them from the old one, or `keep` them there',
  },
  profiles: { value: 'A,B', help: 'add, change: only these profiles' },
  'all-profiles': { value: null, help: 'change: all profiles' },
  manual: { value: null, help: 'add, change: sync only when asked to' },
  automatic: { value: null, help: 'change: sync by itself again' },
  pin: {
    value: 'FINGERPRINT',
    help: 'add, change: trust this certificate and no other (SHA-256); `none`: what the system trusts',
  },
  'plain-http': { value: null, help: 'add, change: agree to send keys to another machine unencrypted' },
  'no-test': { value: null, help: 'add, change: don’t ask the server first' },
  yes: { value: null, help: 'remove: agree to what would be asked on a terminal' },
  'keep-entries': { value: null, help: 'remove: leave our entries on the server, and don’t ask it' },
};

/** What of a target the options say, each undefined where they say nothing. Throws `UsageError`. */
export interface TargetOptions {
  readonly key: 'env' | 'ccs' | 'asked' | undefined;
  readonly profiles: RemoteTarget['profiles'] | undefined;
  readonly mode: RemoteTarget['mode'] | undefined;
  readonly certificate: RemoteTarget['certificate'] | undefined;
  readonly plainHttp: boolean;
  readonly test: boolean;
}

export function targetOptionsOf({ flags, values }: Pick<CommandInput, 'flags' | 'values'>): TargetOptions {
  const keys = ['key-from-env', 'key-from-ccs', 'new-key'].filter((flag) => flags.has(flag));
  if (keys.length > 1) throw new UsageError(`--${keys[0]} and --${keys[1]} exclude each other`);
  if (flags.has('manual') && flags.has('automatic'))
    throw new UsageError('--manual and --automatic exclude each other');
  if (values.has('profiles') && flags.has('all-profiles'))
    throw new UsageError('--profiles and --all-profiles exclude each other');
  const ways = { 'key-from-env': 'env', 'key-from-ccs': 'ccs', 'new-key': 'asked' } as const;
  return {
    key: ways[keys[0] as keyof typeof ways],
    profiles: flags.has('all-profiles') ? null : namesOf(values.get('profiles')),
    mode: flags.has('manual') ? 'manual' : flags.has('automatic') ? 'auto' : undefined,
    certificate: pinOf(values.get('pin')),
    plainHttp: flags.has('plain-http'),
    test: !flags.has('no-test'),
  };
}

function namesOf(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new UsageError('--profiles needs names with commas between them');
  return [...new Set(names)];
}

/** As we print it, or as openssl does: `AB:CD:…`. */
function pinOf(text: string | undefined): string | null | undefined {
  if (text === undefined || text === 'none') return text === 'none' ? null : undefined;
  const digits = text.replaceAll(':', '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(digits))
    throw new UsageError('--pin needs the SHA-256 fingerprint of a certificate: 64 hexadecimal digits');
  return digits;
}
