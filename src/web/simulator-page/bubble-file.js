/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- the browser runs this file as it is: it has no types */
/** What a bubble shows of a file: a picture, something to play, or a name to open. */

const KILO = 1_024;

/** @param {{ kind: string, name: string, mime: string, size: number, kept: boolean }} file */
export function fileElement(file, { url, words, onGrown }) {
  const holder = document.createElement('span');
  holder.className = `file ${file.kind}`;
  if (!file.kept) {
    showGone(holder, words);
    return holder;
  }
  holder.append(makers[file.kind]({ file, url, words, onGrown }));
  return holder;
}

/** In place of what cannot be loaded any more. */
export function showGone(holder, words) {
  holder.classList.add('gone');
  holder.textContent = words.get('file-gone');
}

const makers = {
  image: ({ file, url, onGrown }) => {
    const picture = document.createElement('img');
    picture.src = url;
    picture.alt = file.name;
    picture.addEventListener('load', onGrown);
    const link = linkTo(url);
    link.append(picture);
    return link;
  },
  voice: ({ url, words }) => player('audio', url, words.get('voice')),
  video: ({ file, url }) => player('video', url, file.name),
  document: ({ file, url }) => {
    const link = linkTo(url);
    const size = document.createElement('small');
    size.textContent = ` ${sizeOf(file.size)}`;
    link.append(file.name, size);
    return link;
  },
};

function linkTo(url) {
  const link = document.createElement('a');
  link.href = url;
  link.target = '_blank';
  link.rel = 'noopener';
  return link;
}

function player(tag, url, label) {
  const element = document.createElement(tag);
  element.controls = true;
  element.preload = 'metadata';
  element.src = url;
  element.setAttribute('aria-label', label);
  return element;
}

const sizeOf = (bytes) =>
  bytes < KILO * KILO
    ? `${Math.max(1, Math.round(bytes / KILO))} KB`
    : `${(bytes / KILO / KILO).toFixed(1)} MB`;
