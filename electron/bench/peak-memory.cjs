// Loaded into a measured process with --require: tells its peak memory in KiB as the last line on stderr.
process.on('exit', () => {
  process.stderr.write(`\npeak-kib ${process.resourceUsage().maxRSS}\n`);
});
