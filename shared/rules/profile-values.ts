/** Whether a text can be a base URL: an http or https address without a masked part; `''` names none. */
export function isBaseUrl(value: string): boolean {
  if (value === '') return true;
  return /^https?:$/.test(protocolOf(value)) && !/[\s\p{Control}\p{Surrogate}…]/u.test(value);
}

/** Whether a text can be a model's name; `''` names none. */
export function isModelName(value: string): boolean {
  return !/[\p{Control}\p{Surrogate}]/u.test(value);
}

/** Whether a text can be one of several models' names, which are kept in one value, between commas. */
export function isListedModelName(value: string): boolean {
  return isModelName(value) && !value.includes(',');
}

/** Whether a text can be a key: it becomes a header's value, and a masked one (`…3f9a`) is none. */
export function isKeyText(value: string): boolean {
  return /^[ -~]*$/.test(value);
}

function protocolOf(text: string): string {
  try {
    return new URL(text).protocol;
  } catch {
    return '';
  }
}
