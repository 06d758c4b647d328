import { join } from 'node:path';
import { createClient } from '../../shared/client.ts';
import * as m from '../../shared/words/generated/messages.js';
import { createContext } from '../core/core.ts';
import { createCcsEndpoints } from '../service/ccs-endpoints.ts';
import { type HttpService, startHttp } from '../service/http-server.ts';
import { readPageFiles } from '../service/page-files.ts';
import { createTokenFile } from '../service/token-file.ts';
import { connectToService } from '../service/socket-client.ts';
import { socketPlace } from '../service/socket-path.ts';
import type { ChangeLine } from './change-line.ts';
import type { CommandInput } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { hostService, untilEnded } from './host-service.ts';
import { openLink } from './open-link.ts';
import { reportError, reportFailure, reportJson } from './report.ts';
import { UsageError } from './usage-error.ts';

const DEFAULT_PORT = 8417;
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** Watches, syncs and serves HTTP until it is ended; with --link it asks the one that runs for a new link. */
export async function runServe(input: CommandInput): Promise<ExitCode> {
  if (input.flags.has('link')) return printLink(input);
  const address = addressOf(input);
  const port = portOf(input);
  let http: HttpService | null = null;
  const service = await hostService(input, { kind: 'serve', webLink: () => http?.link ?? null });
  if (!service.ok) return reportError(input, service.error);
  const { live, dispatch, logger, folder } = service.value;
  const token = await createTokenFile(folder);
  const started = token.ok
    ? await startHttp({
        clock: input.deps.clock,
        address,
        port,
        exposed: !LOOPBACK.has(address),
        dispatch,
        states: live,
        ccs: createCcsEndpoints(live, input.deps.clock),
        // Beside the command line, as the build lays them down.
        window: readPageFiles(join(import.meta.dirname, 'renderer')),
        bearer: token.value.token,
        onBug: (where, bug) => logger.write({ level: 'error', event: 'bug', where, bug: String(bug) }),
      })
    : token;
  if (!started.ok || !token.ok) {
    await service.value.close();
    return started.ok ? ExitCode.failed : reportError(input, started.error);
  }
  http = started.value;
  const link = http.link();
  input.terminal.note(m.cli_serving({ port: http.port, pid: process.pid }));
  input.terminal.note(m.cli_serving_token({ path: token.value.path }));
  printOwnLink(input, link);
  if (input.flags.has('open') && !(await openLink(http.link(), folder)))
    input.terminal.note(m.cli_open_failed());
  const code = await untilEnded(input, service.value);
  await http.close();
  await token.value.remove();
  return code;
}

/** With --json a line as those of the changes. */
function printOwnLink({ terminal, flags, deps }: CommandInput, url: string): void {
  const time = new Date(deps.clock.now()).toISOString();
  const line: ChangeLine = { time, kind: 'link', url };
  terminal.print(flags.has('json') ? JSON.stringify(line) : m.cli_serving_link({ url }));
}

async function printLink(input: CommandInput): Promise<ExitCode> {
  const context = createContext(input.deps);
  if (!context.ok) return reportError(input, context.error);
  const connection = await connectToService(socketPlace(context.value));
  if (connection === null) {
    const words = { message: m.cli_no_service(), next: m.cli_no_service_next() };
    return reportFailure(input, ExitCode.failed, { code: 'no-service', ...words });
  }
  const link = await createClient(connection).call('web.link', {});
  connection.dispose();
  if (!link.ok && link.error.code === 'not-offered') {
    const { host, pid } = connection.hello;
    const words = { message: m.cli_no_page({ host, pid }), next: m.cli_no_page_next() };
    return reportFailure(input, ExitCode.failed, { ...link.error, ...words });
  }
  if (!link.ok) return reportError(input, link.error);
  if (input.flags.has('json')) return reportJson(input.terminal, ExitCode.fine, link.value);
  input.terminal.print(link.value.url);
  return ExitCode.fine;
}

function addressOf({ values, flags }: CommandInput): string {
  const address = values.get('host') ?? '127.0.0.1';
  if (LOOPBACK.has(address) || flags.has('expose')) return address;
  throw new UsageError(
    `--host ${address} lets other machines reach the service, over HTTP that anyone between can read, and whoever ` +
      'has the link can change your keys. A tunnel (`ssh -L`) is safer; add --expose if you want it all the same',
  );
}

function portOf({ values }: CommandInput): number {
  const text = values.get('port') ?? String(DEFAULT_PORT);
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new UsageError('--port needs a number from 0 to 65535');
  return Number(text);
}
