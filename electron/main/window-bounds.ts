import type { Rectangle } from 'electron';

export const LEAST_SIZE = { width: 900, height: 600 } as const;
const FIRST_SIZE = { width: 1080, height: 720 } as const;

/** So much of the window's upper edge must lie on a screen that it can be taken hold of, in pixels. */
const HANDLE = { width: 120, height: 32 } as const;

/** Where a window goes; without `x` and `y` the system centres it. */
export type Placement = Pick<Rectangle, 'width' | 'height'> & Partial<Pick<Rectangle, 'x' | 'y'>>;

/** Where the window was, if that is still on a screen; at least as large as the page wants it. */
export function placeWindow(saved: Rectangle | null, workAreas: readonly Rectangle[]): Placement {
  if (saved === null) return FIRST_SIZE;
  const { x, y } = saved;
  const width = Math.max(saved.width, LEAST_SIZE.width);
  const height = Math.max(saved.height, LEAST_SIZE.height);
  const isWithin = workAreas.some((area) => isReachable({ x, y, width, height }, area));
  return isWithin ? { x, y, width, height } : { width, height };
}

function isReachable(window: Rectangle, area: Rectangle): boolean {
  const left = Math.max(window.x, area.x);
  const right = Math.min(window.x + window.width, area.x + area.width);
  const isHandleWithin = window.y >= area.y && window.y + HANDLE.height <= area.y + area.height;
  return isHandleWithin && right - left >= HANDLE.width;
}
