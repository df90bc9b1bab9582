"use client";
import {
  type ComponentPropsWithoutRef,
  cloneElement,
  type HTMLAttributes,
  type ReactElement,
  type SyntheticEvent,
  useId,
} from "react";
import { askedCustomerId } from "../client/connection.js";
import { useCommand } from "../hooks/use-command.js";
import { usePayKit } from "../provider/context.js";
import type { ForCustomer } from "../provider/for-customer.js";
import type { Label } from "../provider/labels.js";
import { ErrorNote } from "./error-note.js";

export interface CommandButtonProps extends ForCustomer, ComponentPropsWithoutRef<"button"> {
  /** Puts the button's props on the one child instead of a `<button>`. */
  asChild?: boolean | undefined;
}

type Fields = Record<string, string | number | readonly string[] | undefined>;

export interface CommandFormProps extends CommandButtonProps {
  /** What a click does once JavaScript is there; names the form as well: `data-paykit="checkout"`. */
  verb: "checkout" | "portal" | "subscribe";
  body: Fields;
  /** Where the browser posts to before hydration and without JavaScript, and what. Default: the same. */
  post?: { to: "checkout" | "portal"; body: Fields };
  /** Asked before anything is sent; false leaves it. */
  confirm?: (() => boolean | Promise<boolean>) | undefined;
  /** What the button says without children. */
  label: Label;
}

/** A form with one button, which does the same with and without JavaScript. A click while pending does nothing. */
export function CommandForm({
  verb,
  body,
  post,
  confirm,
  label,
  customerId,
  asChild,
  children,
  ...button
}: CommandFormProps) {
  const paykit = usePayKit(customerId);
  const { run, isPending, error } = useCommand(paykit, `/${verb}`);
  const errorId = useId();
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isPending && (!confirm || (await confirm()))) run(body).catch(() => {}); // it is in `error`
  };
  const Button = asChild ? Slot : "button";
  return (
    <form
      method="post"
      action={`${paykit.basePath}/${post?.to ?? verb}`}
      onSubmit={submit}
      data-paykit={verb}
      data-state={isPending ? "pending" : error ? "error" : "idle"}
    >
      {Object.entries({ ...(post?.body ?? body), ...askedCustomerId(paykit) }).map(
        ([key, value]) => value !== undefined && <input key={key} type="hidden" name={key} value={value} />,
      )}
      <Button
        {...{ type: "submit" }}
        aria-busy={isPending}
        aria-disabled={isPending}
        aria-describedby={error ? errorId : undefined}
        {...button}
      >
        {children ?? paykit.labels?.[label] ?? label}
      </Button>
      <ErrorNote id={errorId} error={error} />
    </form>
  );
}

/** Its one child with these props; the child's own props win, and class names are joined. */
function Slot({ children, ...props }: ComponentPropsWithoutRef<"button">) {
  const child = children as ReactElement<HTMLAttributes<HTMLElement>>;
  const className = [props.className, child.props.className].filter(Boolean).join(" ") || undefined;
  return cloneElement(child, { ...props, ...child.props, className } as HTMLAttributes<HTMLElement>);
}
