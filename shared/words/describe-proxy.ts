import { assertNever } from '../result.ts';
import type { ManagementWitness, ProxyObservation } from '../schema/observation.ts';
import * as m from './generated/messages.js';
import { listNames } from './list-names.ts';
import type { Observation } from './wording.ts';

/**
 * What was seen of the running proxy, never more, and what the user can do where something is left to do. `onServer`: it
 * is one elsewhere, whose file nobody here speaks of.
 */
export function describeProxy(observation: ProxyObservation, onServer = false): Observation {
  switch (observation.state) {
    case 'loaded':
      if (onServer) return { what: m.proxy_loaded_server(), next: null };
      if (observation.watching === false)
        return { what: m.proxy_loaded_not_watching(), next: m.proxy_restart() };
      return {
        what: observation.by === 'management-api' ? m.proxy_loaded_management() : m.proxy_loaded_models(),
        next: null,
      };
    case 'unverified':
      return unverifiedWords(observation);
    case 'not-running':
      return { what: m.proxy_not_running(), next: null };
    case 'not-loaded':
      return notLoadedWords(observation);
    default:
      return assertNever(observation);
  }
}

type Of<State extends ProxyObservation['state']> = Extract<ProxyObservation, { state: State }>;

function unverifiedWords({ why, management }: Of<'unverified'>): Observation {
  switch (why) {
    case 'only-credentials-changed':
      return { what: m.proxy_only_credentials(), next: managementNext(management) };
    case 'nothing-to-check':
      return { what: m.proxy_nothing_to_check(), next: managementNext(management) };
    case 'no-api-key':
      return { what: m.proxy_no_api_key(), next: m.proxy_no_api_key_next() };
    case 'api-key-refused':
      return { what: m.proxy_api_key_refused(), next: m.proxy_restart() };
    case 'no-model-list':
      return { what: m.proxy_no_model_list(), next: m.proxy_no_model_list_next() };
    case 'other-program':
      return { what: m.proxy_other_program(), next: m.proxy_other_program_next() };
    case 'other-config':
      return { what: m.proxy_other_config(), next: m.proxy_other_config_next() };
    case 'no-answer':
      return { what: m.proxy_no_answer(), next: m.proxy_no_answer_next() };
    case 'unreachable':
      return { what: m.proxy_unreachable(), next: m.proxy_unreachable_next() };
    case 'tls-failed':
      return { what: m.proxy_tls_failed(), next: m.proxy_tls_failed_next() };
    default:
      return assertNever(why);
  }
}

/** Only the management API shows keys and base URLs: what would let it answer. */
function managementNext(management: ManagementWitness): string | null {
  if (management === 'refused') return m.proxy_management_refused_next();
  if (management === 'no-key') return m.proxy_management_no_key_next();
  return management === 'forbidden' ? m.proxy_management_forbidden_next() : null;
}

function notLoadedWords(observation: Of<'not-loaded'>): Observation {
  const { why } = observation;
  switch (why) {
    case 'deaf':
      return { what: m.proxy_deaf(), next: m.proxy_restart() };
    case 'differs':
      // One that watches its file ignores it only where it finds it faulty, and says so in its log.
      return {
        what: differsWords(observation),
        next: observation.watching === true ? m.proxy_restart_log() : m.proxy_restart(),
      };
    case 'ghosts': {
      const ghosts = ghostNames(observation);
      return {
        what: ghosts === '' ? m.proxy_ghosts_unnamed() : m.proxy_ghosts({ ghosts }),
        next: m.proxy_restart(),
      };
    }
    default:
      return assertNever(why);
  }
}

function differsWords(observation: Of<'not-loaded'>): string {
  const missing = listNames(observation.missing, observation.missingCount);
  const ghosts = ghostNames(observation);
  if (missing !== '' && ghosts !== '') return m.proxy_differs_both({ missing, ghosts });
  if (missing !== '') return m.proxy_differs_missing({ missing });
  return ghosts === '' ? m.proxy_differs() : m.proxy_differs_ghosts({ ghosts });
}

function ghostNames({ ghosts, ghostCount }: Of<'not-loaded'>): string {
  return listNames(ghosts, ghostCount);
}
