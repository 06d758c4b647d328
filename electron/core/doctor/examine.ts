import { existsSync } from 'node:fs';
import type { AppError } from '../../../shared/errors.ts';
import type { DoctorReport, Finding, GradedFinding } from '../../../shared/schema/finding.ts';
import { mappingRisks } from '../../../shared/rules/mapping-risks.ts';
import { skipGroup } from '../../../shared/schema/skip-group.ts';
import { looseMode } from '../files/permissions.ts';
import { type BareNames, sharedBareNames } from '../plan/bare-names.ts';
import { maskUrl } from '../plan/mask.ts';
import { matchOwned, modelNames } from '../plan/match-owned.ts';
import { namesOf } from '../plan/plan-warnings.ts';
import { readRemoteTargets } from '../targets/remote-targets.ts';
import { type TargetContent, readTargetText } from '../targets/target-text.ts';
import type { SectionEntry } from '../yaml/section.ts';
import type { TargetContext } from '../sync/file-place.ts';
import { peekHome } from '../sync/home.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { type Survey, surveyTarget } from '../sync/status.ts';
import { locateTarget, type World } from '../sync/world.ts';

/**
 * Looks at everything that can keep profiles from reaching the proxy, or that is not as safe as it should be, and
 * changes nothing. Never fails: what can't be looked at is a finding itself.
 */
export async function examine(context: SyncContext, remotes = false): Promise<DoctorReport> {
  const [local, servers] = await Promise.all([examineLocal(context), remotes ? aboutRemotes(context) : []]);
  return { ...local, findings: [...local.findings, ...servers] };
}

/** What keeps each remote server that is not paused from being read. */
async function aboutRemotes(context: SyncContext): Promise<readonly GradedFinding[]> {
  const home = peekHome(context.stateFolder, context.ccsDirectory);
  const targets = home.ok ? readRemoteTargets(home.value.folder) : home;
  if (!targets.ok) return [problem({ code: 'error', error: targets.error })];
  const active = targets.value.filter(({ paused }) => !paused);
  const looks = await Promise.all(
    active.map(({ id }) => surveyTarget(context, { target: id, proxy: false })),
  );
  return looks.flatMap((look) => (look.ok ? [] : [problem({ code: 'error', error: look.error })]));
}

async function examineLocal(context: SyncContext): Promise<DoctorReport> {
  const target = await locateTarget(context);
  if (!target.ok) return broken(target.error);
  const journal = existsSync(target.value.place.shared.journal)
    ? [problem({ code: 'unfinished-write', path: target.value.place.path })]
    : [];
  const survey = await surveyTarget(context);
  if (!survey.ok && survey.error.code === 'target-missing' && isUnused(target.value))
    return { findings: [note({ code: 'error', error: survey.error })], checked: [] };
  if (!survey.ok)
    return { ...broken(survey.error), findings: [...journal, ...broken(survey.error).findings] };
  const content = readTargetText(target.value.place.path, survey.value.state.bytes, 'by-others');
  if (!content.ok) return broken(content.error);
  return {
    findings: [
      ...journal,
      ...aboutPlan(survey.value),
      ...aboutProfiles(survey.value, context.platform),
      ...aboutConfig(survey.value, content.value, target.value),
      ...aboutProxy(survey.value),
    ],
    checked: ['ccs-directory', 'registry', 'profiles', 'target', 'permissions', 'mapping', 'proxy'],
  };
}

/** Who syncs servers only needs no file here, as long as we never wrote one. */
function isUnused({ home, place }: TargetContext): boolean {
  const remotes = readRemoteTargets(home.folder);
  return remotes.ok && remotes.value.some(({ paused }) => !paused) && !existsSync(place.ledger);
}

function broken(error: AppError): DoctorReport {
  return { findings: [problem({ code: 'error', error })], checked: [] };
}

function problem(finding: Finding): GradedFinding {
  return { grade: 'problem', finding };
}

function note(finding: Finding): GradedFinding {
  return { grade: 'note', finding };
}

function aboutPlan({ report, prepared }: Survey): GradedFinding[] {
  const pending = prepared.plan.operations.filter(({ op }) => op !== 'leave' && op !== 'review').length;
  const review = prepared.plan.operations.filter(({ op }) => op === 'review').length;
  const { held } = report.plan;
  // What is not managed waits for nothing.
  const isManaged = report.state !== 'released';
  const asks = review > 0 || report.plan.consent.length > 0;
  return [
    ...(isManaged && pending > 0 ? [problem({ code: 'pending', count: pending })] : []),
    ...(isManaged && asks ? [problem({ code: 'review', count: review || pending })] : []),
    ...(held.length > 0 ? [note({ code: 'held', profiles: held })] : []),
    // Risks of base URLs and shared names are looked at for all entries below, not only for those about to change.
    ...report.plan.warnings
      .filter(({ code }) => code !== 'base-url' && code !== 'shared-bare-name')
      .map((warning) => problem({ code: 'warning', warning })),
    ...(report.autoSync === 'on' ? [note({ code: 'ccs-syncs-too' })] : []),
  ];
}

function aboutProfiles({ report, world }: Survey, platform: NodeJS.Platform): GradedFinding[] {
  const findings = report.plan.skipped.flatMap(({ profile, path, reason }) => {
    // After a release it is our own former entry that has the prefix, and that is as it was asked for.
    if (report.state === 'released' && reason.code === 'prefix-taken') return [];
    const finding: Finding = { code: 'skipped', profile, path, reason };
    return [skipGroup(reason.code) === 'needs-you' ? problem(finding) : note(finding)];
  });
  const readable = world.snapshot.profiles.flatMap(({ path, file }) =>
    file.state === 'read' && file.token !== null && looseMode(file.mode, platform) ? [path] : [],
  );
  if (readable.length > 0) findings.push(problem({ code: 'profiles-readable', paths: readable }));
  for (const { name, path, state, registered } of report.profiles) {
    if (!registered && state !== 'skipped')
      findings.push(note({ code: 'unregistered', profile: name, path }));
  }
  for (const at of world.config?.problems ?? []) {
    findings.push(problem({ code: 'registry-problem', path: world.snapshot.ccsDirectory, at }));
  }
  return findings;
}

function aboutConfig(
  survey: Survey,
  content: TargetContent,
  { home, place }: TargetContext,
): GradedFinding[] {
  const { facts, entries } = content;
  const { wanted } = survey.prepared.wishes;
  const { path } = place;
  const matches = matchOwned(survey.state.found.ledger.entries, entries, home.fingerprint);
  const owners = new Map([...matches].map(([{ profile }, { entry }]) => [entry, profile]));
  const risks = wanted.flatMap(({ profile, baseUrl }) =>
    mappingRisks(baseUrl).map((risk) =>
      problem({
        code: 'warning',
        warning: { code: 'base-url', profile, risk: risk.code, baseUrl: maskUrl(baseUrl) },
      }),
    ),
  );
  return [
    ...risks,
    ...(facts.forceModelPrefix
      ? [note({ code: 'force-model-prefix', path })]
      : sharedNames(content, owners, survey.world)),
    ...orphans(survey, content, owners),
    ...copies(content, owners),
    ...entries
      .filter(({ malformed }) => malformed)
      .map(({ line }) => problem({ code: 'malformed-entry', line })),
    ...(facts.host === '' ? [note({ code: 'listens-everywhere', path })] : []),
    ...(facts.apiKeys.length === 0 ? [problem({ code: 'serves-anyone', path })] : []),
    ...(facts.port === place.port
      ? []
      : [problem({ code: 'port-differs', path, ccs: place.port, file: facts.port })]),
  ];
}

function sharedNames(
  { entries, facts }: TargetContent,
  owners: ReadonlyMap<SectionEntry, string>,
  world: World,
): GradedFinding[] {
  const credentials = entries
    .filter(({ malformed }) => !malformed)
    .map((entry): BareNames => {
      return {
        profile: owners.get(entry) ?? null,
        prefix: entry.prefix,
        line: entry.line,
        names: namesOf(entry),
      };
    });
  const elsewhere = new Set([...facts.otherModelNames, ...world.loginNames(facts.authDir)]);
  return sharedBareNames(credentials, elsewhere).flatMap((shared) => {
    const profiles = shared.credentials.flatMap(({ profile }) => profile ?? []);
    if (profiles.length === 0) return [];
    const others = shared.credentials.flatMap(({ profile, prefix, line }) =>
      profile === null ? [{ prefix, line }] : [],
    );
    const { name, elsewhere } = shared;
    return [
      problem({ code: 'warning', warning: { code: 'shared-bare-name', name, profiles, others, elsewhere } }),
    ];
  });
}

/** Entries of the very form that CCS writes, for which there is no profile any more: CCS never takes out the last. */
function orphans(
  { prepared, world }: Survey,
  { entries }: TargetContent,
  owners: ReadonlyMap<SectionEntry, string>,
): GradedFinding[] {
  const { wanted, unreadable } = prepared.wishes;
  // A profile that can't be read just now may be the one that asks for it.
  if (unreadable.size > 0 || world.registry === 'unknown') return [];
  const credentialOf = (of: { apiKey: string; baseUrl: string }): string =>
    JSON.stringify([of.apiKey, of.baseUrl]);
  const asked = new Set(wanted.map(credentialOf));
  return entries
    .filter(
      (entry) =>
        !owners.has(entry) &&
        !asked.has(credentialOf(entry)) &&
        !entry.malformed &&
        entry.prefix === '' &&
        entry.proxyUrl === '' &&
        entry.apiKey !== '' &&
        entry.otherFields.every((field) => field === 'id') &&
        entry.models.every(({ alias, extra }) => alias === '' && !extra),
    )
    .map((entry) =>
      problem({
        code: 'orphan-entry',
        line: entry.line,
        baseUrl: maskUrl(entry.baseUrl),
        models: modelNames(entry),
      }),
    );
}

/** A prefix that was changed by hand makes an entry somebody else's; ours comes back beside it. */
function copies({ entries }: TargetContent, owners: ReadonlyMap<SectionEntry, string>): GradedFinding[] {
  const credentialOf = ({ apiKey, baseUrl }: SectionEntry): string => JSON.stringify([apiKey, baseUrl]);
  const ours = new Map([...owners].map(([entry, profile]) => [credentialOf(entry), profile]));
  return entries.flatMap((entry) => {
    const profile = ours.get(credentialOf(entry));
    const isCopy = profile !== undefined && !owners.has(entry) && !entry.malformed;
    const { line, prefix } = entry;
    return isCopy ? [note({ code: 'key-elsewhere', line, profile, prefix })] : [];
  });
}

function aboutProxy({ report }: Survey): GradedFinding[] {
  if (report.proxy === null || report.proxy.state === 'loaded') return [];
  const finding: Finding = { code: 'proxy', observation: report.proxy };
  return report.proxy.state === 'not-loaded' ? [problem(finding)] : [note(finding)];
}
