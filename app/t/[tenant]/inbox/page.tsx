import { OpenConversation } from '#components/inbox/open-conversation.tsx';

export const metadata = { title: 'Inbox' };

export default function InboxPage() {
  return <OpenConversation />;
}
