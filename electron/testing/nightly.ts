/** How many times a randomized test runs: few in `npm test`, many in `npm run test:nightly`. */
export function rounds(daily: number, nightly: number): number {
  return process.env['NIGHTLY'] === undefined ? daily : nightly;
}
