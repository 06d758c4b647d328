import type { MappingRisk } from '../../shared/rules/mapping-risks.ts';

/**
 * Whether a risk is marked in the list. Many providers take `//v1/messages` for what it should be, and some name their
 * address with the slash (Kimi does, and so does CCS's preset for it).
 */
export function isGrave(risk: MappingRisk['code']): boolean {
  return risk !== 'ends-in-slash';
}
