// telegraf, asked through its `Telegram` and its `Telegraf`.
'use strict';
const { Telegraf } = require('telegraf');
const bridge = require('./bridge.js');

function verbs(root, token) {
  const bot = new Telegraf(token, { telegram: { apiRoot: root } });
  const { telegram } = bot;
  let running = Promise.resolve();
  bot.on('text', (ctx) => ctx.reply(ctx.message.text, { reply_markup: bridge.inline([[['Again', 'again']]]) }));
  bot.on('callback_query', async (ctx) => {
    await ctx.answerCbQuery('Thanks');
    await ctx.editMessageText('Thanks');
  });
  return {
    me: async () => (await telegram.getMe()).username,
    send: async ({ chat, text, rows }) => (await telegram.sendMessage(chat, text, { reply_markup: bridge.inline(rows) })).message_id,
    edit: async ({ chat, message, text }) => (await telegram.editMessageText(chat, message, undefined, text)).text,
    answer: ({ press, text }) => telegram.answerCbQuery(press, text),
    updates: async ({ offset, seconds }) => bridge.told(await telegram.getUpdates(seconds, 100, offset, undefined)),
    webhook: async () => { const info = await telegram.getWebhookInfo(); return [info.url, info.pending_update_count]; },
    photo: async ({ chat, content, caption }) => {
      const sent = await telegram.sendPhoto(chat, { source: Buffer.from(content, 'base64'), filename: 'photo.jpg' }, { caption });
      return sent.photo[sent.photo.length - 1].file_id;
    },
    download: async ({ file }) => bridge.base64(await telegram.getFileLink(file)),
    place: async ({ chat, latitude, longitude }) => {
      const { location } = await telegram.sendLocation(chat, latitude, longitude);
      return [location.latitude, location.longitude];
    },
    listen: () => new Promise((ready, failed) => { running = bot.launch(() => ready()); running.catch(failed); }),
    quiet: async () => { bot.stop(); await running; },
  };
}

bridge(verbs, (error) => ({
  code: error.response && error.response.error_code,
  said: (error.response && error.response.description) || String(error.message),
  retry_after: error.response && error.response.parameters && error.response.parameters.retry_after,
}));
