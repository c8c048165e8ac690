// What cli-table3 measures with in the bundle: `string-width` spends 120 of 400 ms on one pattern of all emoji.
module.exports = require('fast-string-width').default;
