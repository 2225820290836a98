import { describe, expect, test } from 'vitest';
import { normalise } from '../../../src/conversation/understand/normalise.ts';
import { staffWork } from '../../../src/conversation/understand/staff-work.ts';
import { bareLexicons } from '../../support/bare-lexicons.ts';

const es = (text: string) => staffWork(text, bareLexicons.es['staff-work']);
const en = (text: string) => staffWork(text, bareLexicons.en['staff-work']);

describe('what staff write who send messages to many', () => {
  test.each([
    ['enviar mensaje', { type: 'compose' }],
    ['Quiero mandar un mensaje.', { type: 'compose' }],
    ['NUEVO MENSAJE', { type: 'compose' }],
    ['avisar a las socias', { type: 'compose' }],
    ['Mandar aviso', { type: 'compose' }],
    ['difusión', { type: 'compose' }],
    ['broadcast', { type: 'compose' }],
    ['envíos', { type: 'sent' }],
    ['¿Mensajes enviados?', { type: 'sent' }],
    ['historial', { type: 'sent' }],
    ['guardados', { type: 'saved' }],
    ['Borradores', { type: 'saved' }],
    ['plantillas', { type: 'saved' }],
    ['cancelar', { type: 'cancel', number: undefined }],
    ['Cancelar envío', { type: 'cancel', number: undefined }],
    ['cancelar envío 12', { type: 'cancel', number: 12 }],
    ['cancelar el envío #12', { type: 'cancel', number: 12 }],
    ['detener', { type: 'cancel', number: undefined }],
    ['¡Alto!', { type: 'cancel', number: undefined }],
    ['envío 12', { type: 'show', number: 12 }],
    ['Envío n.º 12', { type: 'show', number: 12 }],
    ['ver el envío 3', { type: 'show', number: 3 }],
    ['conversaciones', { type: 'talks' }],
    ['mensajes de las socias', { type: 'talks' }],
    ['bandeja', { type: 'talks' }],
    ['Buzón', { type: 'talks' }],
    ['¿Qué se ve raro?', { type: 'odd' }],
    ['enviar 34', { type: 'send', count: 34 }],
    ['Mandar 34', { type: 'send', count: 34 }],
    ['enviar a 0', { type: 'send', count: 0 }],
    ['mandar F1', { type: 'lesson', lessonId: 'F1', whom: undefined }],
    ['Mandar lección F-1.', { type: 'lesson', lessonId: 'F1', whom: undefined }],
    ['manda la lección rs 2 a todas', { type: 'lesson', lessonId: 'RS2', whom: 'todas' }],
    ['Enviar F12 para líderes de Juchitán', { type: 'lesson', lessonId: 'F12', whom: 'lideres de juchitan' }],
    ['reintentar', { type: 'retry', number: undefined }],
    ['reintentar envío 12', { type: 'retry', number: 12 }],
  ])('%s', (text, work) => {
    expect(es(text)).toEqual(work);
  });

  test.each([
    ['send a message', { type: 'compose' }],
    ['I want to send a message to the members', { type: 'compose' }],
    ['Broadcast', { type: 'compose' }],
    ['sent messages', { type: 'sent' }],
    ['broadcasts', { type: 'sent' }],
    ['drafts', { type: 'saved' }],
    ['cancel broadcast 7', { type: 'cancel', number: 7 }],
    ['stop sending', { type: 'cancel', number: undefined }],
    ['broadcast 7', { type: 'show', number: 7 }],
    ['broadcast no. 7', { type: 'show', number: 7 }],
    ['inbox', { type: 'talks' }],
    ['What looks odd?', { type: 'odd' }],
    ['send 34', { type: 'send', count: 34 }],
    ['send lesson F1 to everyone', { type: 'lesson', lessonId: 'F1', whom: 'everyone' }],
    ['Send F1', { type: 'lesson', lessonId: 'F1', whom: undefined }],
    ['retry broadcast 7', { type: 'retry', number: 7 }],
  ])('%s', (text, work) => {
    expect(en(text)).toEqual(work);
  });

  test.each([
    'enviar',
    'enviar 34 pesos',
    'enviar 12,000',
    'enviar 3.4',
    'enviar -34',
    'envío doce',
    'envío',
    'envío 1234567890',
    'no cancelar envío 12',
    'cancelar envío 12 y 13',
    'cancelar la reunión del martes',
    'mañana no hay reunión, avisar a las socias de su grupo',
    'mensaje',
    '12',
    '',
    `enviar mensaje${' '.repeat(80)}`,
  ])('nothing is guessed from "%s"', (text) => {
    expect(es(text)).toBeUndefined();
  });

  test.each(['es', 'en'] as const)('no phrase of %s is lost for how it is written', (language) => {
    const phrases = Object.values(bareLexicons[language]['staff-work']).flat();
    expect(phrases.filter((phrase) => normalise(phrase) !== phrase)).toEqual([]);
  });

  test.each(['es', 'en'] as const)('no phrase of %s alone means two things', (language) => {
    const { compose, sent, saved, talks, odd, cancel, retry } = bareLexicons[language]['staff-work'];
    const alone = [compose, sent, saved, talks, odd, cancel, retry].flat();
    expect(alone.filter((phrase, at) => alone.indexOf(phrase) !== at)).toEqual([]);
  });

  test.each(['es', 'en'] as const)('no phrase of %s before a number means two things', (language) => {
    const { send, cancel, retry, show } = bareLexicons[language]['staff-work'];
    const before = [send, cancel, retry, show].flat();
    expect(before.filter((phrase, at) => before.indexOf(phrase) !== at)).toEqual([]);
  });
});
