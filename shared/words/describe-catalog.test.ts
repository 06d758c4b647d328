import { describe, expect, it } from 'vitest';
import { CatalogFault, type CatalogOrigin, type Thinking } from '../schema/catalog.ts';
import {
  describeCacheProblem,
  describeCatalogFault,
  describeOrigin,
  describeThinking,
} from './describe-catalog.ts';
import { clauseFaults, sentenceFaults } from './testing/text-faults.ts';

const NOW = 1_800_000_000_000;
const plain: Thinking = { budget: null, levels: [], maxLevel: null, zeroAllowed: null, dynamicAllowed: null };

describe('where the models are from', () => {
  it.each<[CatalogOrigin, string]>([
    [{ kind: 'live', fetchedMs: NOW, from: null }, 'just now'],
    [{ kind: 'cached', fetchedMs: NOW - 7_200_000, from: null }, '2 h ago'],
    [{ kind: 'stale', fetchedMs: NOW - 200_000_000, from: null }, '2 days ago'],
    [{ kind: 'stale', fetchedMs: NOW + 200_000_000, from: null }, 'in the future'],
    [{ kind: 'live', fetchedMs: NOW, from: 'office' }, "office's own definitions"],
    [{ kind: 'cached', fetchedMs: NOW - 7_200_000, from: 'office' }, "office's own definitions, fetched 2 h"],
    [{ kind: 'stale', fetchedMs: NOW - 200_000_000, from: 'office' }, "office's definitions were"],
    [{ kind: 'static' }, 'Built-in facts'],
  ])('%j says "%s"', (origin, words) => {
    expect(describeOrigin(origin, NOW)).toContain(words);
  });
});

describe.each([null, 'office'])('why nothing came from %s', (server) => {
  it.each(CatalogFault.options)('%s has words, and something to do', (fault) => {
    const { what, next } = describeCatalogFault(fault, server);
    expect([...clauseFaults(what), ...sentenceFaults(next)]).toEqual([]);
    expect(what.includes('office')).toBe(server !== null);
  });
});

describe('what is wrong with the cache', () => {
  it.each([
    { code: 'broken', path: '/c', keptAs: '/c.broken' },
    { code: 'broken', path: '/c', keptAs: null },
    { code: 'unreadable', path: '/c', reason: 'EACCES' },
    { code: 'unwritable', path: '/c', reason: 'EROFS' },
  ] as const)('%j names the file', (problem) => {
    expect(describeCacheProblem(problem)).toContain('/c');
  });
});

describe('how a model thinks', () => {
  it.each<[Thinking | null, string | null]>([
    [null, null],
    [plain, 'none'],
    [{ ...plain, levels: ['low', 'high'] }, 'low, high'],
    [{ ...plain, budget: { min: 1024, max: 64_000 } }, '1,024-64,000 tokens'],
    [{ ...plain, budget: { min: null, max: null } }, 'from 0 tokens'],
    [{ ...plain, levels: ['max'], budget: { min: 1, max: 9 } }, 'max, or 1-9 tokens'],
  ])('%j reads "%s"', (thinking, words) => {
    expect(describeThinking(thinking, 'en')).toBe(words);
  });

  it('writes numbers as the language does', () => {
    const budget = { min: 1024, max: 64_000 };
    expect(describeThinking({ ...plain, budget }, 'de')).toBe('1.024-64.000 tokens');
  });
});
