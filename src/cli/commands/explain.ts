import type { Command } from '../command.js'; export default {} as Command;
