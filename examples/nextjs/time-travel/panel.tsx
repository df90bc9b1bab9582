import { changeCard, changeWebhooks, travel } from "./actions";
import { Choice } from "./choice";
import { hasSandbox } from "./sandbox";

const format = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });

/** For development: makes time pass, webhooks late and cards fail, to see in a minute what otherwise takes months. */
export function TimeTravelPanel({ now }: { now: string }) {
  return (
    <aside className="time-travel" aria-label="Time travel">
      <p>
        For this customer it is <strong>{format.format(new Date(now))}</strong>.
      </p>
      <Choice
        action={travel}
        name="days"
        label="Let time pass"
        options={{ "1": "a day", "7": "a week", "31": "a month" }}
      />
      {hasSandbox && (
        <>
          <Choice
            action={changeCard}
            name="mode"
            label="The card"
            options={{ decline: "fails", work: "works" }}
          />
          <Choice
            action={changeWebhooks}
            name="mode"
            label="Webhooks"
            options={{ hold: "come 30 s late", drop: "are lost", deliver: "arrive" }}
          />
        </>
      )}
    </aside>
  );
}
