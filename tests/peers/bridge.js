// Lets a test speak with a library of Node: one JSON object a line, in and out.
'use strict';
const readline = require('node:readline');

module.exports = function bridge(makeVerbs, describe) {
  const [root, token] = process.argv.slice(2);
  const verbs = makeVerbs(root, token);
  const say = (answer) => process.stdout.write(JSON.stringify(answer) + '\n');
  readline.createInterface({ input: process.stdin }).on('line', async (line) => {
    const { verb, ...args } = JSON.parse(line);
    try {
      const result = await verbs[verb](args);
      say({ result: result === undefined ? null : result });
    } catch (error) {
      say({ error: { name: error.constructor.name, said: String(error.message), ...describe(error) } });
    }
  }).on('close', () => process.exit(0));
};

module.exports.inline = (rows) => rows && rows.length
  ? { inline_keyboard: rows.map((row) => row.map(([text, data]) => ({ text, callback_data: data }))) }
  : undefined;

module.exports.base64 = async (url) => {
  const answer = await fetch(url);
  return Buffer.from(await answer.arrayBuffer()).toString('base64');
};

module.exports.told = (updates) => updates.map((update) => [
  update.update_id,
  update.callback_query ? update.callback_query.data : update.message.text,
]);
