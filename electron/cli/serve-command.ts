import type { CommandBody } from './command.ts';
import { VERBOSE_LOG } from './watch-command.ts';

export const serveCommand: CommandBody = {
  usage: '',
  mostNames: 0,
  options: {
    port: { value: 'N', help: 'listen on this port (8417; 0: any that is free)' },
    host: { value: 'ADDRESS', help: 'listen on this address (127.0.0.1)' },
    expose: { value: null, help: 'agree to an address that other machines reach: HTTP is not encrypted' },
    open: { value: null, help: 'open the page in the browser' },
    link: { value: null, help: 'print a new link of the service that runs, and end' },
    verbose: VERBOSE_LOG,
  },
  alone: true,
  run: async (input) => (await import('./run-serve.ts')).runServe(input),
};
