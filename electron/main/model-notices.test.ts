import { describe, expect, it } from 'vitest';
import type { ModelTrouble } from '../../shared/catalog/judge-model.ts';
import type { TroubledProfile } from '../../shared/catalog/troubled-profiles.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';
import { routeTo } from '../../shared/state/routes.ts';
import { clauseFaults, sentenceFaults } from '../../shared/words/testing/text-faults.ts';
import { judgeModelNotices } from './model-notices.ts';

function troubled(
  profile: string,
  model: string,
  kind: ModelTrouble['kind'] = 'deprecated',
): TroubledProfile {
  const trouble = {
    kind,
    provider: 'claude',
    providerName: 'Claude',
    reason: null,
    replacement: null,
  } as const;
  return { profile, model, trouble };
}

function named(name: string, ...models: readonly string[]): Pick<ProfileStatus, 'name' | 'entry'> {
  const key = { present: true, last4: null, fingerprint: 'f' };
  return { name, entry: { prefix: `${name}-`, baseUrl: '', models, key } };
}

const OLD = troubled('glm', 'claude-old');
const GLM = named('glm', 'claude-old');

describe('the notice of models that something speaks against', () => {
  it('tells of one with all that is known, and leads to its profile', () => {
    const { note } = judgeModelNotices({ said: [], troubled: [OLD], profiles: [GLM] });
    expect(note).toMatchObject({
      title: '1 profile uses a deprecated model',
      body: 'Profile glm: claude-old is deprecated at Claude.',
    });
    expect(note && routeTo(note.route)).toBe('#/profiles/glm');
  });

  it('tells of several in one, and leads to all profiles', () => {
    const both = [OLD, troubled('km', 'claude-bad', 'broken')];
    const profiles = [GLM, named('km', 'claude-bad')];
    const { note } = judgeModelNotices({ said: [], troubled: both, profiles });
    expect(note?.title).toBe('2 profiles use deprecated, broken or unknown models');
    expect(note?.body).toContain('glm and km');
    expect(note && routeTo(note.route)).toBe('#/profiles');
    expect([...clauseFaults(note?.title ?? ''), ...sentenceFaults(note?.body ?? '')]).toEqual([]);
  });

  it('tells each once, and only what is new', () => {
    const first = judgeModelNotices({ said: ['no-tray'], troubled: [OLD], profiles: [GLM] });
    expect(first.said).toContain('no-tray');
    expect(judgeModelNotices({ said: first.said, troubled: [OLD], profiles: [GLM] }).note).toBeNull();
    const profiles = [GLM, named('km', 'claude-odd')];
    const more = [OLD, troubled('km', 'claude-odd', 'unknown')];
    const second = judgeModelNotices({ said: first.said, troubled: more, profiles });
    expect(second.note?.title).toBe('1 profile uses an unknown model');
    expect(second.note && routeTo(second.note.route)).toBe('#/profiles/km');
  });

  it('tells nothing again because the catalog had no opinion for a while', () => {
    const { said } = judgeModelNotices({ said: [], troubled: [OLD], profiles: [GLM] });
    const quiet = judgeModelNotices({ said, troubled: [], profiles: [GLM] });
    expect(judgeModelNotices({ said: quiet.said, troubled: [OLD], profiles: [GLM] }).note).toBeNull();
  });

  it('tells it again where the profile had another model meanwhile, and where it became worse', () => {
    const { said } = judgeModelNotices({ said: [], troubled: [OLD], profiles: [GLM] });
    const other = judgeModelNotices({ said, troubled: [], profiles: [named('glm', 'claude-new')] });
    expect(other.said).toEqual([]);
    expect(judgeModelNotices({ said: other.said, troubled: [OLD], profiles: [GLM] }).note).not.toBeNull();
    const worse = [troubled('glm', 'claude-old', 'broken')];
    expect(judgeModelNotices({ said, troubled: worse, profiles: [GLM] }).note).not.toBeNull();
  });

  it('does not forget what was told while no profile is known at all', () => {
    const told = judgeModelNotices({ said: ['window-size'], troubled: [OLD], profiles: [GLM] });
    const blind = judgeModelNotices({ said: told.said, troubled: [], profiles: [] });
    expect(judgeModelNotices({ said: blind.said, troubled: [OLD], profiles: [GLM] }).note).toBeNull();
  });
});
