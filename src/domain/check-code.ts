/** Short Spanish words that sound unlike each other: things of the house, the field, the sea and the market. */
export const CHECK_WORDS: readonly string[] = (
  'abeja agua aguja ajo alas alba albahaca algodón almendra amapola anillo arado arcilla arena arete arpa arroz ave ' +
  'azúcar balcón balsa banco barco barro bata bejuco bosque bota brasa brisa bruma bulto burro cacao cal calabaza ' +
  'camino campana canasta canela canoa canto caña capa caracol carbón carreta casa cascada cazuela cedro ceiba cera ' +
  'cerro cesta chaya chile cielo ciruela clavo cobija cobre coco colibrí comal concha copal coral corona corral ' +
  'cosecha crema cruce cuaderno cuchara cuento cuerda cueva dado dalia danza dátil dedal delfín duna durazno eco ' +
  'enero encaje encino escoba espiga espuma estambre estrella faro flauta flecha flor fogata fruta fuego fuente gallo ' +
  'ganso garza gato girasol golondrina granada grano grillo guayaba guitarra hamaca haba harina helecho hielo hierba ' +
  'higo hilo hoja horno hueso huerto huipil humo iguana isla jabón jade jarro jazmín jícara junco lago lana lápiz laurel ' +
  'leche leña libro limón lino lirio llave lluvia loma luna luz madera maíz mango manta mantel mar marea masa mayo ' +
  'mazorca melón mesa metate miel milpa mimbre molino monte mora nácar nube nido niebla nieve nogal nopal norte nuez ' +
  'ola olivo olla onda orilla oro oveja paja pala palma paloma pan papaya parra pasto patio pavo peine perla petate pez ' +
  'piedra pino pinza piña pluma pozo puente puerta quelite queso rama rana rebozo red reja remo río roble rocío romero ' +
  'rosa rueda sal sandía semilla silla sol sombra tambor teja telar tigre tinaja tomate torre trébol trigo trompo tuna ' +
  'surco tapete timón uva valle vaso vela venado verano viento volcán yegua yuca yunque zapote zarza zorro'
).split(' ');

// 256 of them: one for each value of a byte.
const CODE_WORDS = 4;

/**
 * Four words over the head of a group's chain: members write them down or remember them, and any later change to the
 * book before this moment gives other words. The same words for every member, whatever language she reads.
 *
 * @param head 64 hex digits
 * @returns four of 256 words: one chance in four thousand million that another book gives the same
 */
export const checkWords = (head: string): string => {
  const bytes = Array.from({ length: CODE_WORDS }, (_, n) =>
    Number.parseInt(head.slice(n * 2, n * 2 + 2), 16),
  );
  return bytes.map((byte) => CHECK_WORDS[byte] ?? '').join(' ');
};
