import { describe, expect, it } from 'vitest';
import { findProvider } from './find-provider.ts';

describe('the provider behind a base URL', () => {
  it.each([
    ['', 'claude'],
    ['https://api.anthropic.com', 'claude'],
    ['https://API.anthropic.com/v1 ', 'claude'],
    ['https://api.kimi.com/coding/', 'kimi'],
    ['https://api.x.ai', 'xai'],
    ['http://127.0.0.1:8317/api/provider/agy', 'agy'],
    ['http://127.0.0.1:8317/api/provider/codex/v1', 'codex'],
  ])('of %j is %s', (baseUrl, provider) => {
    expect(findProvider(baseUrl)).toBe(provider);
  });

  it.each([
    'https://api.z.ai/api/anthropic',
    'https://api.deepseek.com/anthropic',
    'https://anthropic.com.example.test',
    'https://notanthropic.com',
    'https://api.moonshot.ai/anthropic',
    'http://127.0.0.1:8317/api/provider/someone',
    'http://127.0.0.1:8317',
    'no address',
  ])('is none that the catalog knows: %s', (baseUrl) => {
    expect(findProvider(baseUrl)).toBeNull();
  });
});
