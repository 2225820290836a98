/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- the browser runs this file as it is: it has no types */
/** The line one writes on, with the button beside it that sends a file. */

const FILE_BYTES_MAX = 16 * 1_024 * 1_024; // what the server takes

/** @param {{ root: HTMLElement, onText: (text: string) => void, onFile: (file: File, caption: string) => void }} options */
export function listenToWriting({ root, onText, onFile }) {
  const form = root.querySelector('.writing');
  const text = form.querySelector('textarea');
  const attach = form.querySelector('input[type=file]');
  const tooLarge = root.querySelector('.too-large');
  const fit = () => {
    text.style.height = 'auto';
    text.style.height = `${text.scrollHeight + text.offsetHeight - text.clientHeight}px`;
  };
  const taken = () => {
    const written = text.value.trim();
    text.value = '';
    fit();
    text.focus();
    return written;
  };
  text.addEventListener('input', fit);
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const written = taken();
    if (written !== '') onText(written);
  });
  attach.addEventListener('change', () => {
    const [file] = attach.files;
    attach.value = '';
    if (!file) return;
    tooLarge.hidden = file.size <= FILE_BYTES_MAX;
    if (tooLarge.hidden) onFile(file, taken());
  });
}
