import { describe, expect, it } from 'vitest';
import { profiles, SKIPPED } from '../../electron/testing/glance-profiles.ts';
import { listRows, rowOfProfile } from './list-rows.ts';
import { type GroupName, groupProfiles } from './profile-groups.ts';
import { createTreeKeys } from './tree-keys.ts';

function tree(): {
  readonly press: (key: string, held?: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>>) => boolean;
  readonly wait: (ms: number) => void;
  readonly active: string | undefined;
  readonly said: readonly string[];
} {
  const closed = new Set<GroupName>(['not-for-this-proxy']);
  const rows = () => listRows(groupProfiles([...profiles(), ...SKIPPED]), (group) => !closed.has(group));
  const said: string[] = [];
  let active = -1;
  let now = 0;
  const keys = createTreeKeys({
    rows,
    active: () => active,
    goTo: (index) => (active = index),
    act: ({ id }) => said.push(`act ${id}`),
    toggle: (group) => {
      if (!closed.delete(group)) closed.add(group);
      said.push(`toggle ${group}`);
    },
    other: (key, name) => {
      if (key !== '/' && key !== 'F2') return false;
      said.push(`${key} ${name ?? '-'}`);
      return true;
    },
    now: () => now,
  });
  return {
    press: (key, held = {}) => {
      let isTaken = false;
      const none = { ctrlKey: false, metaKey: false, altKey: false };
      keys({ ...none, ...held, key, preventDefault: () => (isTaken = true) });
      return isTaken;
    },
    wait: (ms) => (now += ms),
    get active() {
      return rows()[active]?.id;
    },
    said,
  };
}

describe('the keys of the list', () => {
  it('go down, up, to the ends, and open', () => {
    const list = tree();
    list.press('ArrowDown');
    list.press('ArrowDown');
    expect(list.active).toBe(rowOfProfile('lost'));
    list.press('Enter');
    list.press('End');
    list.press(' ');
    expect(list.said).toEqual([`act ${rowOfProfile('lost')}`, 'act group not-for-this-proxy']);
  });

  it('open a closed group to the right, step into it, and come back and close it to the left', () => {
    const list = tree();
    list.press('End');
    list.press('ArrowRight');
    expect(list.said).toEqual(['toggle not-for-this-proxy']);
    list.press('ArrowRight');
    expect(list.active).toBe(rowOfProfile('default'));
    list.press('ArrowLeft');
    expect(list.active).toBe('group not-for-this-proxy');
    list.press('ArrowLeft');
    expect(list.said).toEqual(['toggle not-for-this-proxy', 'toggle not-for-this-proxy']);
  });

  it('find a name while it is typed, and begin anew after a pause', () => {
    const list = tree();
    list.press('o');
    expect(list.active).toBe(rowOfProfile('openrouter'));
    list.wait(1000);
    list.press('k');
    list.wait(100);
    list.press('m');
    expect(list.active).toBe(rowOfProfile('km'));
  });

  it('give away what has another meaning, with the profile that it is about', () => {
    const list = tree();
    expect(list.press('/')).toBe(true);
    list.press('k');
    list.press('F2');
    expect(list.said).toEqual(['/ -', 'F2 km']);
  });

  it('leave to the window what is not theirs', () => {
    const list = tree();
    expect(list.press('Tab')).toBe(false);
    expect(list.press('n', { ctrlKey: true })).toBe(false);
    expect(list.active).toBeUndefined();
  });
});
