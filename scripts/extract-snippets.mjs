/**
 * The TypeScript blocks of a Markdown text by the file that the first line of each names (`// app/layout.tsx`), and what
 * keeps them from being compiled: a block without a name, a name twice, plain JavaScript.
 * @param {string} markdown
 */
export function extractSnippets(markdown) {
  /** @type {Map<string, string>} */
  const files = new Map();
  /** @type {string[]} */
  const problems = [];
  for (const [, language = "", code = ""] of markdown.matchAll(/^```(\w*)[^\n]*\n(.*?)^```$/gms)) {
    if (/^(js|jsx|javascript)$/.test(language)) problems.push("a block of JavaScript; write it as ts or tsx");
    if (!/^(ts|tsx|typescript)$/.test(language)) continue;
    const name = code.match(/^\/\/ (\S+\.tsx?)\b/)?.[1];
    if (name === undefined) problems.push(`a block whose first line names no file: ${code.split("\n")[0]}`);
    else if (files.has(name)) problems.push(`two blocks for ${name}`);
    else files.set(name, code);
  }
  return { files, problems };
}
