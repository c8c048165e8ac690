/** The platform's own calendar, as an oracle. */
export function dayFromParts(year: number, day: number): { iso: string; exists: boolean } {
  const at = new Date(Date.UTC(year, 0, day));
  return { iso: at.toISOString().slice(0, 10), exists: at.getUTCFullYear() === year };
}
