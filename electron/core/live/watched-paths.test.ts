import { expect, it } from 'vitest';
import { watchedPaths } from './watched-paths.ts';

it('watches the CCS directory, profiles that lie elsewhere, and the target with where it leads', () => {
  const paths = watchedPaths({
    ccsDirectory: '/home/.ccs',
    target: { path: '/home/.ccs/cliproxy/config.yaml', realPath: '/etc/proxy.yaml' },
    profilePaths: ['/home/.ccs/glm.settings.json', '/elsewhere/km.json', '/elsewhere/km.json'],
  });
  expect(paths).toEqual({
    folders: ['/home/.ccs'],
    files: ['/home/.ccs/cliproxy/config.yaml', '/etc/proxy.yaml', '/elsewhere/km.json'],
  });
});
