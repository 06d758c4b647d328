/** What the view asks in a dialog. */
export type Asked =
  | { readonly what: 'create' }
  | { readonly what: 'deleted' }
  | { readonly what: 'rename' | 'duplicate'; readonly name: string };
