/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- the browser runs this file as it is: it has no types */
/** Sends what one phone wrote, one after another, so that it arrives in the order it was written. */

/** @param {(failed: object[]) => void} onFailed called after each with all that could not be kept */
export function sender(onFailed) {
  let sending = Promise.resolve();
  let failed = [];

  const post = async ({ url, body, type }) => {
    const headers = { 'content-type': type };
    const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
    return answer?.ok === true;
  };

  const send = (message) => {
    sending = sending.then(async () => {
      if (!(await post(message))) failed.push(message);
      onFailed(failed);
    });
  };

  const forget = () => {
    failed = [];
    onFailed(failed);
  };

  return {
    /** @param {{ text?: string, payload?: string, start?: true }} body */
    say(address, body) {
      send({
        url: `/simulator/${encodeURIComponent(address)}/messages`,
        body: JSON.stringify({ ...body, messageId: crypto.randomUUID() }),
        type: 'application/json',
        shown: body.text ?? body.payload ?? '/start',
      });
    },

    /** @param {File} file */
    file(address, file, caption) {
      const kind = kindOf(file.type);
      const asked = new URLSearchParams({
        kind,
        name: file.name.slice(-120),
        messageId: crypto.randomUUID(),
      });
      if (caption !== '') asked.set('caption', caption.slice(0, 1_024));
      send({
        url: `/simulator/${encodeURIComponent(address)}/files?${asked}`,
        body: file,
        type: file.type || 'application/octet-stream',
        shown: file.name,
      });
    },

    /** What was not kept is offered again, in the order it was written. */
    again() {
      for (const message of failed.splice(0)) send(message);
    },
    forget,
  };
}

const kindOf = (mime) =>
  ({ image: 'image', audio: 'voice', video: 'video' })[mime.split('/')[0]] ?? 'document';
