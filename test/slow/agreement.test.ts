// The agreement of all analyses over ten times as many cases as the fast run takes; AGREEMENT_CASES says another number.
process.env.AGREEMENT_CASES ??= '10000';
await import('../agreement.test.js');
