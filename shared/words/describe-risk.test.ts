import { describe, expect, it } from 'vitest';
import { mappingRisks } from '../rules/mapping-risks.ts';
import { describeRisk } from './describe-risk.ts';
import { clauseFaults, sentenceFaults } from './testing/text-faults.ts';

describe('the words of a risky base URL', () => {
  it.each(['https://x.test/v1', 'https://x.test/', 'ftp://x.test', 'https://x.test/a b', 'nothing'])(
    'say what is wrong with it and what to do: %s',
    (baseUrl) => {
      const [risk] = mappingRisks(baseUrl);
      const { what, next } = describeRisk(risk?.code ?? expect.fail());
      expect([...clauseFaults(what), ...sentenceFaults(next)]).toEqual([]);
    },
  );
});
