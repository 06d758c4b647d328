import { assertNever } from '../result.ts';
import type { ConsentReason, PlanWarning } from '../schema/plan.ts';
import * as m from './generated/messages.js';
import { listNames } from './list-names.ts';
import { shellCommand } from './shell-word.ts';
import type { Wording } from './wording.ts';

/** What a plan warns of, and what the user can do; nothing is held back because of it. */
export function describeWarning(warning: PlanWarning): Wording {
  switch (warning.code) {
    case 'shared-bare-name': {
      const sharers = listNames(sharersOf(warning));
      return {
        what: m.warning_shared_bare_name({ name: warning.name, sharers }),
        next: m.warning_shared_bare_name_next(),
      };
    }
    case 'prefix-shared': {
      const { profile, prefix, line } = warning;
      return {
        what:
          line === null
            ? m.warning_prefix_shared_server({ profile, prefix })
            : m.warning_prefix_shared({ profile, prefix, line }),
        next: m.warning_prefix_shared_next(),
      };
    }
    case 'users-own': {
      const { profile, line } = warning;
      const what =
        line === null ? m.warning_users_own_server({ profile }) : m.warning_users_own({ profile, line });
      return { what, next: m.warning_users_own_next() };
    }
    case 'changed-by-hand': {
      const { profile, line } = warning;
      const what =
        line === null
          ? m.warning_changed_by_hand_server({ profile })
          : m.warning_changed_by_hand({ profile, line });
      return { what, next: m.warning_changed_by_hand_next() };
    }
    case 'ledger-lost':
      return { what: m.warning_ledger_lost(), next: m.warning_ledger_lost_next() };
    case 'base-url':
      return baseUrlWarning(warning);
    case 'readable-by-others': {
      const { path, mode } = warning;
      const command = shellCommand('chmod', '600', path);
      return {
        what: m.warning_readable_by_others({ path, mode }),
        next: m.warning_readable_by_others_next({ command }),
      };
    }
    case 'registry-unreadable': {
      const { path, lastKnown } = warning;
      const what = lastKnown ? m.warning_registry_last_known({ path }) : m.warning_registry_unknown({ path });
      return { what, next: m.warning_registry_next() };
    }
    case 'fields-dropped': {
      const { prefix } = warning;
      const fields = listNames(warning.fields);
      const what =
        prefix === ''
          ? m.warning_fields_dropped_no_prefix({ fields })
          : m.warning_fields_dropped({ fields, prefix });
      return { what, next: m.warning_fields_dropped_next() };
    }
    default:
      return assertNever(warning);
  }
}

/** Why a plan must be agreed to by a person first. */
export function describeConsent(reason: ConsentReason): string {
  switch (reason.code) {
    case 'mass-removal':
      return m.consent_mass_removal({ removed: reason.removed, owned: reason.owned });
    case 'force-model-prefix':
      return m.consent_force_model_prefix({ profiles: listNames(reason.profiles) });
    case 'first-sync':
      return m.consent_first_sync({ count: reason.entries });
    case 'adoption':
      return m.consent_adoption({ profiles: listNames(reason.profiles) });
    default:
      return assertNever(reason);
  }
}

type Of<Code extends PlanWarning['code']> = Extract<PlanWarning, { code: Code }>;

function sharersOf({ profiles, others, elsewhere }: Of<'shared-bare-name'>): readonly string[] {
  return [...profiles, ...others.map(sharerOf), ...(elsewhere ? [m.sharer_elsewhere()] : [])];
}

function sharerOf({ prefix, line }: Of<'shared-bare-name'>['others'][number]): string {
  if (line === null) return prefix === '' ? m.sharer_server_without_prefix() : m.sharer_server({ prefix });
  return prefix === '' ? m.sharer_entry_without_prefix({ line }) : m.sharer_entry({ prefix, line });
}

/** The risk is a code of shared/rules/mapping-risks.ts. */
function baseUrlWarning({ profile, risk, baseUrl: url }: Of<'base-url'>): Wording {
  switch (risk) {
    case 'ends-in-v1':
      return {
        what: m.warning_base_url_ends_in_v1({ profile, url }),
        next: m.warning_base_url_ends_in_v1_next(),
      };
    case 'ends-in-slash':
      return {
        what: m.warning_base_url_ends_in_slash({ profile, url }),
        next: m.warning_base_url_ends_in_slash_next(),
      };
    case 'not-http':
      return { what: m.warning_base_url_not_http({ profile, url }), next: m.warning_base_url_next() };
    case 'white-space':
      return { what: m.warning_base_url_white_space({ profile, url }), next: m.warning_base_url_next() };
    case 'unparsable':
      return { what: m.warning_base_url_unparsable({ profile, url }), next: m.warning_base_url_next() };
    default:
      return { what: m.warning_base_url_other({ profile, url }), next: m.warning_base_url_next() };
  }
}
