import { LeadMissing } from '#components/leads/lead-missing.tsx';

export const metadata = { title: 'Not found' };

export default function LeadNotFound() {
  return <LeadMissing />;
}
