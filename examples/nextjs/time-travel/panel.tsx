import { changeCard, changeWebhooks, travel } from "./actions";
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

interface ChoiceProps {
  action: (form: FormData) => Promise<void>;
  name: string;
  label: string;
  /** What each value of the field is called. */
  options: Record<string, string>;
}

function Choice({ action, name, label, options }: ChoiceProps) {
  return (
    <form action={action}>
      <fieldset>
        <legend>{label}</legend>
        {Object.entries(options).map(([value, text]) => (
          <button key={value} type="submit" name={name} value={value} className="quiet">
            {text}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
