/** Who may import whom (docs/architecture.md): shared <- core <- service <- main, cli, headless. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'shared-imports-shared',
      comment: 'shared/ runs in every host: no node, no electron, nothing of ours but itself',
      severity: 'error',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^shared/', '^node_modules/zod/'] },
    },
    {
      name: 'core-imports-core',
      severity: 'error',
      from: { path: '^electron/core/', pathNot: '\\.test\\.ts$' },
      to: { path: '^electron/', pathNot: '^electron/core/' },
    },
    {
      name: 'pure-core',
      comment: 'planner and YAML edits take values and return values',
      severity: 'error',
      from: { path: '^electron/core/(plan|yaml)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(electron/core/(files|sync|targets|profiles)/|(node:)?(fs|http|https|net|os|child_process)$)',
      },
    },
    {
      name: 'service-imports-core',
      severity: 'error',
      from: { path: '^electron/service/', pathNot: '\\.test\\.ts$' },
      to: { path: '^electron/(main|cli|headless|preload)/' },
    },
    {
      name: 'hosts-stay-apart',
      severity: 'error',
      from: { path: '^electron/(main|cli|headless|preload)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^electron/(main|cli|headless|preload)/', pathNot: '^electron/$1/' },
    },
    {
      name: 'renderer-imports-shared',
      comment: 'the window knows the contract, and nothing of who answers',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/e2e/|\\.test\\.ts$' },
      to: { path: '^electron/' },
    },
    {
      name: 'nobody-imports-the-renderer',
      severity: 'error',
      from: { path: '^(electron|shared)/' },
      to: { path: '^renderer/' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: '(\\.test\\.ts$|^electron/testing/|/e2e/)' },
      to: { path: '(\\.test\\.ts$|^electron/testing/)' },
    },
    {
      name: 'electron-only-in-main',
      severity: 'error',
      from: { pathNot: '^(electron/(main|preload|e2e)|renderer/e2e)/' },
      to: { path: '^(node_modules/)?electron($|/dist)' },
    },
    {
      name: 'no-barrels',
      severity: 'error',
      from: {},
      to: { path: '^(electron|shared|renderer)/.*index\\.ts$' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      // It is copied beside what it names when the test package is made.
      from: { pathNot: '^electron/e2e/packaging/main-with-shim\\.cjs$' },
      // Of all the icons the cruiser's resolver fails on this one; type check and build resolve it.
      to: { couldNotResolve: true, pathNot: '^@lucide/svelte/icons/history$' },
    },
  ],
  options: {
    doNotFollow: { path: '(node_modules|shared/words/generated)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.svelte'],
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'require', 'node', 'default', 'types'],
    },
  },
};
