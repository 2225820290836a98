/** whatsapp-web.js brings Puppeteer, which would download a Chromium of 150 MB: the machine's own one is used. */
module.exports = { skipDownload: true };
