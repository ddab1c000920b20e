'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useNews } from '#components/trpc/live.tsx';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { AppRouter } from '#components/trpc/types.ts';

type Outputs = inferRouterOutputs<AppRouter>['imports'];
export type ImportRow = Outputs['list'][number];
export type OpenImport = Outputs['get'];
export type Options = OpenImport['options'];
export type Column = Options['columns'][number];
export type ProblemKind = 'refused' | 'doubled' | 'warned';

/** The ledger; everything on the page is asked for again with each piece of news. */
export function useImports() {
  const { slug: tenant, may } = useMember();
  const trpc = useTRPC();
  const refresh = useRefresh();
  useNews(({ conversations }) => void (conversations === null && refresh()));
  return useQuery({ ...trpc.imports.list.queryOptions({ tenant }), enabled: may.includes('leads.import') });
}

export function useImport(id: string) {
  const { slug: tenant } = useMember();
  return useQuery(useTRPC().imports.get.queryOptions({ tenant, id }));
}

export function useProblems(id: string, kind: ProblemKind, enabled: boolean) {
  const { slug: tenant } = useMember();
  return useQuery({ ...useTRPC().imports.problems.queryOptions({ tenant, id, kind }), enabled });
}

export function useCountries() {
  const { slug: tenant } = useMember();
  return useQuery(useTRPC().imports.countries.queryOptions({ tenant })).data ?? [];
}

function useRefresh() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: trpc.imports.pathKey() });
}

/** What can be done with an import; each is done only when the page shows it. */
export function useImportDeeds() {
  const { slug } = useMember();
  const { imports } = useTRPC();
  const onSuccess = useRefresh();
  return {
    upload: useMutation({ mutationFn: (file: File) => upload(slug, file), onSuccess }),
    paste: useMutation(imports.paste.mutationOptions({ onSuccess })),
    choose: useMutation(imports.choose.mutationOptions({ onSuccess })),
    run: useMutation(imports.run.mutationOptions({ onSuccess })),
    cancel: useMutation(imports.cancel.mutationOptions({ onSuccess })),
    undo: useMutation(imports.undo.mutationOptions({ onSuccess })),
  };
}

/** The file goes as it is, beside the procedures: it may be 200 MB. */
async function upload(tenant: string, file: File): Promise<{ id: string }> {
  const address = `/api/t/${tenant}/imports?name=${encodeURIComponent(file.name)}`;
  const answer = await fetch(address, { method: 'POST', body: file }).catch(() => undefined);
  if (!answer) throw new Error('The file could not be sent. Check your connection and choose it again.');
  const said: { id?: string; message?: string } = await answer.json().catch(() => ({}));
  if (said.id === undefined) throw new Error(said.message ?? 'The file could not be taken. Choose it again.');
  return { id: said.id };
}
