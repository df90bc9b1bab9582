"use client";

export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <section className="narrow">
      <h1>Something went wrong</h1>
      <p>It is not your fault, and nothing was lost.</p>
      <button type="button" onClick={reset}>
        Try again
      </button>
    </section>
  );
}
