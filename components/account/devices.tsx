'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { wordsOf } from '#components/trpc/errors.ts';
import { leave } from '#components/trpc/leave.ts';
import { useTRPC } from '#components/trpc/provider.tsx';
import type { Device } from '#components/trpc/types.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { Time } from '#components/ui/time.tsx';
import { sinceTime } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { useTimeZone } from '#components/ui/use-time-zone.ts';
import { Part } from './part.tsx';
import { useRefreshAccount } from './use-account.ts';

/** Where somebody is signed in, and the ends of it. */
export function Devices({ initial }: { initial: Device[] }) {
  const trpc = useTRPC();
  const refresh = useRefreshAccount();
  const devices = useQuery(trpc.account.sessions.queryOptions(undefined, { initialData: initial })).data;
  const end = useMutation(trpc.account.endSession.mutationOptions({ onSettled: refresh }));
  const endAll = useMutation(trpc.account.signOutEverywhere.mutationOptions({ onSuccess: leave }));
  const problem = end.error ?? endAll.error;
  return (
    <Part
      title="Devices"
      lead="Where you are signed in. What you do not know, sign out; then change the password."
    >
      {problem && (
        <Notice tone="danger" className="mt-4">
          {wordsOf(problem)}
        </Notice>
      )}
      <ul aria-label="Devices" className="mt-3 divide-y divide-line">
        {devices.map((device) => (
          <DeviceRow
            key={device.id}
            device={device}
            isEnding={end.isPending && end.variables.id === device.id}
            onEnd={() => end.mutate({ id: device.id })}
          />
        ))}
      </ul>
      <Button
        look="danger"
        busy={endAll.isPending}
        className="mt-4 max-[899px]:h-11"
        onClick={() => endAll.mutate()}
      >
        Sign out everywhere
      </Button>
    </Part>
  );
}

type RowProps = { device: Device; isEnding: boolean; onEnd: () => void };

function DeviceRow({ device, isEnding, onEnd }: RowProps) {
  const { device: name, address, since, lastSeenAt, isThisDevice } = device;
  return (
    <li className="flex min-h-14 items-center gap-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-sm font-medium wrap-anywhere text-strong">
          {name}
          {isThisDevice && <Tag tone="accent">This device</Tag>}
        </p>
        <p className="text-xs wrap-anywhere text-muted">
          {address && <>{address} · </>}signed in <When at={since} /> · last seen <When at={lastSeenAt} />
        </p>
      </div>
      {!isThisDevice && (
        <Button size="small" busy={isEnding} aria-label={`Sign out ${name}`} onClick={onEnd}>
          Sign out
        </Button>
      )}
    </li>
  );
}

function When({ at }: { at: string }) {
  const timeZone = useTimeZone();
  const now = useNow();
  return <Time at={at} timeZone={timeZone} words={sinceTime(new Date(at), now, timeZone)} />;
}
