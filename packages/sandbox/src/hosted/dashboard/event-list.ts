import type { DeliveryView, EventView } from "../../world/hosted/dashboard.js";
import { formatMinute } from "../page/format-date.js";
import { type Html, html } from "../page/html.js";
import { statusTag } from "../page/status-tag.js";
import { idAt, textAt } from "./read-object.js";

/** What happened, newest first, and what each webhook endpoint answered. */
export function eventList(events: readonly EventView[], path: string): Html {
  if (events.length === 0) return html`<p class="soft">Nothing has happened yet.</p>`;
  return html`<ul class="plain lines">
    ${events.map((view) => eventRow(view, path))}
  </ul>`;
}

function eventRow({ event, deliveries }: EventView, path: string): Html {
  return html`<li class="wrap">
    <span class="stack-small">
      <span class="row">
        <a href="/dashboard/event/${event.id}"><strong>${event.type}</strong></a>
        <span class="soft small">${formatMinute(event.created)}</span>
      </span>
      <span class="soft small">${idAt(event, "data.object.id") || textAt(event, "data.object.object")}</span>
      ${deliveries.map(delivery)}
    </span>
    <form method="post" action="/dashboard/events/${event.id}/replay">
      <input type="hidden" name="from" value="${path}" />
      <button aria-description="${event.type} ${event.id}">Replay</button>
    </form>
  </li>`;
}

function delivery({ url, state, attempts, nextAttemptAt }: DeliveryView): Html {
  const last = attempts.at(-1);
  const answer = last === undefined ? "" : (last.error ?? `answered ${last.status}`);
  const count = attempts.length > 1 ? `, ${attempts.length} attempts` : "";
  const next = nextAttemptAt === null ? "" : `, again at ${formatMinute(nextAttemptAt.getTime() / 1_000)}`;
  return html`<span class="row small">
    ${statusTag(state)} <span class="soft">${url}${answer === "" ? "" : `: ${answer}`}${count}${next}</span>
  </span>`;
}
