import { onTestFinished } from 'vitest';
import { type RealProxy, runProxy } from './run-proxy.ts';

/** `runProxy`, stopped when the test ends. */
export async function startRealProxy(program: string, configPath: string): Promise<RealProxy> {
  const proxy = await runProxy(program, configPath);
  onTestFinished(proxy.stop);
  return proxy;
}
