/** A packaged program takes no `-r`: this one gives an old Electron what it lacks, then starts the real main. */
require('./electron22-shim.cjs');
require('./dist/main.cjs');
