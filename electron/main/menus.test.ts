import { describe, expect, it } from 'vitest';
import { applicationMenuRows, type ClickedPlace, contextMenuRows } from './menus.ts';

const FLAGS: ClickedPlace['editFlags'] = {
  canUndo: false,
  canRedo: false,
  canCut: false,
  canCopy: false,
  canPaste: true,
  canDelete: false,
  canSelectAll: true,
  canEditRichly: false,
};

const act = { settings: () => undefined, quit: () => undefined };

describe('the menu of a right click', () => {
  it('offers in a field what can be done there', () => {
    const rows = contextMenuRows({ isEditable: true, selectionText: '', editFlags: FLAGS });
    expect(rows?.map(({ role, enabled }) => [role, enabled])).toEqual([
      ['cut', false],
      ['copy', false],
      ['paste', true],
      [undefined, undefined],
      ['selectAll', true],
    ]);
  });

  it('copies what is selected elsewhere, and is none where nothing is', () => {
    const place = { isEditable: false, editFlags: FLAGS };
    expect(contextMenuRows({ ...place, selectionText: 'glm' })?.map(({ role }) => role)).toEqual(['copy']);
    expect(contextMenuRows({ ...place, selectionText: ' \n' })).toBeNull();
  });
});

describe('the menu bar', () => {
  it.each(['linux', 'win32'] as const)('is none on %s', (platform) => {
    expect(applicationMenuRows(platform, act)).toBeNull();
  });

  it('has the edit and zoom keys on macOS, and none that reload the page or open its tools', () => {
    const text = JSON.stringify(applicationMenuRows('darwin', act));
    for (const role of ['editMenu', 'zoomIn', 'zoomOut', 'resetZoom', 'windowMenu'])
      expect(text).toContain(role);
    expect(text).not.toMatch(/reload|devtools/i);
  });
});
