/** Whether a text that others may have written is a configuration. The parser is loaded for it: it is seldom asked. */
export async function isReadable(path: string, bytes: Uint8Array): Promise<boolean> {
  const { readTargetText } = await import('../targets/target-text.ts');
  return readTargetText(path, bytes, 'by-others').ok;
}
