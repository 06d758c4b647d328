/** Where CLIProxyAPI listens where neither its configuration nor CCS's settings name a port. */
export const DEFAULT_PROXY_PORT = 8317;

/** What we read of a CLIProxyAPI configuration besides its `claude-api-key` section. */
export interface ConfigFacts {
  /** `''` listens on all interfaces. */
  readonly host: string;
  /** `DEFAULT_PROXY_PORT` where the file names none. */
  readonly port: number;
  readonly tls: boolean;
  readonly apiKeys: readonly string[];
  /** `remote-management.secret-key` as it stands: empty, plain, or a bcrypt hash. */
  readonly secretKey: string;
  readonly forceModelPrefix: boolean;
  readonly authDir: string;
  /** Names that clients may ask for, which other credential sections of the file serve too. */
  readonly otherModelNames: ReadonlySet<string>;
}
