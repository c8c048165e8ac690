import { main } from './main.js';

// The program in one file starts itself; all is written when it ends.
process.exit(await main(process.argv.slice(2)));
