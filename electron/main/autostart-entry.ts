/** The XDG autostart file that starts us at login. `words`: the program and its arguments. */
export function autostartEntry(words: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=CLIProxy Sync',
    `Exec=${escaped(words.map(quoted).join(' '))}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Whether such a file starts anything: desktops switch entries off by keys of their own instead of removing them. */
export function isAutostartOn(text: string): boolean {
  const values = new Map<string, string>();
  let group = '';
  for (const line of text.split(/\r?\n/)) {
    group = /^\[(.*)\]\s*$/.exec(line)?.[1] ?? group;
    const pair = /^([A-Za-z0-9-]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (group === 'Desktop Entry' && pair?.[1] !== undefined) values.set(pair[1], pair[2] ?? '');
  }
  const isOff = values.get('Hidden') === 'true' || values.get('X-GNOME-Autostart-enabled') === 'false';
  return !isOff && (values.get('Exec') ?? '') !== '';
}

/**
 * An argument as the Desktop Entry Specification has it ("The Exec key"): quoted, with a backslash before what means
 * something within quotes; `%` begins a field code and is doubled.
 */
function quoted(word: string): string {
  return `"${word.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`;
}

/** The same, within a value of the file: that is unescaped first. */
function escaped(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r');
}
