/** What a colour may say; always together with a glyph and a word. */
export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'info';
