/** A page as a client without JavaScript sees it: what it says, and the forms it may send. */
export type Page = {
  status: number;
  /** Where the visitor ended up. A page of another website is not opened; its address is all there is. */
  url: string;
  html: string;
  /** The words on the page, without markup. */
  text: string;
  /** What is announced as an alert, if anything. */
  alert: string | null;
  /** Follows the link with this text. */
  follow(link: string): Promise<Page>;
  /** Fills in the form that has the button, and presses it. */
  press(button: string, fields?: Record<string, string>): Promise<Page>;
};

type Handler = (request: Request) => Promise<Response>;
type Form = {
  method: string;
  action: string;
  fields: [string, string][];
  buttons: Map<string, [string, string][]>;
};

/** Opens an address of the sandbox by its handler, as a plain client would over HTTP. */
export async function visit(handler: Handler, url: string, init?: RequestInit): Promise<Page> {
  const response = await handler(new Request(url, { redirect: "manual", ...init }));
  const location = response.headers.get("location");
  if (location !== null) {
    const next = new URL(location, url);
    if (next.origin === new URL(url).origin) return visit(handler, next.href);
    return readPage(handler, { status: response.status, url: next.href, html: "" });
  }
  return readPage(handler, { status: response.status, url, html: await response.text() });
}

function readPage(handler: Handler, { status, url, html }: Pick<Page, "status" | "url" | "html">): Page {
  const go = (address: string, init?: RequestInit) => visit(handler, new URL(address, url).href, init);
  return {
    status,
    url,
    html,
    text: textOf(html),
    alert: /role="alert"[^>]*>([^<]*)</.exec(html)?.[1]?.trim() ?? null,
    follow: (link) => {
      const found = [...html.matchAll(/<a\b[^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)].find(
        ([, , text]) => textOf(text ?? "") === link,
      );
      if (found === undefined) throw new Error(`no link "${link}" on: ${textOf(html)}`);
      return go(unescaped(found[1] ?? ""));
    },
    press: (button, fields = {}) => {
      const form = formsOf(html).find(({ buttons }) => buttons.has(button));
      if (form === undefined) throw new Error(`no button "${button}" on: ${textOf(html)}`);
      const sent = new URLSearchParams([...form.fields, ...(form.buttons.get(button) ?? [])]);
      for (const [name, value] of Object.entries(fields)) sent.set(name, value);
      if (form.method === "get") return go(`${form.action}?${sent}`);
      return go(form.action, {
        method: "POST",
        body: sent.toString(),
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
      });
    },
  };
}

function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = "", inside = ""]) => ({
    method: attributeOf(attributes, "method") ?? "get",
    action: attributeOf(attributes, "action") ?? "",
    fields: [...inside.matchAll(/<input\b([^>]*)>/g)].flatMap(([, input = ""]) => fieldOf(input)),
    buttons: new Map(
      [...inside.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/g)].map(([, button = "", text = ""]) => [
        textOf(text),
        fieldOf(button),
      ]),
    ),
  }));
}

/** What an input or a button sends; a box or a choice that is not marked sends nothing. */
function fieldOf(attributes: string): [string, string][] {
  const name = attributeOf(attributes, "name");
  const isChoice = /type="(radio|checkbox)"/.test(attributes);
  if (name === null || (isChoice && !/\bchecked\b/.test(attributes))) return [];
  return [[name, attributeOf(attributes, "value") ?? ""]];
}

function attributeOf(attributes: string, name: string): string | null {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
  return value === undefined ? null : unescaped(value);
}

function textOf(html: string): string {
  const body = html.slice(Math.max(0, html.indexOf("<body>")));
  return unescaped(body.replace(/<[^>]*>/g, " "))
    .replace(/\s+/g, " ")
    .trim();
}

function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
