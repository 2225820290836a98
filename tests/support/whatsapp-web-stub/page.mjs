// Runs in the browser, in place of WhatsApp's page: the modules of its registry (window.require) that whatsapp-web.js
// 1.34.7 asks for, as far as our channel makes it ask. A module that is missing throws its name. The other side of
// WhatsApp (people, chats, what is unread) is server.ts; this page hears of it by events and tells it by posts.
(() => {
  class Emitter {
    handlers = {};
    on(names, handler) {
      for (const name of names.split(' ')) (this.handlers[name] ??= []).push(handler);
      return this;
    }
    once(name, handler) {
      const once = (...given) => {
        this.off(name, once);
        handler(...given);
      };
      return this.on(name, once);
    }
    off(name, handler) {
      this.handlers[name] = (this.handlers[name] ?? []).filter((each) => each !== handler);
      return this;
    }
    trigger(name, ...given) {
      for (const handler of [...(this.handlers[name] ?? [])]) handler(...given);
    }
  }

  class Wid {
    constructor(text) {
      const [, user, server] = /^(?:([^@:]+)(?::\d+)?@)?(.+)$/.exec(text);
      Object.assign(this, { user, server, _serialized: text });
    }
    isLid() {
      return this.server === 'lid';
    }
    isUser() {
      return this.server === 'c.us' || this.server === 'lid';
    }
    isGroup() {
      return this.server === 'g.us';
    }
    isStatus() {
      return this._serialized === 'status@broadcast';
    }
    toString() {
      return this._serialized;
    }
    toJid() {
      return this._serialized;
    }
  }
  const wid = (given) => (given instanceof Wid ? given : new Wid(given._serialized ?? given));
  const hexOf = (bytes) =>
    [...crypto.getRandomValues(new Uint8Array(bytes))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase();
  const plain = (given) =>
    JSON.parse(
      JSON.stringify(given, (_key, value) =>
        value instanceof Wid
          ? { server: value.server, user: value.user, _serialized: value._serialized }
          : value,
      ),
    );

  class MsgKey {
    constructor({ from, to, id, selfDir, participant }) {
      this.fromMe = selfDir === 'out';
      this.remote = wid(this.fromMe ? to : from);
      this.id = id;
      this.participant = participant;
      this._serialized = `${this.fromMe}_${this.remote._serialized}_${id}`;
    }
    static async newId() {
      return `3EB0${hexOf(9)}`;
    }
  }

  class Msg {
    constructor(facts) {
      Object.assign(this, facts);
      if (facts.directPath) this.mediaData = { mediaStage: 'RESOLVED' };
    }
    serialize() {
      const { mediaData, mediaBlob, preview, mediaObject, ...rest } = this;
      const { fromMe, remote, id, _serialized } = this.id;
      return { ...plain(rest), id: { fromMe, remote: remote._serialized, id, _serialized } };
    }
    unsafe() {
      return this;
    }
    async downloadMedia() {}
  }

  class Collection extends Emitter {
    models = new Map();
    get(key) {
      return this.models.get(key?._serialized ?? key);
    }
    getModelsArray() {
      return [...this.models.values()];
    }
    add(model) {
      this.models.set(model.id._serialized, model);
      this.trigger('add', model);
      return model;
    }
    async find(key) {
      return this.get(key) ?? null;
    }
    async getMessagesById(ids) {
      return { messages: ids.map((id) => this.models.get(id)).filter(Boolean) };
    }
  }

  const Msgs = new Collection();
  Msgs.modelClass = Msg;
  const Chats = new Collection();
  const ME = { pn: new Wid('5215550109999@c.us'), lid: new Wid('77700011122@lid') };

  const chatOf = (id) =>
    Chats.get(id) ??
    Chats.add({
      id,
      t: 0,
      unreadCount: 0,
      mute: { expiration: 0 },
      formattedTitle: id.user,
      msgs: new Collection(),
      ...(id.isGroup() && { groupMetadata: { announce: false, serialize: () => ({ participants: [] }) } }),
      serialize() {
        return plain({ id: this.id, t: this.t, unreadCount: this.unreadCount });
      },
    });

  // What the server knows of people: under which names, and who is nobody.
  const people = new Map();
  const keepPeople = (all) => {
    for (const person of all) for (const name of person.names) people.set(name, person);
  };
  const personOf = (id) => people.get(id._serialized);

  const Socket = Object.assign(new Emitter(), { state: 'OPENING', hasSynced: false });
  const setState = (state) => {
    Socket.state = state;
    Socket.trigger('change:state', Socket, state);
  };
  const newRef = () => `2@${hexOf(40)}`;
  const Conn = Object.assign(new Emitter(), {
    ref: newRef(),
    platform: 'android',
    serialize: () => ({ pushname: 'Comadre', platform: 'android', wid: ME.pn._serialized }),
  });
  const Cmd = Object.assign(new Emitter(), {
    refreshQR() {
      Conn.ref = newRef();
      Conn.trigger('change:ref', Conn, Conn.ref);
    },
    async sendRevokeMsgs(_chat, { list }) {
      for (const msg of list) {
        await post('revoke', { id: msg.id.id });
        msg.type = 'revoked';
        msg.body = '';
        Msgs.trigger('change:type', msg);
      }
    },
    async sendDeleteMsgs() {},
  });

  let posts = Promise.resolve();
  /** One after the other, so that the server hears in order. */
  const post = (what, body) => {
    const done = posts.then(async () => {
      const answer = await fetch(`/page/${what}`, { method: 'POST', body: JSON.stringify(body) });
      return await answer.json();
    });
    posts = done.catch(() => undefined);
    return done;
  };

  const newMsg = ({ chat, from, id, isNewMsg, quotes, mentions, file, ...facts }) =>
    new Msg({
      id: new MsgKey({ from: chat, to: ME.pn, id, selfDir: 'in', participant: from }),
      from: wid(chat),
      to: ME.pn,
      ack: 1,
      isNewMsg,
      ...(chat !== from && { author: wid(from) }),
      ...(quotes && { quotedMsg: {}, quotedStanzaID: quotes, quotedParticipant: ME.pn }),
      ...(mentions && { mentionedJidList: [ME.pn] }),
      ...(file && {
        directPath: file.path,
        mimetype: file.mime,
        size: file.size,
        filename: file.name,
        filehash: 'f',
        encFilehash: 'e',
        mediaKey: 'k',
      }),
      ...facts,
    });

  const bring = (message, isNewMsg) => {
    const chat = chatOf(wid(message.chat));
    const known = Msgs.get(`false_${message.chat}_${message.id}`);
    if (known) return isNewMsg ? Msgs.trigger('add', known) : undefined;
    const msg = newMsg({ ...message, isNewMsg });
    chat.t = msg.t;
    chat.lastReceivedKey = msg.id;
    chat.msgs.models.set(msg.id._serialized, msg);
    if (isNewMsg) {
      chat.unreadCount += 1;
      Msgs.add(msg);
    } else {
      Msgs.models.set(msg.id._serialized, msg); // it was there before anybody listened
    }
  };

  const edit = ({ chat, id, body, at }) => {
    const msg = Msgs.get(`false_${chat}_${id}`);
    const before = msg.body;
    Object.assign(msg, { body, latestEditSenderTimestampMs: at });
    Msgs.trigger('change:body', msg, body, before);
  };

  const unlink = () => {
    localStorage.removeItem('link');
    Cmd.trigger('logout');
    setTimeout(() => {
      location.href = '/?post_logout=1';
    }, 50);
  };

  const sync = () => {
    // Fired before the library listens, it would never be ready.
    if (!Socket.handlers['change:hasSynced']?.length) return setTimeout(sync, 20);
    Socket.hasSynced = true;
    Socket.trigger('change:hasSynced');
  };
  const connected = ({ chats, people: all }) => {
    keepPeople(all);
    for (const { id, unread, messages } of chats) {
      for (const message of messages) bring(message, false);
      chatOf(wid(id)).unreadCount = unread;
    }
    setState('CONNECTED');
    sync();
  };

  const events = {
    linked: connected,
    unlinked: () => setState('UNPAIRED'),
    scan({ link, ...rest }) {
      setState('PAIRING');
      localStorage.setItem('link', link);
      setTimeout(() => connected(rest), 50);
    },
    people: keepPeople,
    in: (message) => bring(message, true),
    edit,
    moved({ id, chat, from, to }) {
      const msg = newMsg({ chat, from: chat, id, type: 'notification_template', t: Date.now() / 1000 });
      Object.assign(msg, { subtype: 'change_number', to: to, templateParams: [from, to] });
      Msgs.trigger('change', msg);
    },
    ack({ id, ack }) {
      const msg = Msgs.getModelsArray().find((each) => each.id.id === id);
      if (!msg || msg.ack >= ack) return;
      msg.ack = ack;
      Msgs.trigger('change:ack', msg, ack);
    },
    unlink,
    state: (state) => setState(state),
    hang() {
      for (;;);
    },
  };

  const blobs = new Map();
  class OpaqueData {
    constructor(blob) {
      this.blob = blob;
    }
    static async createFromData(blob) {
      return new OpaqueData(blob);
    }
    url() {
      return 'blob:stub';
    }
    autorelease() {}
    formData() {
      return this.blob;
    }
  }
  const kindOf = (type, { asDocument, isPtt }) =>
    asDocument ? 'document' : isPtt ? 'ptt' : type.split('/')[0];
  const prepRawMedia = ({ blob }, given) => ({
    async waitForPrep() {
      const bytes = await blob.arrayBuffer();
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const filehash = btoa(String.fromCharCode(...hash));
      blobs.set(filehash, bytes);
      return {
        type: kindOf(blob.type, given),
        mimetype: blob.type,
        filename: blob.name,
        filehash,
        size: bytes.byteLength,
        mediaBlob: new OpaqueData(blob),
        isGif: false,
        set(more) {
          Object.assign(this, more);
        },
        toJSON() {
          const { set, toJSON, mediaBlob, ...rest } = this;
          return rest;
        },
      };
    },
  });

  const addAndSend = (chat, facts) => {
    const msg = new Msg(facts);
    const sending = (async () => {
      const { type, body, caption, mimetype, directPath, filename } = facts;
      const to = chat.id._serialized;
      const answer = await post('out', {
        id: facts.id.id,
        to,
        type,
        body,
        caption,
        mimetype,
        filename,
        directPath,
      });
      if (answer.fault) throw new Error(answer.fault);
      Msgs.add(msg);
      msg.ack = 1;
      Msgs.trigger('change:ack', msg, 1);
      return { messageSendResult: 'OK' };
    })();
    sending.catch(() => undefined);
    return [Promise.resolve(msg), sending];
  };

  const lidOf = (id) => personOf(id)?.lid;
  const phoneOf = (id) => personOf(id)?.phone;
  const never = () => false;
  const modules = {
    WAWebSocketModel: { Socket },
    WAWebCmd: { Cmd },
    WAWebConnModel: { Conn },
    WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } },
    WAWebAltDeviceLinkingApi: {},
    WABase64: { encodeB64: (bytes) => btoa(String.fromCharCode(...bytes)) },
    WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: '1' },
    WAWebAdvSignatureApi: {},
    WAWebUserPrefsInfoStore: {
      waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: new Uint8Array(32) } }) },
    },
    WAWebSignalStoreApi: {
      waSignalStore: {
        getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: new Uint8Array(32) } }),
      },
    },
    WAWebUserPrefsMultiDevice: { getADVSecretKey: () => 'c3R1Yg==' },
    WAWebUserPrefsMeUser: { getMaybeMePnUser: () => ME.pn, getMaybeMeLidUser: () => ME.lid },
    WAWebCollections: {
      Msg: Msgs,
      Chat: Chats,
      GroupMetadata: { update: async () => undefined },
    },
    WAWebLidMigrationUtils: { toPn: (id) => id },
    WAWebSyncGatingUtils: {},
    WAWebCallCollection: undefined,
    WALinkify: { findLink: () => null, findLinks: () => [] },
    WAWebWidFactory: { createWid: wid, createWidFromWidLike: wid, asUserWidOrThrow: wid },
    WAWebFindChatAction: {
      async findOrCreateLatestChat(id) {
        if (id.isUser() && !personOf(id)) throw new Error('No LID for user');
        return { chat: chatOf(id) };
      },
    },
    WAWebChatLoadMessages: { loadEarlierMsgs: async () => [] },
    WAWebStreamModel: { Stream: { markAvailable() {}, markUnavailable() {} } },
    WAWebUpdateUnreadChatAction: {
      async sendSeen({ chat }) {
        chat.unreadCount = 0;
        await post('seen', { chat: chat.id._serialized, last: chat.lastReceivedKey?.id ?? '' });
      },
    },
    WAWebChatGetters: { getIsNewsletter: never, getIsBroadcast: never },
    WAWebMsgKey: MsgKey,
    WAWebMsgActionCapability: { canSenderRevokeMsg: (msg) => msg.id.fromMe, canAdminRevokeMsg: never },
    WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
    WAWebQueryExistsJob: {
      async queryWidExists(id) {
        const person = personOf(id);
        return person && { wid: plain(wid(person.phone)) };
      },
    },
    WAWebApiContact: {
      getCurrentLid: (id) => (lidOf(id) ? wid(lidOf(id)) : null),
      getPhoneNumber: (id) => (phoneOf(id) ? wid(phoneOf(id)) : null),
    },
    WAWebSendMsgChatAction: { addAndSendMsgToChat: addAndSend },
    WAWebMediaOpaqueData: OpaqueData,
    WAWebPrepRawMedia: { prepRawMedia },
    WAWebMediaStorage: {
      getOrCreateMediaObject: (filehash) => ({
        filehash,
        size: blobs.get(filehash)?.byteLength,
        contentInfo: {},
        consolidate() {},
      }),
    },
    WAWebMmsMediaTypes: { msgToMediaType: ({ type }) => type, castToV4: (type) => type },
    WAWebMediaDataUtils: { shouldUseMediaCache: never },
    WAWebMediaMmsV4Upload: {
      async uploadMedia({ mediaObject }) {
        const answer = await fetch('/page/upload', { method: 'POST', body: blobs.get(mediaObject.filehash) });
        const { path } = await answer.json();
        return {
          mediaEntry: {
            mmsUrl: path,
            directPath: path,
            mediaKey: 'k',
            mediaKeyTimestamp: 1,
            encFilehash: 'e',
            uploadHash: 'u',
          },
        };
      },
    },
    WAWebDownloadManager: {
      downloadManager: {
        async downloadAndMaybeDecrypt({ directPath }) {
          const answer = await fetch(directPath);
          if (!answer.ok) throw Object.assign(new Error('no such file'), { status: answer.status });
          return await answer.arrayBuffer();
        },
      },
    },
  };
  window.require = (name) => {
    if (name in modules) return modules[name];
    throw new Error(`stub: WhatsApp module not faked: ${name}`);
  };
  window.Debug = { VERSION: '2.3000.1' };

  const source = new EventSource(`/page/events?link=${localStorage.getItem('link') ?? ''}`);
  source.onmessage = ({ data }) => {
    const { type, given } = JSON.parse(data);
    events[type](given);
  };
})();
