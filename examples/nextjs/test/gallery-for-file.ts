import type { Page } from "playwright";
import { beforeAll } from "vitest";
import { bundleGallery } from "./gallery/bundle.js";

interface GalleryContent {
  /** What a server has rendered. */
  html?: string;
  /** The state that it was rendered with. */
  state?: unknown;
}

type Bundle = Awaited<ReturnType<typeof bundleGallery>>;

/** Pages of components that the example does not ship, on the example's own origin and so with its cookies and its API. */
export function galleryForFile() {
  let bundle: Bundle;
  beforeAll(async () => {
    bundle = await bundleGallery();
  });
  return {
    /** Puts the gallery below `/gallery` for one page. */
    mount: async (page: Page, url: string, content: GalleryContent = {}) => {
      await page.route(`${url}/gallery/**`, (route) => {
        const script = bundle.scripts.get(new URL(route.request().url()).pathname);
        return script === undefined
          ? route.fulfill({ contentType: "text/html", body: documentOf(bundle, content) })
          : route.fulfill({ contentType: "text/javascript", body: script });
      });
    },
  };
}

function documentOf({ entry, styles }: Bundle, { html = "", state }: GalleryContent) {
  const json = state === undefined ? "" : JSON.stringify(state).replaceAll("<", "\\u003c");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Gallery</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><style>${styles}</style></head>
<body><div id="root">${html}</div><script type="application/json" id="state">${json}</script>
<script type="module" src="${entry}"></script></body></html>`;
}
