import type { Command } from './shared/command.js';

/** Every command, loaded when it is called. A new one is one file and one line here. */
export const commands = {
  score: async () => (await import('./score.js')).default,
  whatif: async () => (await import('./whatif.js')).default,
  explain: async () => (await import('./explain.js')).default,
  sensitivity: async () => (await import('./sensitivity.js')).default,
  plan: async () => (await import('./plan.js')).default,
  risk: async () => (await import('./risk.js')).default,
  pace: async () => (await import('./pace.js')).default,
  compare: async () => (await import('./compare.js')).default,
  league: async () => (await import('./league.js')).default,
  report: async () => (await import('./report.js')).default,
  letter: async () => (await import('./letter.js')).default,
  check: async () => (await import('./check.js')).default,
  inspect: async () => (await import('./inspect.js')).default,
  criteria: async () => (await import('./criteria.js')).default,
  import: async () => (await import('./import.js')).default,
  collect: async () => (await import('./collect.js')).default,
  convert: async () => (await import('./convert.js')).default,
  template: async () => (await import('./template.js')).default,
  init: async () => (await import('./init.js')).default,
  catalogue: async () => (await import('./catalogue.js')).default,
  aggregate: async () => (await import('./aggregate.js')).default,
  sql: async () => (await import('./sql.js')).default,
  schema: async () => (await import('./schema.js')).default,
  completion: async () => (await import('./completion.js')).default,
} satisfies Record<string, () => Promise<Command>>;

export type CommandName = keyof typeof commands;
export const commandNames = Object.keys(commands) as CommandName[];
