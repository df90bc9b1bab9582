const padding = /\b(?:very|really|just|quite|actually|basically|simply|literally)\s+/gi;

const longWinded: [RegExp, string][] = [
  [/\bin order to\b/gi, "to"],
  [/\bdue to the fact that\b/gi, "because"],
  [/\bat this point in time\b/gi, "now"],
  [/\bin the event that\b/gi, "if"],
  [/\ba large number of\b/gi, "many"],
  [/\bhas the ability to\b/gi, "can"],
  [/\bmake use of\b/gi, "use"],
];

/**
 * Takes the padding out of a text; the thorough editor also shortens what is said the long way round. A product would ask
 * a language model here.
 */
export function tidy(text: string, { isThorough }: { isThorough: boolean }) {
  const plain = text
    .replace(padding, "")
    .replace(/[^\S\n]+/g, " ")
    .trim();
  const short = isThorough
    ? longWinded.reduce((result, [long, word]) => result.replace(long, word), plain)
    : plain;
  return short.replace(
    /(^|[.!?]\s+)([a-z])/g,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
