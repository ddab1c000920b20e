import { account } from '#app/gate.ts';
import { AccountRoom } from '#components/account/account-room.tsx';

export const metadata = { title: 'Your account' };

export default async function AccountPage() {
  return <AccountRoom {...(await account())} />;
}
