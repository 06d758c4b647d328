/** A fingerprint as other programs show it, to be compared by eye: `AB:CD:…`. */
export function readableFingerprint(fingerprint: string): string {
  return (fingerprint.toUpperCase().match(/.{2}/g) ?? []).join(':');
}
