import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { superadmin } from '#app/gate.ts';
import { AdminFrame } from '#components/admin/frame.tsx';

/** Gated too: otherwise the title would tell a stranger which rooms there are. */
export async function generateMetadata(): Promise<Metadata> {
  await superadmin();
  return {};
}

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const { name } = await superadmin();
  return <AdminFrame name={name}>{children}</AdminFrame>;
}
