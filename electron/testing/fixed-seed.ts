import fc from 'fast-check';

// `npm test` tries the same random cases on each machine, so that a failure is the change's and can be seen again;
// the nightly run draws new ones, many more of them.
if (process.env['NIGHTLY'] === undefined) fc.configureGlobal({ seed: 20_261_122 });
