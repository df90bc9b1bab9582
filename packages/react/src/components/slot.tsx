"use client";
import { cloneElement, type HTMLAttributes, type ReactElement, type ReactNode } from "react";

/** Its one child with these props; the child's own props win, and class names are joined. */
export function Slot({ children, ...props }: HTMLAttributes<HTMLElement> & { children?: ReactNode }) {
  const child = children as ReactElement<HTMLAttributes<HTMLElement>>;
  const className = [props.className, child.props.className].filter(Boolean).join(" ") || undefined;
  return cloneElement(child, { ...props, ...child.props, className });
}
