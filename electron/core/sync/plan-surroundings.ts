import type { Home } from './home.ts';
import type { RemotePlace } from './remote-place.ts';
import type { World } from './world.ts';

/** What a plan is made from beside the target. */
export interface Surroundings {
  readonly world: World;
  readonly home: Home;
  /** Null for the local file. */
  readonly remote: RemotePlace | null;
}
