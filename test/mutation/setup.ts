import fc from 'fast-check';

// A mutant that thirty examples do not kill is looked at by hand; a thousand a mutant would take hours.
fc.configureGlobal({ numRuns: 30 });
