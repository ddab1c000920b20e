import { General } from '#components/settings/general.tsx';

export const metadata = { title: 'Settings' };

export default function SettingsPage() {
  return <General />;
}
