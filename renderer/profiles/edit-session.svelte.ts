import type { AppError } from '../../shared/errors.ts';
import type { Profile, UpdateProfile } from '../../shared/schema/profile.ts';
import type { App } from '../state/app.svelte.ts';
import { checkRaw, type RawFault, textForField, textForFile } from './check-raw.ts';
import { changedFields, changesOf, type FormField, formOf, problemsOf, rebased } from './profile-form.ts';

export type EditTab = 'fields' | 'text';

/** How an edit begins. */
export interface EditStart {
  readonly tab: EditTab;
  /** The field that the user came for. */
  readonly focus: 'key' | 'target' | null;
}

/** What is typed about a profile until it is saved or thrown away. */
export interface EditSession {
  tab: EditTab;
  readonly form: { -readonly [Field in FormField]: string };
  text: string;
  /** The version that the edit is based on. */
  readonly base: Profile;
  /** What the file became meanwhile, while something is typed that it would take away; the user has to choose. */
  readonly newer: Profile | null;
  readonly changed: readonly FormField[];
  readonly isTextChanged: boolean;
  readonly isDirty: boolean;
  readonly problems: Readonly<Partial<Record<FormField, string>>>;
  readonly textFault: RawFault | null;
  readonly isBusy: boolean;
  readonly error: AppError | null;
  /** Takes what the service tells of the file: followed where nothing was typed, else put beside. */
  follow(profile: Profile): void;
  takeNewer(): void;
  keepMine(): void;
  /** Answers the profile as it was saved; null where it was not. */
  save(): Promise<Profile | null>;
}

export function createEditSession(app: App, opened: Profile, tab: EditTab): EditSession {
  let shownTab = $state<EditTab>(tab);
  let base = $state.raw(opened);
  let newer = $state.raw<Profile | null>(null);
  let form = $state<{ -readonly [Field in FormField]: string }>(formOf(opened));
  let text = $state(textForField(opened.raw ?? ''));
  let isBusy = $state(false);
  let failure = $state.raw<{ readonly error: AppError; readonly of: string } | null>(null);

  const start = $derived(formOf(base));
  const changed = $derived(changedFields(form, start));
  const isTextChanged = $derived(text !== textForField(base.raw ?? ''));
  const textFault = $derived(isTextChanged ? checkRaw(text) : null);
  const problems = $derived(problemsOf(form, start));
  const typed = $derived(JSON.stringify([text, form]));

  const restart = (from: Profile): void => {
    base = from;
    newer = null;
    form = formOf(from);
    text = textForField(from.raw ?? '');
    failure = null;
  };
  const update = async (change: UpdateProfile['change']): Promise<boolean> => {
    const answer = await app.client.call('profiles.update', {
      name: base.name,
      version: base.version,
      change,
    });
    if (answer.ok) {
      base = answer.value;
      return true;
    }
    if (answer.error.code === 'profile-changed-since') newer = answer.error.newer;
    else failure = { error: answer.error, of: typed };
    return false;
  };
  /** The client stands in CCS's registry, everything else in the file: two changes, the file's first. */
  const saveForm = async (): Promise<boolean> => {
    const set = changesOf(form, start);
    const { target } = form;
    const isTargetChanged = changed.includes('target');
    if (Object.keys(set).length > 0 && !(await update({ kind: 'fields', set }))) return false;
    form = { ...formOf(base), target };
    return !isTargetChanged || !isTarget(target) || update({ kind: 'target', target });
  };
  return {
    get tab() {
      return shownTab;
    },
    set tab(next) {
      shownTab = next;
    },
    get form() {
      return form;
    },
    get text() {
      return text;
    },
    set text(next) {
      text = next;
    },
    get base() {
      return base;
    },
    get newer() {
      return newer;
    },
    get changed() {
      return changed;
    },
    get isTextChanged() {
      return isTextChanged;
    },
    get isDirty() {
      return isTextChanged || changed.length > 0;
    },
    get problems() {
      return problems;
    },
    get textFault() {
      return textFault;
    },
    get isBusy() {
      return isBusy;
    },
    get error() {
      // What was refused is said until it is corrected.
      return failure?.of === typed ? failure.error : null;
    },
    follow: (profile) => {
      if (isBusy || (profile.version === base.version && profile.target === base.target)) return;
      if (isTextChanged || changed.length > 0) newer = profile;
      else restart(profile);
    },
    takeNewer: () => {
      if (newer !== null) restart(newer);
    },
    keepMine: () => {
      if (newer === null) return;
      form = rebased(form, start, formOf(newer));
      if (!isTextChanged) text = textForField(newer.raw ?? '');
      base = newer;
      newer = null;
    },
    save: async () => {
      isBusy = true;
      failure = null;
      const isSaved = isTextChanged
        ? await update({ kind: 'raw', text: textForFile(text, base.raw ?? '') })
        : await saveForm();
      isBusy = false;
      return isSaved ? base : null;
    },
  };
}

function isTarget(target: string): target is 'claude' | 'droid' | 'codex' {
  return target === 'claude' || target === 'droid' || target === 'codex';
}
