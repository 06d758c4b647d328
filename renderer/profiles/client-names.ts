/** The name under which clients of the proxy ask for a model of a profile: `glm-/glm-5`. */
export function clientName(prefix: string, model: string): string {
  return `${prefix}/${model}`;
}

/** CCS's clients, by the words of its registry; an unknown one is given as it is. */
const CLIENT_PRODUCTS: Readonly<Record<string, string>> = {
  claude: 'Claude Code',
  droid: 'Factory Droid',
  codex: 'Codex CLI',
};

/** The product that CCS starts for a profile: a name, the same in every language. */
export function clientProduct(target: string): string {
  return CLIENT_PRODUCTS[target] ?? target;
}
