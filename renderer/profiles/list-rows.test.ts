import { describe, expect, it } from 'vitest';
import { profiles, SKIPPED } from '../../electron/testing/glance-profiles.ts';
import { type ListRow, listRows, neighbourOf, rowOfProfile, stepFrom, typeAhead } from './list-rows.ts';
import { groupProfiles } from './profile-groups.ts';

const groups = groupProfiles([...profiles(), ...SKIPPED]);
const rows = listRows(groups, (group) => group !== 'not-for-this-proxy');

function nameAt(index: number | null): string | null {
  const row: ListRow | undefined = rows[index ?? -1];
  return row?.kind === 'profile' ? row.profile.name : null;
}

describe('the rows of the list', () => {
  it('show of a closed group only its head, with its count', () => {
    expect(rows.at(-1)).toEqual({
      kind: 'group',
      id: 'group not-for-this-proxy',
      group: 'not-for-this-proxy',
      count: 10,
      isOpen: false,
    });
    expect(rows).toHaveLength(1 + 10 + 1 + 5 + 1);
  });

  it('tell each profile its place in its group', () => {
    expect(rows.find(({ id }) => id === rowOfProfile('hf'))).toMatchObject({ position: 2, of: 5 });
  });

  it.each([
    ['ArrowDown', -1, 0],
    ['ArrowUp', -1, 0],
    ['ArrowDown', 3, 4],
    ['ArrowUp', 0, 0],
    ['PageDown', 1, 11],
    ['Home', 9, 0],
    ['End', 2, 17],
    ['PageDown', 16, 17],
  ])('go with %s from %i to %i', (key, from, to) => {
    expect(stepFrom(rows, from, key)).toBe(to);
  });

  it('stay where a key has another meaning, or where there are none', () => {
    expect(stepFrom(rows, 3, 'Enter')).toBeNull();
    expect(stepFrom([], -1, 'End')).toBeNull();
  });

  it('are found by the start of a name, from the active one on and around', () => {
    expect(nameAt(typeAhead(rows, 0, 'g'))).toBe('glm');
    expect(nameAt(typeAhead(rows, 0, 'MIN'))).toBe('minimax');
    expect(nameAt(typeAhead(rows, rows.length - 1, 'd'))).toBe('deepseek');
    expect(typeAhead(rows, 0, 'nobody')).toBeNull();
  });

  it('go on to the next one where a letter is typed again', () => {
    const first = typeAhead(rows, 0, 'm');
    expect(nameAt(first)).toBe('minimax');
    expect(nameAt(typeAhead(rows, first ?? 0, 'mm'))).toBe('my_custom-1');
  });

  it('stay at a row that still fits what is typed on', () => {
    const at = typeAhead(rows, 0, 'mi');
    expect(typeAhead(rows, at ?? 0, 'min')).toBe(at);
  });

  it('name the neighbour to go to when a profile is gone', () => {
    expect(neighbourOf(rows, 'glm')).toBe('hf');
    expect(neighbourOf(rows, 'openrouter')).toBe('my.custom-1');
    expect(neighbourOf(rows, 'loop')).toBeNull();
    expect(
      neighbourOf(
        listRows(groupProfiles(profiles().slice(0, 1)), () => true),
        'glm',
      ),
    ).toBeNull();
  });
});
