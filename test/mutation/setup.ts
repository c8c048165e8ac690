import fc from 'fast-check';

// A mutant that thirty examples do not kill is looked at by hand; a thousand a mutant would take hours.
fc.configureGlobal({ numRuns: 30 });

// Stryker runs tests in threads, where the folder cannot be changed; files are named in full.
process.chdir = () => {};
