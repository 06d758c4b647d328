/** One row of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly danger?: boolean;
  readonly act: () => void;
}
