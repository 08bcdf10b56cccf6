// grammY, asked through its `Api` and its `Bot`.
'use strict';
const { Bot, InputFile } = require('grammy');
const bridge = require('./bridge.js');

function verbs(root, token) {
  const bot = new Bot(token, { client: { apiRoot: root } });
  const { api } = bot;
  bot.on('message:text', (ctx) => ctx.reply(ctx.message.text, { reply_markup: bridge.inline([[['Again', 'again']]]) }));
  bot.on('callback_query:data', async (ctx) => {
    await ctx.answerCallbackQuery('Thanks');
    await ctx.editMessageText('Thanks');
  });
  return {
    me: async () => (await api.getMe()).username,
    send: async ({ chat, text, rows }) => (await api.sendMessage(chat, text, { reply_markup: bridge.inline(rows) })).message_id,
    edit: async ({ chat, message, text }) => (await api.editMessageText(chat, message, text)).text,
    answer: ({ press, text }) => api.answerCallbackQuery(press, { text }),
    updates: async ({ offset, seconds }) => bridge.told(await api.getUpdates({ offset, timeout: seconds })),
    webhook: async () => { const info = await api.getWebhookInfo(); return [info.url, info.pending_update_count]; },
    photo: async ({ chat, content, caption }) => {
      const sent = await api.sendPhoto(chat, new InputFile(Buffer.from(content, 'base64'), 'photo.jpg'), { caption });
      return sent.photo[sent.photo.length - 1].file_id;
    },
    download: async ({ file }) => bridge.base64(`${root}/file/bot${token}/${(await api.getFile(file)).file_path}`),
    place: async ({ chat, latitude, longitude }) => {
      const { location } = await api.sendLocation(chat, latitude, longitude);
      return [location.latitude, location.longitude];
    },
    listen: () => new Promise((ready, failed) => { bot.start({ onStart: () => ready() }).catch(failed); }),
    quiet: () => bot.stop(),
  };
}

bridge(verbs, (error) => ({
  code: error.error_code,
  said: error.description || String(error.message),
  retry_after: error.parameters && error.parameters.retry_after,
}));
