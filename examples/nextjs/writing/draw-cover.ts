/** A cover for a text: shapes and colours that follow from its title alone. A product would ask an image model here. */
export function drawCover(title: string) {
  const random = randomFrom(title);
  const hue = Math.floor(random() * 360);
  const shapes = Array.from({ length: 7 }, () => {
    const [x, y, radius] = [random() * 320, random() * 180, 20 + random() * 80].map(Math.round);
    const shade = Math.round(35 + random() * 45);
    return `<circle cx="${x}" cy="${y}" r="${radius}" fill="hsl(${hue} 45% ${shade}%)" fill-opacity=".7"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180"><rect width="320" height="180" fill="hsl(${hue} 35% 22%)"/>${shapes.join("")}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** The same numbers for the same text: a linear congruential generator with the constants of Numerical Recipes. */
function randomFrom(text: string) {
  let state = [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
