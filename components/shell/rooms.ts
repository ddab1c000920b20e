import { Inbox, type LucideIcon, RadioTower, Settings, Users } from 'lucide-react';
import type { Route } from 'next';

export type Room = {
  label: string;
  icon: LucideIcon;
  path: (tenant: string) => Route;
  keys: string;
  /** Whether the number of unread conversations stands beside it. */
  countsUnread?: boolean;
};

/** A tenant's rooms, in the order of the rail. A new room adds its line. */
export const rooms: readonly Room[] = [
  { label: 'Inbox', icon: Inbox, path: (tenant) => `/t/${tenant}/inbox`, keys: 'g i', countsUnread: true },
  { label: 'Leads', icon: Users, path: (tenant) => `/t/${tenant}/leads`, keys: 'g l' },
  { label: 'Channels', icon: RadioTower, path: (tenant) => `/t/${tenant}/channels`, keys: 'g c' },
  { label: 'Settings', icon: Settings, path: (tenant) => `/t/${tenant}/settings`, keys: 'g s' },
];

/** Whether an address is in a room, or in one of its places. */
export function isIn(room: Room, tenant: string, pathname: string): boolean {
  const path = room.path(tenant);
  return pathname === path || pathname.startsWith(`${path}/`);
}
