/* eslint-disable @typescript-eslint/no-deprecated -- a key is read where nothing waits; the asynchronous calls do the same */
import { safeStorage } from 'electron';
import type { Keyring } from '../core/targets/target-keys.ts';

/** The operating system's keyring; the app must be ready when it is asked. */
export function systemKeyring(platform: NodeJS.Platform): Keyring {
  return {
    isAvailable: () => isReal(platform),
    encrypt: (text) => safeStorage.encryptString(text).toString('base64'),
    decrypt: (sealed) => (isReal(platform) ? opened(sealed) : null),
  };
}

/** On Linux without a secret service Electron encrypts with a password of its source (`basic_text`): no protection. */
function isReal(platform: NodeJS.Platform): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}

/** What another user, or a keyring that was made anew since, has sealed can't be opened. */
function opened(sealed: string): string | null {
  try {
    return safeStorage.decryptString(Buffer.from(sealed, 'base64'));
  } catch {
    return null;
  }
}
