import type { EntryModel, ModelEdit } from '../yaml/section.ts';

/**
 * What must change in an entry's models so that it serves every wanted name. Only items whose names we own are
 * touched; a name that another one replaces keeps its item's other fields. Order says nothing to CLIProxyAPI,
 * so a mere reordering is no change. Indexes are those of `models`, whatever the other edits do.
 */
export function modelEdits(
  models: readonly EntryModel[],
  owned: readonly string[],
  wanted: readonly string[],
): readonly ModelEdit[] {
  const present = new Set(models.map((model) => model.name));
  const ours = new Set(owned);
  const asked = new Set(wanted);
  const added = wanted.filter((name) => !present.has(name));
  const dropped: number[] = [];
  models.forEach((model, index) => {
    if (ours.has(model.name) && !asked.has(model.name)) dropped.push(index);
  });

  const edits: ModelEdit[] = [];
  dropped.forEach((index, place) => {
    const name = added[place];
    edits.push(name === undefined ? { op: 'remove', index } : { op: 'rename', index, name });
  });
  for (const name of added.slice(dropped.length)) edits.push({ op: 'add', name });
  return edits;
}
