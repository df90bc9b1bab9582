import Link from "next/link";

export default function NotFound() {
  return (
    <section className="narrow">
      <h1>Nothing is here</h1>
      <p>
        The page may have moved. <Link href="/">Back to the start</Link>
      </p>
    </section>
  );
}
