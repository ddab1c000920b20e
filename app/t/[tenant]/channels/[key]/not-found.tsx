import { ChannelMissing } from '#components/channels/channel-missing.tsx';

export const metadata = { title: 'Not found' };

export default function ChannelNotFound() {
  return <ChannelMissing />;
}
