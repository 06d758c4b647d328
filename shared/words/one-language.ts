import type { Locale } from './generated/runtime.js';

/** What of a Vite plugin it is; shared/ does not import Vite. */
interface OneLanguagePlugin {
  readonly name: string;
  readonly enforce: 'pre';
  readonly transform: (this: unknown, code: string, id: string) => string | null;
}

const RUNTIME = /\/words\/generated\/runtime\.js$/;
const NO_STATIC_LOCALE = 'export const experimentalStaticLocale = undefined;';

/**
 * A Vite plugin for a program that speaks one language: it makes a constant of the language that every compiled
 * message asks for first, so that the bundler drops the words of all others and the choice itself. Paraglide's
 * command has no option for this. Throws where the compiled runtime is no longer written as expected.
 */
export function oneLanguage(locale: Locale): OneLanguagePlugin {
  return {
    name: 'one-language',
    enforce: 'pre',
    transform(code, id) {
      if (!RUNTIME.test(id)) return null;
      if (!code.includes(NO_STATIC_LOCALE))
        throw new Error(`${id} has no line "${NO_STATIC_LOCALE}" any more: see how Paraglide says it now`);
      return code.replace(NO_STATIC_LOCALE, `export const experimentalStaticLocale = '${locale}';`);
    },
  };
}
