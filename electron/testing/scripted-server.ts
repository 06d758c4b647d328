import { onTestFinished } from 'vitest';
import { openScriptedServer, type Script, type ScriptedServer } from './open-scripted-server.ts';

/** `openScriptedServer`, closed when the test ends. */
export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const server = await openScriptedServer(script);
  onTestFinished(() => server.close());
  return server;
}
