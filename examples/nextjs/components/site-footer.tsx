import Link from "next/link";

export function SiteFooter() {
  return (
    <footer className="site-footer">
      <Link href="/ar" lang="ar" hrefLang="ar">
        الأسعار بالعربية
      </Link>
    </footer>
  );
}
