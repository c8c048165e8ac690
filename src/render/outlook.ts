import type { Outlook } from '../analysis/risk/outlook.js';
import type { Spread } from '../analysis/risk/spread.js';
import type { Messages } from '../text/index.js';

/** What is uncertain, each in a line of words. */
export function outlookWords(
  outlook: Outlook,
  { labels, numbers }: Messages,
): { id: string; words: string }[] {
  const say = labels.risk;
  const shown = (x: number) => numbers.number(x, 4);
  const spread = (s: Spread): string => {
    switch (s.kind) {
      case 'uniform':
        return say.uniform(shown(s.low), shown(s.high));
      case 'triangular':
        return say.triangular(shown(s.low), shown(s.mode), shown(s.high));
      case 'normal':
        return say.normal(shown(s.mean), shown(s.sd));
      case 'beta':
        return say.beta(shown(s.done), shown(s.total));
    }
  };
  const rows = [...outlook.indicators].flatMap(([id, inputs]) =>
    inputs.flatMap((u) => {
      if (u?.form === 'spread') return [{ id, words: spread(u.spread) }];
      if (u?.form === 'chances') return [{ id, words: say.chances(u.options.length) }];
      return [];
    }),
  );
  const moves = [outlook.rivals.all, outlook.rivals.each, ...outlook.rivals.units.values()];
  const named = [say.allRivals, say.eachRival, ...outlook.rivals.units.keys()];
  return [
    ...rows,
    ...moves.flatMap((m, i) => {
      if (!m) return [];
      return [{ id: named[i]!, words: m.form === 'fixed' ? numbers.number(m.by) : spread(m.spread) }];
    }),
  ];
}
