import { OpenConversation } from '#components/inbox/open-conversation.tsx';

export const metadata = { title: 'Not found' };

/** The list stays; in the conversation's place it is said that there is none, until another one is chosen. */
export default function ConversationNotFound() {
  return <OpenConversation />;
}
