"use client";
import { cloneElement, type HTMLAttributes, isValidElement, type ReactNode } from "react";

/** Its one child with these props; the child's own props win, and class names are joined. */
export function Slot({ children, ...props }: HTMLAttributes<HTMLElement> & { children?: ReactNode }) {
  if (!isValidElement<HTMLAttributes<HTMLElement>>(children)) {
    throw new Error("`asChild` takes one React element as its child.");
  }
  const className = [props.className, children.props.className].filter(Boolean).join(" ");
  return cloneElement(children, { ...props, ...children.props, ...(className && { className }) });
}
