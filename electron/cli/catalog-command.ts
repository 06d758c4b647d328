import {
  filterModels,
  findModels,
  listModels,
  type ListedModel,
  type ModelFilter,
  NO_FILTER,
} from '../../shared/catalog/filter-models.ts';
import { type Catalog, CatalogProvider, FactSource } from '../../shared/schema/catalog.ts';
import {
  describeCacheProblem,
  describeCatalogFault,
  describeOrigin,
} from '../../shared/words/describe-catalog.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { CommandBody, CommandInput } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { chosenTarget } from './find-target.ts';
import { modelDetails, modelRow } from './print-model.ts';
import { printTable } from './print-table.ts';
import { reportError, reportJson } from './report.ts';
import { painted } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

const FILTERS = [
  'provider',
  'search',
  'tier',
  'thinking',
  'context',
  'input',
  'output',
  'trouble',
  'source',
] as const;

export const catalogCommand: CommandBody = {
  usage: '[refresh | reset | show ID]',
  mostNames: 2,
  options: {
    provider: { value: 'NAME', help: `only this provider: ${CatalogProvider.options.join(', ')}` },
    search: { value: 'WORDS', help: 'only models with these words in id, name or description' },
    tier: { value: 'TIER', help: 'only models of this tier' },
    thinking: { value: 'YES|NO', help: 'only models that can think, or that can’t' },
    context: { value: 'TOKENS', help: 'only models with at least this context' },
    input: { value: 'KIND', help: 'only models that take this, as in image' },
    output: { value: 'KIND', help: 'only models that give this, as in image' },
    trouble: { value: 'ONLY|NONE', help: 'only models that are deprecated or broken, or none of them' },
    from: {
      value: 'NAME',
      help: 'with refresh: ask the proxy of this target now and from then on; `local` is this machine’s',
    },
    source: { value: 'SOURCE', help: `only models known from here: ${FactSource.options.join(', ')}` },
  },
  run: async (input) => {
    const [action = '', id] = input.names;
    const filter = filterOf(input);
    if (input.values.has('from') && action !== 'refresh') throw new UsageError('only refresh takes --from');
    switch (action) {
      case '':
        return list(input, filter);
      case 'show':
        if (id === undefined) throw new UsageError('show needs the ID of a model');
        return show(input, id);
      case 'refresh':
      case 'reset':
        if (id !== undefined) throw new UsageError(`${action} takes no ID`);
        return action === 'refresh' ? refresh(input) : reset(input);
      default:
        throw new UsageError(`catalog knows no \`${action}\``);
    }
  },
};

function filterOf({ names, values }: CommandInput): ModelFilter {
  const given = FILTERS.find((name) => values.has(name));
  if (given !== undefined && names.length > 0) throw new UsageError(`only the list takes --${given}`);
  const context = values.get('context');
  if (context !== undefined && !/^\d{1,12}$/.test(context))
    throw new UsageError('--context needs a number of tokens');
  return {
    ...NO_FILTER,
    search: values.get('search') ?? '',
    tier: values.get('tier') ?? null,
    input: values.get('input') ?? null,
    output: values.get('output') ?? null,
    contextLength: context === undefined ? null : Number(context),
    provider: oneOf(values, 'provider', CatalogProvider.options),
    thinking: oneOf(values, 'thinking', ['yes', 'no']),
    trouble: oneOf(values, 'trouble', ['only', 'none']),
    source: oneOf(values, 'source', FactSource.options),
  };
}

function oneOf<T extends string>(
  values: CommandInput['values'],
  name: string,
  allowed: readonly T[],
): T | null {
  const value = values.get(name)?.toLowerCase();
  if (value === undefined) return null;
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new UsageError(`--${name} needs one of ${allowed.join(', ')}`);
  return found;
}

async function list(input: CommandInput, filter: ModelFilter): Promise<ExitCode> {
  const catalog = await input.core.catalog();
  if (!catalog.ok) return reportError(input, catalog.error);
  if (input.flags.has('json'))
    return reportJson(input.terminal, ExitCode.fine, narrowed(catalog.value, filter));
  const models = filterModels(listModels(catalog.value), filter);
  if (models.length === 0) input.terminal.print(m.cli_catalog_none());
  else {
    const heading = ['PROVIDER', 'ID', 'NAME', 'CONTEXT', 'OUTPUT', 'THINKING', 'FROM', ''];
    printTable(input.terminal, [heading, ...models.map(modelRow)]);
  }
  input.terminal.print('');
  printState(input, catalog.value);
  return ExitCode.fine;
}

/** The same catalog with the models that match. */
function narrowed(catalog: Catalog, filter: ModelFilter): Catalog {
  const kept = new Set(filterModels(listModels(catalog), filter).map(({ model }) => model));
  const providers = catalog.providers
    .map((provider) => ({ ...provider, models: provider.models.filter((model) => kept.has(model)) }))
    .filter(({ models }) => models.length > 0);
  return { ...catalog, providers };
}

async function show(input: CommandInput, id: string): Promise<ExitCode> {
  const catalog = await input.core.catalog();
  if (!catalog.ok) return reportError(input, catalog.error);
  const found = findModels(listModels(catalog.value), id);
  if (found.length === 0) return reportError(input, { code: 'unknown-model', id });
  if (input.flags.has('json')) return reportJson(input.terminal, ExitCode.fine, { models: found });
  found.forEach((one, index) => {
    if (index > 0) input.terminal.print('');
    printDetails(input, one);
  });
  return ExitCode.fine;
}

function printDetails({ terminal }: CommandInput, listed: ListedModel): void {
  terminal.print(painted('bold', `${listed.model.name} (${listed.providerName})`));
  for (const [name, value] of modelDetails(listed))
    terminal.print(painted('dim', name.padEnd(12)), ` ${value}`);
}

async function refresh(input: CommandInput): Promise<ExitCode> {
  const from = chosenTarget(input, 'from');
  if (!from.ok) return reportError(input, from.error);
  // A script must not send a refused key again and again: five wrong ones shut everybody out.
  const ask = { from: from.value, retryRefused: input.terminal.interactive };
  const refreshing = input.core.refreshCatalog(ask);
  const catalog = await input.terminal.during(m.cli_catalog_refreshing(), refreshing);
  if (!catalog.ok) return reportError(input, catalog.error);
  const { fault, failed } = catalog.value.state;
  const exitCode = fault === null && failed.length === 0 ? ExitCode.fine : ExitCode.needsPerson;
  if (input.flags.has('json')) return reportJson(input.terminal, exitCode, catalog.value);
  printState(input, catalog.value);
  return exitCode;
}

async function reset(input: CommandInput): Promise<ExitCode> {
  const catalog = await input.core.resetCatalog();
  if (!catalog.ok) return reportError(input, catalog.error);
  if (input.flags.has('json')) return reportJson(input.terminal, ExitCode.fine, catalog.value);
  printState(input, catalog.value);
  return ExitCode.fine;
}

/** Where the models are from, and what keeps them from being newer. */
function printState({ terminal, deps }: CommandInput, { state, staticFacts }: Catalog): void {
  const server = state.asks?.name ?? null;
  terminal.print(m.cli_catalog_count({ count: state.models }));
  terminal.print(describeOrigin(state.origin, deps.clock.now()));
  if (state.origin.kind === 'static') terminal.print(painted('dim', m.cli_catalog_facts(staticFacts)));
  if (state.fault !== null) {
    const { what, next } = describeCatalogFault(state.fault, server);
    terminal.note(painted('yellow', what));
    terminal.note(next);
  } else if (state.origin.kind !== 'live' && state.origin.kind !== 'cached') {
    terminal.print(m.cli_catalog_refresh_next());
  }
  for (const { provider, why } of state.failed) {
    terminal.note(m.cli_catalog_failed({ provider, why: describeCatalogFault(why, server).what }));
  }
  if (state.cacheProblem !== null) terminal.note(describeCacheProblem(state.cacheProblem));
}
