import { describe, expect, it } from "vitest";
import { extractSnippets } from "./extract-snippets.mjs";

const fence = "```";

describe("extractSnippets", () => {
  it("takes a block to the file that its first line names", () => {
    const { files, problems } = extractSnippets(
      `Text.\n\n${fence}tsx\n// app/page.tsx\nexport {};\n${fence}\n`,
    );
    expect([...files]).toEqual([["app/page.tsx", "// app/page.tsx\nexport {};\n"]]);
    expect(problems).toEqual([]);
  });

  it("leaves shell blocks alone", () => {
    expect(extractSnippets(`${fence}sh\nnpm test\n${fence}\n`)).toEqual({ files: new Map(), problems: [] });
  });

  it("reports a block that names no file", () => {
    const { problems } = extractSnippets(`${fence}ts\nconst a = 1;\n${fence}\n`);
    expect(problems).toEqual(["a block whose first line names no file: const a = 1;"]);
  });

  it("reports JavaScript, which would not be compiled", () => {
    expect(extractSnippets(`${fence}js\nlet a;\n${fence}\n`).problems).toHaveLength(1);
  });

  it("reports a second block for one file", () => {
    const block = `${fence}ts\n// a.ts\nexport {};\n${fence}\n`;
    expect(extractSnippets(block + block).problems).toEqual(["two blocks for a.ts"]);
  });
});
