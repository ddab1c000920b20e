import { redirect } from 'next/navigation';
import { superadmin } from '#app/gate.ts';

// The layout's gate runs beside this page, not before it: without its own, the address would tell who asks too much.
export default async function Admin() {
  await superadmin();
  redirect('/admin/tenants');
}
