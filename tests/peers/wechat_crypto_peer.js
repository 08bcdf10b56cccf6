// Two packages that seal and open messages of WeChat; arguments: which one, and the account's settings as JSON.
'use strict';
const bridge = require('./bridge.js');

const sides = {
  'wechat-crypto': ({ token, aesKey, appId }) => {
    const Crypto = require('wechat-crypto');
    const crypto = new Crypto(token, aesKey, appId);
    return {
      sign: (at, nonce, sealed) => crypto.getSignature(at, nonce, sealed),
      close: (words) => crypto.encrypt(words),
      open: (sealed) => crypto.decrypt(sealed),
    };
  },
  '@wecom/crypto': ({ token, aesKey, appId }) => {
    const crypto = require('@wecom/crypto');
    return {
      sign: (at, nonce, sealed) => crypto.getSignature(token, at, nonce, sealed),
      close: (words) => crypto.encrypt(aesKey, words, appId),
      open: (sealed) => crypto.decrypt(aesKey, sealed),
    };
  },
};

bridge((which, settings) => {
  const side = sides[which](JSON.parse(settings));
  return {
    close: ({ words, at, nonce }) => {
      const sealed = side.close(words);
      return [sealed, side.sign(at, nonce, sealed)];
    },
    open: ({ sealed, signature, at, nonce }) => {
      if (side.sign(at, nonce, sealed) !== signature) throw new Error('signature');
      const { message, id } = side.open(sealed);
      return [message, id];
    },
  };
}, () => ({}));
