import type { Preset } from '../../../shared/schema/profile.ts';

const RESOURCE = '<resource>';

/** Id, name, base URL, default model, proposed profile name; what differs from the usual follows as an object. */
type Row = readonly [
  id: string,
  name: string,
  baseUrl: string,
  model: string,
  profileName: string,
  rest?: Partial<Preset>,
];

/** Read off CCS 7.79.1; OpenRouter's base URL without the `/v1` that CLIProxyAPI would double. */
function rows(): readonly Row[] {
  const coding = 'https://coding-intl.dashscope.aliyuncs.com/apps/anthropic';
  const foundry = `https://${RESOURCE}.services.ai.azure.com/api/anthropic`;
  return [
    ['anthropic', 'Anthropic', '', 'claude-sonnet-4-5-20250929', 'anthropic'],
    ['glm', 'Z.AI GLM', 'https://api.z.ai/api/anthropic', 'glm-5', 'glm', { aliases: ['glmt'] }],
    [
      'km',
      'Kimi for Coding',
      'https://api.kimi.com/coding/',
      'kimi-k2-thinking-turbo',
      'km',
      { aliases: ['kimi'] },
    ],
    ['deepseek', 'DeepSeek', 'https://api.deepseek.com/anthropic', 'deepseek-chat', 'deepseek'],
    ['mm', 'MiniMax', 'https://api.minimax.io/anthropic', 'MiniMax-M2.1', 'mm'],
    [
      'qwen',
      'Qwen (Alibaba Cloud)',
      'https://dashscope-intl.aliyuncs.com/apps/anthropic',
      'qwen3-coder-plus',
      'qwen-api',
    ],
    [
      'alibaba-coding-plan',
      'Alibaba Coding Plan',
      coding,
      'qwen3-coder-plus',
      'albb',
      { aliases: ['alibaba', 'acp'] },
    ],
    ['openrouter', 'OpenRouter', 'https://openrouter.ai/api', 'anthropic/claude-opus-4.5', 'openrouter'],
    ['novita', 'Novita AI', 'https://api.novita.ai/anthropic', 'deepseek/deepseek-v3.2', 'novita'],
    ['foundry', 'Azure AI Foundry', foundry, 'claude-sonnet-4-5', 'foundry', { asksResource: true }],
    ['ollama', 'Ollama (local)', 'http://localhost:11434', 'qwen3-coder', 'ollama', { needsKey: false }],
    ['ollama-cloud', 'Ollama Cloud', 'https://ollama.com', 'glm-5:cloud', 'ollama-cloud'],
    ['llamacpp', 'llama.cpp (local)', 'http://127.0.0.1:8080', 'llama3-8b', 'llamacpp', { needsKey: false }],
    [
      'huggingface',
      'Hugging Face',
      'https://router.huggingface.co/v1',
      'openai/gpt-oss-120b:fastest',
      'hf',
      // It speaks OpenAI's protocol, so that it is nothing for Claude Code, nor for this proxy.
      { aliases: ['hf'], target: 'droid' },
    ],
  ];
}

/** The providers that a profile can be made from. */
export function listPresets(): readonly Preset[] {
  return rows().map(([id, name, baseUrl, model, profileName, rest]) => ({
    id,
    name,
    aliases: [],
    baseUrl,
    model,
    profileName,
    needsKey: true,
    asksResource: false,
    target: 'claude',
    ...rest,
  }));
}

/** The preset with this id or alias; null where there is none. */
export function findPreset(idOrAlias: string): Preset | null {
  return listPresets().find(({ id, aliases }) => id === idOrAlias || aliases.includes(idOrAlias)) ?? null;
}

/** A preset's base URL with the resource filled in; null where it asks for one and this is none. */
export function presetBaseUrl({ baseUrl, asksResource }: Preset, resource: string | null): string | null {
  if (!asksResource) return baseUrl;
  const name = resource?.trim() ?? '';
  // Azure's rule for names that become part of a host name.
  return /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/.test(name)
    ? baseUrl.replace(RESOURCE, name)
    : null;
}
