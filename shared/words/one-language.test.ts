import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { describe, expect, it } from 'vitest';
import { oneLanguage } from './one-language.ts';

const HAN = /\p{Script=Han}/u;

/** The words of an outcome, bundled as the command line is. */
async function bundle(plugins: readonly ReturnType<typeof oneLanguage>[]): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [...plugins],
    build: {
      ssr: join(import.meta.dirname, 'describe-outcome.ts'),
      write: false,
      minify: true,
      rolldownOptions: { output: { format: 'cjs' } },
    },
  })) as Rolldown.RolldownOutput;
  return built.output.map((part) => (part.type === 'chunk' ? part.code : '')).join('');
}

describe('a program that speaks one language', () => {
  it('carries the words of that language only', async () => {
    const everything = await bundle([]);
    expect(everything).toMatch(HAN);
    expect(everything).toContain('profiles synced');

    const english = await bundle([oneLanguage('en')]);
    expect(english).not.toMatch(HAN);
    expect(english).toContain('profiles synced');

    const chinese = await bundle([oneLanguage('zh')]);
    expect(chinese).toMatch(HAN);
    expect(chinese).not.toContain('profiles synced');
  });

  it('is not built where the compiled runtime is written otherwise than expected', () => {
    const { transform } = oneLanguage('en');
    expect(() => transform('export const locales = [];', '/x/words/generated/runtime.js')).toThrow(
      /experimentalStaticLocale/,
    );
  });

  it('leaves every other file as it is', () => {
    const { transform } = oneLanguage('en');
    expect(transform('export const experimentalStaticLocale = undefined;', '/x/words/runtime.js')).toBeNull();
  });
});
