import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';

export const BackLink = () => (
  <Link
    href="/admin/capacity"
    className="inline-flex min-h-8 items-center gap-1.5 text-sm text-muted hover:text-strong max-[899px]:min-h-11"
  >
    <ArrowLeft aria-hidden="true" strokeWidth={1.75} className="size-4 rtl:-scale-x-100" />
    Capacity
  </Link>
);
