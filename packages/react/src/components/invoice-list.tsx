"use client";
import type { Invoice } from "@paykit/server/contract";
import type { ComponentPropsWithoutRef } from "react";
import { type UseInvoicesOptions, useInvoices } from "../hooks/use-invoices.js";
import type { Label } from "../provider/labels.js";
import { useFormat } from "../provider/use-format.js";
import { FailedRead } from "./failed-read.js";

export interface InvoiceListProps
  extends UseInvoicesOptions,
    Omit<ComponentPropsWithoutRef<"div">, "children"> {}

const columns: Label[] = ["Date", "Number", "Amount", "Status", "Invoice"];

/** The customer's invoices, newest first. States on `data-state`: `pending`, `ready`, `empty`, `error`. */
export function InvoiceList({ customerId, limit, ...div }: InvoiceListProps) {
  const view = useInvoices({ customerId, limit });
  const { text, money, date } = useFormat();
  const { invoices, status } = view;
  const isEmpty = status === "ready" && invoices.length === 0;
  return (
    <div
      {...div}
      data-paykit="invoice-list"
      data-state={isEmpty ? "empty" : status}
      aria-busy={view.isPending}
    >
      {isEmpty && <p>{text("No invoices yet")}</p>}
      {invoices.length > 0 && (
        <table aria-label={text("Invoices")}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {text(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {invoices.map(({ number, createdAt, total, currency, status, hostedUrl, pdfUrl }) => (
              <tr key={`${number}${createdAt.getTime()}`} data-status={status}>
                <td>
                  <time dateTime={createdAt.toISOString()}>{date(createdAt)}</time>
                </td>
                <td>{number}</td>
                <td>{money(total, currency)}</td>
                <td>{text(statusLabel(status))}</td>
                <td>
                  {hostedUrl && <a href={hostedUrl}>{text("View")}</a>}{" "}
                  {pdfUrl && <a href={pdfUrl}>{text("Download")}</a>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <FailedRead error={view.error} refetch={view.refetch} />
      {view.hasNextPage && (
        <button type="button" onClick={view.fetchNextPage} aria-disabled={view.isFetchingNextPage}>
          {text("Show more")}
        </button>
      )}
    </div>
  );
}

/** "Paid" for `paid`. */
function statusLabel(status: Invoice["status"]) {
  return (status.charAt(0).toUpperCase() + status.slice(1)) as Capitalize<typeof status>;
}
