/** What one syncable profile asks of a target: one `claude-api-key` entry. */
export interface WantedEntry {
  /** The profile's name. */
  readonly profile: string;
  /** The sanitized name and a hyphen: `my.custom-1` gives `my-custom-1-`. */
  readonly prefix: string;
  readonly apiKey: string;
  /** `''` where the profile names none. */
  readonly baseUrl: string;
  /** Model names without duplicates, the profile's default first. */
  readonly models: readonly string[];
}
