'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FlaskConical, MessageSquareText } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { phoneWords } from '#components/ui/phone-words.ts';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { ByHandForm } from './by-hand-form.tsx';
import { ConnectFrame } from './connect-frame.tsx';
import { Way } from './way.tsx';

/** The ways to a connected number, and what was begun before. */
export function ConnectNumber() {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const { data, isError, error, refetch, isFetching } = useQuery(trpc.connect.ways.queryOptions({ tenant }));
  return (
    <ConnectFrame words="Choose how. Nothing comes in or goes out until the number has been checked.">
      {data ? (
        <>
          {data.drafts.map((draft) => (
            <DraftCard key={draft.id} {...draft} />
          ))}
          {data.demo && <DemoWay />}
          {data.signUp && (
            <Way
              icon={MessageSquareText}
              title="With Facebook"
              words="Sign in at Meta, choose or add your number there, and come back. Nothing has to be copied. Takes about five minutes."
            >
              {/* A whole page load: only that page may talk to Meta. */}
              <a
                href={`/t/${tenant}/channels/connect/facebook`}
                className={buttonClass(data.demo ? 'secondary' : 'primary', 'normal', 'max-[899px]:h-11')}
              >
                Continue with Facebook
              </a>
            </Way>
          )}
          <ByHandForm />
        </>
      ) : isError ? (
        <ErrorState
          title="This could not be loaded"
          message={wordsOf(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      ) : (
        <Loading label="Loading">
          <Skeleton className="h-32 w-full" />
        </Loading>
      )}
    </ConnectFrame>
  );
}

function DemoWay() {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const demo = useMutation(
    trpc.connect.demo.mutationOptions({
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries();
        router.push(`/t/${tenant}/channels/connect/${id}` as Route);
      },
    }),
  );
  return (
    <Way
      icon={FlaskConical}
      title="Demo number"
      words="A number of the simulated Meta. It costs nothing, takes one click, and is written to from the simulated phone."
    >
      <Button
        look="primary"
        busy={demo.isPending}
        onClick={() => demo.mutate({ tenant })}
        className="max-[899px]:h-11"
      >
        Connect a demo number
      </Button>
      {demo.isError && (
        <Notice tone="danger" className="mt-3">
          {wordsOf(demo.error)}
        </Notice>
      )}
    </Way>
  );
}

type Draft = { id: string; phone: string | null; name: string | null; phoneNumberId: string };

/** What was begun: go on, or throw away. */
function DraftCard({ id, phone, name, phoneNumberId }: Draft) {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const gone = useMutation(
    trpc.connect.throwAway.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.connect.ways.queryFilter({ tenant })),
    }),
  );
  const called = phone ? phoneWords(phone) : `the number with the id ${phoneNumberId}`;
  return (
    <section aria-label={`Begun: ${called}`} className="rounded-md border border-line bg-surface-1 p-5">
      <p className="text-base text-strong">
        You have begun to connect <span className="num font-medium">{called}</span>
        {name && (
          <>
            {' '}
            (<bdi>{name}</bdi>)
          </>
        )}
        .
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Link
          href={`/t/${tenant}/channels/connect/${id}` as Route}
          className={buttonClass('primary', 'normal', 'max-[899px]:h-11')}
        >
          Go on
        </Link>
        <Button
          busy={gone.isPending}
          onClick={() => gone.mutate({ tenant, id })}
          className="max-[899px]:h-11"
        >
          Throw away
        </Button>
      </div>
      {gone.isError && (
        <Notice tone="danger" className="mt-3">
          {wordsOf(gone.error)}
        </Notice>
      )}
    </section>
  );
}
