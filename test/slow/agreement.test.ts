// The agreement of all analyses over many times as many cases as the fast run takes; AGREEMENT_CASES says another number.
process.env.AGREEMENT_CASES ??= '3000';
await import('../agreement.test.js');
