/**
 * The prefix under which CLIProxyAPI serves an entry: without the spaces and slashes around it; one with a slash
 * within counts as none (seen with 7.2.99).
 */
export function servedPrefix(prefix: string): string {
  const trimmed = prefix.replace(/^[\s/]+|[\s/]+$/g, '');
  return trimmed.includes('/') ? '' : trimmed;
}
