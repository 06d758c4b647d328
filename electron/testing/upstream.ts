import { onTestFinished } from 'vitest';
import { openUpstream, type Upstream } from './open-upstream.ts';

/** `openUpstream`, closed when the test ends. */
export async function startUpstream(): Promise<Upstream> {
  const upstream = await openUpstream();
  onTestFinished(() => upstream.close());
  return upstream;
}
