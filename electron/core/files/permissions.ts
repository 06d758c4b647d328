/**
 * Whether the file's group or all others may read it, which for a file with keys is worth a report. Always false
 * on Windows, where mode bits say nothing.
 */
export function looseMode(mode: number, platform: NodeJS.Platform): boolean {
  return platform !== 'win32' && (mode & 0o044) !== 0;
}
